"""Answers of every class: JSON, pages, text, files, redirects and streams."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

from starlette.background import BackgroundTask

from kingpost import BackgroundTasks, Body, Kingpost, Response
from kingpost.responses import (
    FileResponse,
    HTMLResponse,
    JSONResponse,
    PlainTextResponse,
    RedirectResponse,
    StreamingResponse,
)
from kingpost.testclient import TestClient


def test_json_by_default_and_by_hand() -> None:
    """A result becomes JSON; a JSONResponse adds a status and headers."""
    app = Kingpost()

    @app.get("/songs")
    async def songs() -> Any:
        return {"songs": ["a", "b"]}

    @app.post("/songs")
    async def add() -> JSONResponse:
        return JSONResponse({"id": 42}, status_code=201, headers={"X-Song": "42"})

    client = TestClient(app)
    added = client.post("/songs")

    assert client.get("/songs").content == b'{"songs":["a","b"]}'
    assert (added.status_code, added.json(), added.headers["x-song"]) == (201, {"id": 42}, "42")


def test_json_errors_by_hand() -> None:
    """A returned response may be an error, and skips the response model."""
    app = Kingpost()

    @app.get("/check", response_model=dict[str, int])
    async def check(works: bool = True) -> Any:
        if not works:
            return JSONResponse({"error": "broken"}, status_code=400)
        return {"works": "1"}

    client = TestClient(app)

    assert client.get("/check").json() == {"works": 1}
    assert client.get("/check?works=no").status_code == 400


def test_html_by_class_and_by_hand() -> None:
    """A page from a string; a status of its own where the response is made by hand."""
    app = Kingpost()

    @app.get("/health", response_class=HTMLResponse)
    async def health() -> str:
        return "<h1>Well</h1>"

    @app.get("/maintenance")
    async def maintenance() -> HTMLResponse:
        return HTMLResponse("<h1>Back soon</h1>", status_code=503)

    client = TestClient(app)

    assert client.get("/health").headers["content-type"] == "text/html; charset=utf-8"
    assert client.get("/maintenance").status_code == 503
    assert "application/json" in str(app.openapi()["paths"]["/maintenance"])
    assert "text/html" in str(app.openapi()["paths"]["/health"])


def test_plain_text_and_downloads() -> None:
    """Text as it is, and text that a browser saves."""
    app = Kingpost()

    @app.get("/ping", response_class=PlainTextResponse)
    async def ping() -> str:
        return "pong"

    @app.get("/export")
    async def export() -> PlainTextResponse:
        header = {"Content-Disposition": 'attachment; filename="songs.csv"'}
        return PlainTextResponse("id,name\n1,A", headers=header)

    client = TestClient(app)

    assert client.get("/ping").text == "pong"
    assert client.get("/export").headers["content-disposition"].endswith('"songs.csv"')


def test_files(tmp_path: Path) -> None:
    """A file with its type, size and name; parts of it on request."""
    score = tmp_path / "score.txt"
    score.write_text("do re mi", "utf-8")
    app = Kingpost()

    @app.get("/score")
    async def read() -> FileResponse:
        return FileResponse(score, filename="my score.txt")

    @app.get("/by-class", response_class=FileResponse)
    async def by_class() -> Path:
        return score

    client = TestClient(app)
    whole, part = client.get("/score"), client.get("/score", headers={"range": "bytes=3-4"})

    assert whole.text == "do re mi"
    assert whole.headers["content-type"] == "text/plain; charset=utf-8"
    assert whole.headers["content-length"] == "8"
    assert "my%20score.txt" in whole.headers["content-disposition"]
    assert (part.status_code, part.text) == (206, "re")
    assert client.get("/by-class").text == "do re mi"


def test_file_removed_after_it_was_sent(tmp_path: Path) -> None:
    """A task of the response runs when it has been sent."""
    app = Kingpost()

    @app.get("/export/{name}")
    async def export(name: str) -> FileResponse:
        made = tmp_path / f"{name}.csv"
        made.write_text(f"name\n{name}", "utf-8")
        return FileResponse(made, media_type="text/csv", background=BackgroundTask(made.unlink))

    answer = TestClient(app).get("/export/ada")

    assert answer.text == "name\nada"
    assert list(tmp_path.iterdir()) == []


def test_redirects_and_their_statuses() -> None:
    """307 keeps the method; others are chosen for their meaning."""
    app = Kingpost()

    @app.get("/old")
    async def old(permanent: bool = False) -> RedirectResponse:
        return RedirectResponse("/new", status_code=301 if permanent else 307)

    @app.get("/by-class", response_class=RedirectResponse, status_code=302)
    async def by_class() -> str:
        return "/new?from=class"

    @app.post("/login")
    async def login(credentials: dict[str, str] = Body()) -> RedirectResponse:
        return RedirectResponse(f"/rooms/{credentials['name']}", status_code=303)

    client = TestClient(app, follow_redirects=False)
    answers = [
        client.get("/old"),
        client.get("/old?permanent=1"),
        client.get("/by-class"),
        client.post("/login", json={"name": "ada"}),
    ]

    assert [(a.status_code, a.headers["location"]) for a in answers] == [
        (307, "/new"),
        (301, "/new"),
        (302, "/new?from=class"),
        (303, "/rooms/ada"),
    ]


def test_streams_of_generators() -> None:
    """Plain and asynchronous generators of text or bytes, piece by piece."""
    app = Kingpost()

    def rows() -> Iterator[str]:
        yield "id,name\n"
        for number in range(3):
            yield f"{number},song {number}\n"

    async def words(prompt: str) -> AsyncIterator[bytes]:
        for word in prompt.split():
            yield word.encode() + b" "
            await asyncio.sleep(0)

    @app.get("/csv")
    async def csv() -> StreamingResponse:
        return StreamingResponse(rows(), media_type="text/csv")

    @app.get("/words")
    async def stream(prompt: str = "la la") -> StreamingResponse:
        return StreamingResponse(words(prompt), media_type="text/plain")

    client = TestClient(app)

    assert client.get("/csv").text == "id,name\n0,song 0\n1,song 1\n2,song 2\n"
    assert client.get("/csv").headers["content-type"] == "text/csv; charset=utf-8"
    assert "content-length" not in client.get("/csv").headers
    assert client.get("/words?prompt=do re mi").text == "do re mi "


def test_headers_and_cookies_of_an_answer() -> None:
    """Set on the injected response, they go with the usual result."""
    app = Kingpost()

    @app.get("/cookie")
    async def cookie(response: Response) -> dict[str, str]:
        response.set_cookie("song", "7", httponly=True, max_age=60)
        response.headers["X-Song"] = "7"
        return {"set": "yes"}

    answer = TestClient(app).get("/cookie")

    assert answer.json() == {"set": "yes"}
    assert answer.headers["set-cookie"] == "song=7; HttpOnly; Max-Age=60; Path=/; SameSite=lax"
    assert answer.headers["x-song"] == "7"


def test_own_response_class() -> None:
    """A class of one's own renders the result, and names its media type."""

    class Lines(Response):
        media_type = "text/x-lines"

        def render(self, content: Any) -> bytes:
            return "\n".join(map(str, content)).encode()

    app = Kingpost()

    @app.get("/lines", response_class=Lines)
    async def lines() -> Any:
        return ["a", 1]

    answer = TestClient(app).get("/lines")

    assert answer.text == "a\n1"
    assert answer.headers["content-type"] == "text/x-lines; charset=utf-8"
    assert list(app.openapi()["paths"]["/lines"]["get"]["responses"]["200"]["content"]) == [
        "text/x-lines"
    ]


def test_background_tasks_of_a_returned_response() -> None:
    """Tasks that were added go along with a response that has none."""
    app = Kingpost()
    done: list[str] = []

    @app.post("/notes")
    async def note(tasks: BackgroundTasks) -> PlainTextResponse:
        tasks.add_task(done.append, "told")
        return PlainTextResponse("noted")

    assert TestClient(app).post("/notes").text == "noted"
    assert done == ["told"]
