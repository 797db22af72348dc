"""Small files: sent as Starlette sends them, in less time."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import anyio
import pytest
from starlette.background import BackgroundTask
from starlette.responses import FileResponse
from starlette.types import Message, Receive, Scope, Send

from kingpost import Kingpost
from kingpost._http.files import send_file
from kingpost._http.threads import run_in_thread
from kingpost.testclient import TestClient

CHUNK = FileResponse.chunk_size
SIZES = (0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK)

Sends = Callable[[FileResponse, Scope, Receive, Send], Any]

pytestmark = pytest.mark.anyio


async def starlettes(response: FileResponse, scope: Scope, receive: Receive, send: Send) -> None:
    """Send a file as Starlette does."""
    await response(scope, receive, send)


async def sent_by(sends: Sends, response: FileResponse, **scope: Any) -> list[Message]:
    """What a server is told; an exception last, where there is one."""
    messages: list[Message] = []

    async def receive() -> Message:
        await anyio.sleep_forever()
        raise AssertionError

    async def send(message: Message) -> None:
        messages.append(message)

    asked: Scope = {"type": "http", "method": "GET", "headers": [], **scope}
    try:
        await sends(response, asked, receive, send)
    except (OSError, RuntimeError) as exc:
        messages.append({"raised": str(exc)})
    return messages


@pytest.fixture
def visits(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What was asked of worker threads here, not by Starlette."""
    asked: list[Any] = []

    async def run(function: Callable[..., Any], *args: Any) -> Any:
        asked.append((function, *args))
        return await run_in_thread(function, *args)

    monkeypatch.setattr("kingpost._http.files.run_in_thread", run)
    return asked


@pytest.mark.parametrize("size", SIZES)
async def test_every_size_is_sent_as_it_was(tmp_path: Path, size: int) -> None:
    """Status, headers and pieces."""
    file = tmp_path / "grüße.txt"
    file.write_bytes(os.urandom(size))

    def response() -> FileResponse:
        return FileResponse(file, 203, {"x-own": "1", "etag": '"own"'}, filename="grüße.txt")

    found = await sent_by(send_file, response())

    assert found == await sent_by(starlettes, response())
    assert b"".join(message.get("body", b"") for message in found) == file.read_bytes()


@pytest.mark.parametrize(
    "scope",
    [
        {"headers": [(b"range", b"bytes=1-3")]},
        {"headers": [(b"range", b"bytes=900-")]},
        {"headers": [(b"range", b"apples")]},
        {"headers": [(b"range", b"bytes=0-0"), (b"if-range", b'"x"')]},
        {"method": "HEAD"},
        {"method": "POST"},
        {"extensions": {"http.response.pathsend": {}}},
        {"asgi": {"spec_version": "2.4"}},
    ],
)
async def test_whatever_is_asked_for_is_answered(tmp_path: Path, scope: Scope) -> None:
    """A part of the file, its headers alone, its path alone."""
    file = tmp_path / "file.bin"
    file.write_bytes(b"content")

    found = await sent_by(send_file, FileResponse(file), **scope)

    assert found == await sent_by(starlettes, FileResponse(file), **scope)
    assert found


async def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    """In Starlette's words, and without waiting for somebody to write to a pipe."""
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "missing", tmp_path, tmp_path / "pipe", f"{tmp_path}/{'x' * 300}"):
        with anyio.fail_after(5):
            found = await sent_by(send_file, FileResponse(path))

        assert found == await sent_by(starlettes, FileResponse(path))
        assert list(found[-1]) == ["raised"]


async def test_a_small_file_takes_one_visit_to_a_thread(tmp_path: Path, visits: list[Any]) -> None:
    """What is done afterwards is done too."""
    file, done = tmp_path / "file", []
    file.write_bytes(b"content")
    response = FileResponse(file, background=BackgroundTask(lambda: done.append(1)))

    found = await sent_by(send_file, response)

    assert [message["type"] for message in found] == ["http.response.start", "http.response.body"]
    assert (len(visits), done) == (1, [1])


async def test_the_file_is_looked_at_anew(tmp_path: Path) -> None:
    """A response that is kept for several requests sends what is there by then."""
    file = tmp_path / "file"
    response = FileResponse(file)
    for content in (b"first", b"third"):
        file.write_bytes(content)
        assert (await sent_by(send_file, response))[-1]["body"] == content
    file.unlink()

    assert list((await sent_by(send_file, response))[-1]) == ["raised"]


async def test_a_file_that_is_known_already_is_starlettes(
    tmp_path: Path, visits: list[Any]
) -> None:
    """Its headers say what was known."""
    file = tmp_path / "file"
    file.write_bytes(b"content")

    found = await sent_by(send_file, FileResponse(file, stat_result=file.stat()))

    assert found == await sent_by(starlettes, FileResponse(file))
    assert visits == []


async def test_a_tool_that_watches_files_sees_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It puts a method of its own in the place of Starlette's."""
    original, seen = FileResponse.__call__, []

    async def watch(self: FileResponse, scope: Scope, receive: Receive, send: Send) -> None:
        seen.append(self.path)
        await original(self, scope, receive, send)

    monkeypatch.setattr(FileResponse, "__call__", watch)
    file = tmp_path / "file"
    file.write_bytes(b"content")

    await sent_by(send_file, FileResponse(file))

    assert seen == [file]


def test_operations_send_files_so(tmp_path: Path, visits: list[Any]) -> None:
    """Returned, or named by their path; a class of one's own sends itself."""

    class Own(FileResponse):
        pass

    app, file = Kingpost(), tmp_path / "file"
    file.write_bytes(b"content")

    @app.get("/returned")
    def returned() -> FileResponse:
        return FileResponse(file)

    @app.get("/named", response_class=FileResponse)
    def named() -> Path:
        return file

    @app.get("/own")
    def own() -> FileResponse:
        return Own(file)

    with TestClient(app) as client:
        answers = [client.get(path).content for path in ("/returned", "/named", "/own")]

    assert answers == [b"content"] * 3
    assert len(visits) == 2
