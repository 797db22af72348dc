"""What generated handlers of forms call while they serve."""

from collections.abc import AsyncGenerator, Mapping
from typing import Any
from urllib.parse import unquote_plus

from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException as StarletteHTTPException
from starlette.requests import Request
from starlette.types import Message, Receive, Scope, Send

from kingpost._http.errors import HTTPException

__all__ = [
    "READ_FORM",
    "close_form",
    "contents",
    "form_values",
    "hand_over",
    "new_form_request",
    "read_form",
]

READ_FORM = "kingpost.form"
"""The scope's key of a form that has been read already, for the exact path."""

_URL_ENCODED = b"application/x-www-form-urlencoded"
_MULTIPART = b"multipart/form-data"
_MAX_FIELDS = 1000
_MAX_PART_SIZE = 1024 * 1024
_PIECE = 256 * 1024
"""Bytes of a file that are written at once."""


class _RequestInLargePieces(Request):
    """A request whose body comes in larger pieces than the server hands over.

    A large file is written in a thread: each piece of it is a visit to one.
    """

    async def stream(self) -> AsyncGenerator[bytes, None]:
        pieces: list[bytes] = []
        size = 0
        async for piece in super().stream():
            pieces.append(piece)
            size += len(piece)
            if size >= _PIECE:
                yield b"".join(pieces)
                pieces, size = [], 0
        yield b"".join(pieces)


async def read_form(
    scope: Scope, receive: Receive, send: Send, limits: Mapping[str, Any]
) -> tuple[FormData | None, Receive]:
    """Return a form and where the rest of the messages come from.

    No form stands for what only the exact path reads: another kind of body, one that is on its way
    still, one that may be beyond a limit. Nothing is lost of it.

    Args:
        scope: The request's scope.
        receive: Its messages.
        send: Takes the answer.
        limits: The operation's limits, as `Request.form` takes them.

    Raises:
        HTTPException: The body is larger than allowed (413), or cannot be read (400).
    """
    kind = next((value for name, value in scope["headers"] if name == b"content-type"), b"")
    is_url_encoded = kind == _URL_ENCODED or kind.startswith(_URL_ENCODED + b";")
    if not is_url_encoded and not kind.startswith(_MULTIPART + b";"):
        return None, receive
    try:
        if is_url_encoded:
            return await _read_pairs(receive, limits)
        return await _RequestInLargePieces(scope, receive, send).form(**limits), receive
    except StarletteHTTPException:
        raise
    except Exception as exc:
        raise HTTPException(400, "There was an error parsing the body") from exc


async def _read_pairs(
    receive: Receive, limits: Mapping[str, Any]
) -> tuple[FormData | None, Receive]:
    message = await receive()
    body: bytes = message.get("body", b"")
    if (
        message["type"] != "http.request"
        or message.get("more_body", False)
        or len(body) > limits.get("max_part_size", _MAX_PART_SIZE)
        or body.count(b"&") >= limits.get("max_fields", _MAX_FIELDS)
    ):
        return None, _again(message, receive)
    return FormData(_pairs(body)), receive


def _pairs(body: bytes) -> list[tuple[str, str | UploadFile]]:
    """Return names and values (URL Standard, section 5.1).

    In: ``b"a=1&b=x+y&a"``. Out: ``[("a", "1"), ("b", "x y"), ("a", "")]``.
    """
    text = body.decode("latin-1")
    pairs = (part.partition("=") for part in text.split("&") if part)
    if "%" in text or "+" in text:
        return [(unquote_plus(name), unquote_plus(value)) for name, _, value in pairs]
    return [(name, value) for name, _, value in pairs]


def _again(message: Message, receive: Receive) -> Receive:
    """Return a `receive` that yields a message once more."""
    messages = [message]

    async def receive_again() -> Message:
        return messages.pop() if messages else await receive()

    return receive_again


def form_values(form: FormData) -> dict[str, Any]:
    """Return the last value of each name; an empty field of a browser's was not filled in."""
    values = dict(form.multi_items())
    if "" in values.values():
        return {name: value for name, value in values.items() if value != ""}
    return values


async def contents(value: Any) -> Any:
    """Return the bytes of a file, or of each in a list; anything else as it is.

    The file stays where it was: another callable may read it, too.
    """
    if isinstance(value, UploadFile):
        place = value.file.tell()
        content = await value.read()
        await value.seek(place)
        return content
    if isinstance(value, list):
        return [await contents(item) for item in value]
    return value


async def hand_over(scope: Scope, form: FormData) -> None:
    """Leave a form to the exact path, its files as they were."""
    for _, value in form.multi_items():
        if isinstance(value, UploadFile):
            await value.seek(0)
    scope[READ_FORM] = form


def new_form_request(scope: Scope, receive: Receive, send: Send, form: FormData) -> Request:
    """Return a request whose body has been read as a form."""
    request = Request(scope, receive, send)
    request._form = form
    request._stream_consumed = True
    return request


async def close_form(form: FormData) -> None:
    """Close a form's files."""
    for _, value in form.multi_items():
        if isinstance(value, UploadFile):
            await value.close()
