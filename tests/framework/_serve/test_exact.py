"""The exact path: a request in, a response out."""

from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Annotated, Any

import pytest
from starlette.requests import Request
from starlette.responses import Response

from kingpost import Depends, File, Form, Kingpost, UploadFile
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
