"""The exact path: a request in, a response out."""

from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Annotated, Any

import pytest
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import Response

from kingpost import BackgroundTasks, Depends, File, Form, Kingpost, UploadFile
from kingpost._http.errors import KingpostError
from kingpost._serve.exact import request_response
from kingpost.responses import HTMLResponse, RedirectResponse
from kingpost.testclient import TestClient


def test_a_handler_becomes_an_application() -> None:
    """It needs nothing around it but a server."""

    async def handle(request: Request) -> Response:
        return Response(request.url.path)

    assert TestClient(request_response(handle)).get("/a").text == "/a"


@pytest.mark.parametrize("scope", ["function", "request"])
def test_a_swallowed_exception_is_an_error_of_the_dependency(scope: Any) -> None:
    """There would be no answer at all; the message says what to do."""

    async def swallows() -> AsyncIterator[None]:
        with suppress(LookupError):
            yield

    app = Kingpost(openapi_url=None)

    @app.get("/", dependencies=[Depends(swallows, scope=scope)], response_class=HTMLResponse)
    def read() -> None:
        raise LookupError

    with pytest.raises(KingpostError, match="did not raise it again"):
        TestClient(app).get("/")


def test_forms_are_read_with_their_files() -> None:
    """Fields are validated, files are handed over and closed after the response."""
    app = Kingpost(openapi_url=None)
    files: list[UploadFile] = []

    @app.post("/")
    async def create(
        n: Annotated[int, Form()], file: UploadFile, raw: Annotated[bytes, File()]
    ) -> Any:
        files.append(file)
        return [n, file.filename, (await file.read()).decode(), raw.decode()]

    answer = TestClient(app).post("/", data={"n": "3"}, files={"file": b"a", "raw": b"b"})

    assert answer.json() == [3, "upload", "a", "b"]
    assert files[0].file.closed


def test_limits_of_forms_are_answered() -> None:
    """Too many fields are a bad request with a plain reason."""
    app = Kingpost(openapi_url=None)

    @app.post("/", form_limits={"max_fields": 1})
    def create(a: Annotated[str, Form()]) -> None:
        """Never called."""

    answer = TestClient(app).post("/", files={"a": (None, "1"), "b": (None, "2")})

    assert answer.status_code == 400
    assert "Too many fields" in answer.json()["detail"]


@pytest.mark.parametrize(("status", "expected"), [(None, 307), (303, 303)])
def test_a_response_class_keeps_its_own_status(status: int | None, expected: int) -> None:
    """Unless the operation says another one."""
    app = Kingpost(openapi_url=None)
    app.get("/", response_class=RedirectResponse, status_code=status)(lambda: "/there")

    answer = TestClient(app, follow_redirects=False).get("/")

    assert (answer.status_code, answer.headers["location"]) == (expected, "/there")


class TestMergedResponses:
    @pytest.fixture
    def log(self) -> list[str]:
        """Return what background tasks did."""
        return []

    @pytest.fixture
    def client(self, log: list[str]) -> TestClient:
        """Serve operations that return responses, of which a dependency sets something, too."""

        def inject(response: Response, tasks: BackgroundTasks, user: str = "u") -> None:
            response.set_cookie("user", user)
            response.headers["x-both"] = "injected"
            response.headers["x-injected"] = "injected"
            response.status_code = 418
            tasks.add_task(log.append, "injected")

        app = Kingpost(merge_injected_response=True, dependencies=[Depends(inject)])
        shared = Response("shared", headers={"x-both": "own", "set-cookie": "own=1"})

        @app.get("/")
        def read() -> Response:
            return shared

        @app.get("/task")
        def task() -> Response:
            return Response(background=BackgroundTask(log.append, "own"))

        @app.get("/off", merge_injected_response=False)
        def off() -> Response:
            return Response(background=BackgroundTask(log.append, "own"))

        return TestClient(app)

    def test_send_what_was_injected(self, client: TestClient) -> None:
        """What the response says itself holds, but for cookies, of which all are sent."""
        answer = client.get("/")

        assert (answer.status_code, answer.text) == (200, "shared")
        assert answer.headers["x-both"] == "own"
        assert answer.headers["x-injected"] == "injected"
        cookies = answer.headers.get_list("set-cookie")
        assert cookies == ["own=1", "user=u; Path=/; SameSite=lax"]

    def test_stay_apart(self, client: TestClient) -> None:
        """One response for every request carries nothing from one of them to the next."""
        client.get("/", params={"user": "first"})
        second = client.get("/", params={"user": "second"})

        assert "first" not in str(second.headers)

    def test_run_all_tasks(self, client: TestClient, log: list[str]) -> None:
        """First those that were injected, which are the older ones."""
        client.get("/task")

        assert log == ["injected", "own"]

    def test_are_an_option(self, client: TestClient, log: list[str]) -> None:
        """Without it the response is sent as it was returned."""
        answer = client.get("/off")

        assert "x-injected" not in answer.headers
        assert log == ["own"]
