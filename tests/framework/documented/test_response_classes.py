"""Responses that are no JSON of a model: pages, text, redirects, files, streams, own classes."""

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from kingpost import Kingpost, Request
from kingpost.responses import (
    FileResponse,
    HTMLResponse,
    JSONResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
    StreamingResponse,
)
from kingpost.testclient import TestClient


def content(app: Kingpost, path: str, status: str = "200") -> dict[str, Any]:
    """What the document says about the content of an operation's answer."""
    found = app.openapi()["paths"][path]["get"]["responses"][status]
    return dict(found.get("content", {}))


def test_page() -> None:
    """A class given to the decorator makes the answer, and is documented."""
    app = Kingpost()

    @app.get("/menu", response_class=HTMLResponse)
    async def menu() -> str:
        return "<h1>Soup</h1>"

    @app.get("/menu/made")
    async def made() -> HTMLResponse:
        return HTMLResponse("<h1>Bread</h1>", status_code=203)

    client = TestClient(app)
    answer = client.get("/menu")

    assert answer.text == "<h1>Soup</h1>"
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert client.get("/menu/made").status_code == 203
    assert content(app, "/menu") == {"text/html": {"schema": {"type": "string"}}}
    assert content(app, "/menu/made") == {"application/json": {"schema": {}}}


def test_page_made_and_documented() -> None:
    """A response that is returned goes out as it is; the class says what the document shows."""
    app = Kingpost()

    @app.get("/menu", response_class=HTMLResponse)
    async def menu() -> Any:
        return PlainTextResponse("Soup")

    answer = TestClient(app).get("/menu")

    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert list(content(app, "/menu")) == ["text/html"]


def test_text() -> None:
    """Plain text."""
    app = Kingpost()

    @app.get("/soup", response_class=PlainTextResponse)
    def soup() -> str:
        return "leek & potato"

    answer = TestClient(app).get("/soup")

    assert (answer.text, answer.headers["content-type"]) == (
        "leek & potato",
        "text/plain; charset=utf-8",
    )
    assert content(app, "/soup") == {"text/plain": {"schema": {"type": "string"}}}


def test_xml() -> None:
    """The base class takes any text and any media type."""
    app = Kingpost()

    @app.get("/soup")
    def soup() -> Response:
        return Response("<soup/>", media_type="application/xml", headers={"x-spoon": "big"})

    answer = TestClient(app).get("/soup")

    assert (answer.text, answer.headers["content-type"]) == ("<soup/>", "application/xml")
    assert answer.headers["x-spoon"] == "big"
    assert answer.headers["content-length"] == "7"


def test_redirect() -> None:
    """A redirect is returned, or made of a text that is returned; its status may be chosen."""
    app = Kingpost()

    @app.get("/old")
    async def old() -> RedirectResponse:
        return RedirectResponse("/new")

    @app.get("/older", response_class=RedirectResponse)
    async def older() -> str:
        return "/new"

    @app.get("/oldest", response_class=RedirectResponse, status_code=302)
    async def oldest() -> str:
        return "/new?from=here and there"

    client = TestClient(app, follow_redirects=False)
    answers = [client.get(path) for path in ("/old", "/older", "/oldest")]

    assert [answer.status_code for answer in answers] == [307, 307, 302]
    assert [answer.headers["location"] for answer in answers] == [
        "/new",
        "/new",
        "/new?from=here%20and%20there",
    ]
    assert content(app, "/older", "307") == {}
    assert list(app.openapi()["paths"]["/oldest"]["get"]["responses"]) == ["302"]


def test_stream() -> None:
    """What a generator yields is sent as it comes."""
    app = Kingpost()

    async def ladles() -> AsyncIterator[bytes]:
        for number in range(3):
            yield f"{number} ".encode()

    def spoons() -> Iterator[str]:
        yield "tea"
        yield "soup"

    @app.get("/ladles")
    async def pour() -> StreamingResponse:
        return StreamingResponse(ladles(), media_type="text/plain")

    @app.get("/spoons", response_class=StreamingResponse)
    def spoon() -> StreamingResponse:
        return StreamingResponse(spoons())

    client = TestClient(app)

    assert client.get("/ladles").text == "0 1 2 "
    assert client.get("/ladles").headers["content-type"] == "text/plain; charset=utf-8"
    assert client.get("/spoons").text == "teasoup"
    assert "content-type" not in client.get("/spoons").headers


def test_generator_with_a_streaming_class() -> None:
    """The function itself may be the generator."""
    app = Kingpost()

    @app.get("/drops", response_class=StreamingResponse)
    async def drops() -> AsyncIterator[str]:
        yield "drip "
        yield "drop"

    assert TestClient(app).get("/drops").text == "drip drop"


def test_file(tmp_path: Path) -> None:
    """A file with its type, length and date; a path that is returned will do."""
    recipe = tmp_path / "soup.txt"
    recipe.write_text("boil, stir")
    os.utime(recipe, (1_900_000_000, 1_900_000_000))
    app = Kingpost()

    @app.get("/recipe")
    def show() -> FileResponse:
        return FileResponse(recipe, filename="Süppchen.txt")

    @app.get("/path", response_class=FileResponse)
    def path() -> str:
        return str(recipe)

    client = TestClient(app)
    answer = client.get("/recipe")
    part = client.get("/path", headers={"range": "bytes=0-3"})

    assert answer.text == "boil, stir"
    assert answer.headers["content-disposition"] == (
        "attachment; filename*=utf-8''S%C3%BCppchen.txt"
    )
    assert answer.headers["last-modified"] == "Sun, 17 Mar 2030 17:46:40 GMT"
    assert (part.status_code, part.text) == (206, "boil")
    assert part.headers["content-range"] == "bytes 0-3/10"


class IndentedResponse(JSONResponse):
    """JSON for people."""

    media_type = "application/vnd.menu+json"

    def render(self, content: Any) -> bytes:
        """Write one key per line."""
        return super().render(content).replace(b",", b",\n")


class Dish(BaseModel):
    """A dish."""

    name: str
    price: int


def test_class_of_ones_own() -> None:
    """An own class renders what the model left of the result."""
    app = Kingpost()

    @app.get("/dish", response_class=IndentedResponse, response_model=Dish)
    def dish() -> Any:
        return {"name": "soup", "price": 4, "cost": 1}

    answer = TestClient(app).get("/dish")

    assert answer.text == '{"name":"soup",\n"price":4}'
    assert answer.headers["content-type"] == "application/vnd.menu+json"
    assert content(app, "/dish") == {
        "application/vnd.menu+json": {"schema": {"$ref": "#/components/schemas/Dish"}}
    }


def test_default_class_of_the_application() -> None:
    """The application's class holds where an operation names none."""
    app = Kingpost(default_response_class=PlainTextResponse)

    @app.get("/text")
    def text() -> str:
        return "soup"

    @app.get("/json", response_class=JSONResponse)
    def json() -> str:
        return "soup"

    client = TestClient(app)

    assert client.get("/text").text == "soup"
    assert client.get("/json").text == '"soup"'
    assert list(content(app, "/text")) == ["text/plain"]


def test_response_returned_directly() -> None:
    """A returned response is not checked against the model."""
    app = Kingpost()

    @app.get("/dish", response_model=Dish)
    def dish(request: Request) -> Any:
        return JSONResponse({"path": request.url.path}, headers={"x-chef": "Ada"})

    answer = TestClient(app).get("/dish")

    assert answer.json() == {"path": "/dish"}
    assert answer.headers["x-chef"] == "Ada"
    assert content(app, "/dish")["application/json"]["schema"] == {
        "$ref": "#/components/schemas/Dish"
    }


def test_parts_of_a_response() -> None:
    """A response has a status, a body and headers that can be read and changed."""
    response = Response("soup", status_code=202, media_type="text/plain")
    response.headers["x-a"] = "1"
    response.set_cookie("table", "4", max_age=60, httponly=True, samesite="strict")
    response.delete_cookie("bill")

    assert (response.status_code, response.body, response.charset) == (202, b"soup", "utf-8")
    assert response.headers["content-length"] == "4"
    cookies = response.headers.getlist("set-cookie")
    assert cookies[0] == "table=4; HttpOnly; Max-Age=60; Path=/; SameSite=strict"
    assert cookies[1].startswith('bill=""; expires=')
