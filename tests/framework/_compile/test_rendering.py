"""Response objects that a response class makes of results."""

from collections.abc import AsyncIterator
from typing import Annotated, Any

import pytest
from pydantic import BaseModel

from kingpost import Depends, Kingpost, Response
from kingpost.exceptions import ResponseValidationError
from kingpost.responses import HTMLResponse, JSONResponse, PlainTextResponse
from kingpost.testclient import TestClient


class Item(BaseModel):
    """What may be seen."""

    name: str


class Reversed(JSONResponse):
    """A class with a way, a status and a media type of its own."""

    media_type = "application/vnd.reversed+json"

    def __init__(self, content: Any, status_code: int = 203, **more: Any) -> None:
        super().__init__(content, status_code=status_code, **more)

    def render(self, content: Any) -> bytes:
        """Write the text backwards."""
        return super().render(content)[::-1]


def test_the_class_has_the_last_word_where_nothing_is_said() -> None:
    """Its own status holds, unless the operation declares one."""
    app = Kingpost(openapi_url=None)
    app.get("/own", response_class=Reversed)(lambda: {"a": 1})
    app.get("/declared", response_class=Reversed, status_code=202)(lambda: {"a": 1})
    client = TestClient(app)

    own = client.get("/own")
    assert (own.status_code, own.content) == (203, b'}1:"a"{')
    assert own.headers["content-type"] == "application/vnd.reversed+json"
    assert client.get("/declared").status_code == 202


def test_a_model_filters_what_the_class_receives() -> None:
    """A result that does not fit is the application's mistake."""
    app = Kingpost(openapi_url=None)
    results: list[Any] = [{"name": "a", "secret": "s"}, {"secret": "s"}]

    @app.get("/{n}", response_model=Item, response_class=Reversed)
    async def read(n: int) -> Any:
        return results[n]

    client = TestClient(app)
    assert client.get("/0").content == b'}"a":"eman"{'
    with pytest.raises(ResponseValidationError):
        client.get("/1")


@pytest.mark.parametrize("status", [204, 304])
def test_a_status_without_a_body_has_none(status: int) -> None:
    """What the class made of the result is dropped, with its length (RFC 9110, section 6.4.1)."""
    app = Kingpost(openapi_url=None)

    @app.get("/", response_class=PlainTextResponse)
    async def read(response: Response) -> str:
        response.status_code = status
        return "text"

    answer = TestClient(app).get("/")
    assert (answer.status_code, answer.content) == (status, b"")
    assert "content-length" not in answer.headers


def test_the_response_is_made_before_a_dependency_of_the_function_ends() -> None:
    """What such a dependency takes away at its end is still there for the class."""
    app = Kingpost(openapi_url=None)
    log: list[str] = []

    class Logging(HTMLResponse):
        """Notes when it is made."""

        def render(self, content: Any) -> bytes | memoryview:
            """Write the text."""
            log.append("rendered")
            return super().render(content)

    async def session() -> AsyncIterator[str]:
        yield "session"
        log.append("closed")

    @app.get("/", response_class=Logging)
    async def read(text: Annotated[str, Depends(session, scope="function")]) -> str:
        return text

    assert TestClient(app).get("/").text == "session"
    assert log == ["rendered", "closed"]
