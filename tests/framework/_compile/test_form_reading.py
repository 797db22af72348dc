"""What generated handlers of forms call while they serve."""

import asyncio
from io import BytesIO
from typing import Any

import pytest
from starlette.datastructures import FormData, UploadFile
from starlette.types import Message, Scope

from kingpost import HTTPException
from kingpost._compile.form_reading import (
    READ_FORM,
    close_form,
    contents,
    form_values,
    hand_over,
    new_form_request,
    read_form,
)

URL_ENCODED = b"application/x-www-form-urlencoded"


def scope_of(kind: bytes) -> Scope:
    """Return the scope of a request with this media type."""
    return {"type": "http", "method": "POST", "headers": [(b"content-type", kind)]}


async def send(message: Message) -> None:
    """Take an answer."""


class Sender:
    """Sends messages and nothing after them."""

    def __init__(self, *messages: Message) -> None:
        self.messages = list(messages)

    async def receive(self) -> Message:
        """Return the next message."""
        return self.messages.pop(0)


def part(body: bytes, *, more_body: bool = False) -> Message:
    """Return a message with a part of a body."""
    return {"type": "http.request", "body": body, "more_body": more_body}


def read(kind: bytes, *messages: Message, **limits: int) -> Any:
    """Read a form, and what is left to receive afterwards."""

    async def run() -> tuple[FormData | None, Message | None]:
        sender = Sender(*messages)
        form, receive = await read_form(scope_of(kind), sender.receive, send, limits)
        return form, await receive() if form is None else None

    return asyncio.run(run())


@pytest.mark.parametrize("kind", [URL_ENCODED, URL_ENCODED + b"; charset=utf-8"])
def test_pairs_are_read(kind: bytes) -> None:
    """In order, unquoted; what has no sign has no value."""
    form, _ = read(kind, part(b"a=1&&b=x+y%21&a=&c"))

    assert form.multi_items() == [("a", "1"), ("b", "x y!"), ("a", ""), ("c", "")]


@pytest.mark.parametrize(
    ("kind", "message", "limits"),
    [
        (b"application/json", part(b"{}"), {}),
        (URL_ENCODED + b"x", part(b"a=1"), {}),
        (URL_ENCODED, part(b"a=1", more_body=True), {}),
        (URL_ENCODED, part(b"a=12"), {"max_part_size": 3}),
        (URL_ENCODED, part(b"a=1&b=2"), {"max_fields": 1}),
        (URL_ENCODED, {"type": "http.disconnect"}, {}),
    ],
)
def test_nothing_is_lost_of_what_is_left_to_others(
    kind: bytes, message: Message, limits: dict[str, int]
) -> None:
    """Another kind of body, one in pieces, one beyond a limit, none at all."""
    assert read(kind, message, **limits) == (None, message)


def test_what_comes_after_a_piece_is_received() -> None:
    """First the piece that has been read, then the rest."""

    async def run() -> list[Message]:
        sender = Sender(part(b"a", more_body=True), part(b"=1"))
        _, receive = await read_form(scope_of(URL_ENCODED), sender.receive, send, {})
        return [await receive(), await receive()]

    assert [message["body"] for message in asyncio.run(run())] == [b"a", b"=1"]


def test_a_multipart_form_is_read() -> None:
    """Fields and files."""
    body = (
        b'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n'
        b'--b\r\nContent-Disposition: form-data; name="f"; filename="n"\r\n\r\ntext\r\n--b--\r\n'
    )
    form, _ = read(b"multipart/form-data; boundary=b", part(body))

    assert form["a"] == "1"
    assert form["f"].filename == "n"
    asyncio.run(close_form(form))


def test_a_body_that_cannot_be_read_is_a_bad_request() -> None:
    """Whatever the reason was."""
    with pytest.raises(HTTPException) as raised:
        read(b"multipart/form-data; boundary=b", part(b"nonsense"))

    assert raised.value.status_code == 400


def test_the_last_value_counts_unless_it_is_empty() -> None:
    """An empty field of a browser's was not filled in."""
    pairs: list[tuple[str, str | UploadFile]] = [("a", "1"), ("a", "2"), ("b", "1"), ("b", "")]

    assert form_values(FormData(pairs)) == {"a": "2"}


def test_files_are_read_handed_over_and_closed() -> None:
    """Whoever takes them over finds them as they were sent."""

    async def run() -> tuple[Any, Any, bool]:
        file = UploadFile(BytesIO(b"text"))
        form, scope = FormData([("f", file)]), scope_of(URL_ENCODED)
        first = await contents([file, "text"])
        await hand_over(scope, form)
        second = await contents(scope[READ_FORM]["f"])
        await close_form(form)
        return first, second, file.file.closed

    assert asyncio.run(run()) == ([b"text", "text"], b"text", True)


def test_a_request_has_the_form_that_was_read() -> None:
    """Its body has been consumed."""

    async def run() -> bool:
        form = FormData([("a", "1")])
        request = new_form_request(scope_of(URL_ENCODED), Sender().receive, send, form)
        with pytest.raises(RuntimeError):
            await request.body()
        return await request.form() is form

    assert asyncio.run(run())


def test_a_large_file_goes_to_the_disk_in_large_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a server hands over is small: each piece would be a visit to a thread."""
    sizes: list[int] = []
    write = UploadFile.write

    async def noting(self: UploadFile, data: bytes) -> None:
        sizes.append(len(data))
        await write(self, data)

    monkeypatch.setattr(UploadFile, "write", noting)
    content = bytes(range(256)) * 10_000
    begin = b'--b\r\nContent-Disposition: form-data; name="a"; filename="f"\r\n\r\n'
    body = begin + content + b"\r\n--b--\r\n"
    chunks = [body[place : place + 65_536] for place in range(0, len(body), 65_536)]
    messages = [part(chunk, more_body=True) for chunk in chunks]

    form, _ = read(b"multipart/form-data; boundary=b", *messages, part(b""))
    with form["a"].file as file:
        file.seek(0)
        assert file.read() == content
    assert len(sizes) <= len(chunks) / 4 + 2
    assert len(chunks) == 40


def test_a_client_that_leaves_in_the_middle_is_noticed() -> None:
    """Also where its file has been taken in part."""
    begin = b'--b\r\nContent-Disposition: form-data; name="a"; filename="f"\r\n\r\n'

    with pytest.raises(HTTPException) as refused:
        read(
            b"multipart/form-data; boundary=b",
            part(begin + bytes(300_000), more_body=True),
            {"type": "http.disconnect"},
        )
    assert refused.value.status_code == 400
