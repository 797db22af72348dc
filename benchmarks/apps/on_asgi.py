"""The workloads on nothing but ASGI and Pydantic: what a request costs at least.

Written by hand for these requests: every value is read and validated as the frameworks do, and
nothing is kept general. A framework cannot be faster than this, only close to it.
"""

from collections.abc import Awaitable, Callable
from typing import Any, NotRequired
from urllib.parse import parse_qsl

import jwt
from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import to_json
from starlette.types import Message, Receive, Scope, Send
from typing_extensions import TypedDict

from benchmarks.data import (
    ALGORITHM,
    DICTS,
    ITEM_LIST,
    ITEMS,
    KEY,
    ROWS,
    SCOPE,
    Item,
    Session,
    User,
)

Answer = Callable[[Scope, Receive, Send], Awaitable[None]]


class ItemParameters(TypedDict):
    """What `items` reads from its path and its query."""

    item_id: int
    q: NotRequired[str]
    limit: NotRequired[int]


PARAMETERS = TypeAdapter(ItemParameters)


async def respond(
    send: Send, body: bytes, status: int = 200, media_type: bytes = b"application/json"
) -> None:
    """Send one complete answer."""
    headers = [(b"content-length", b"%d" % len(body)), (b"content-type", media_type)]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def read_body(receive: Receive) -> bytes:
    """Read the whole body."""
    message = await receive()
    if not message.get("more_body", False):
        body: bytes = message["body"]
        return body
    chunks = [message["body"]]
    while message.get("more_body", False):
        message = await receive()
        chunks.append(message["body"])
    return b"".join(chunks)


def find_header(scope: Scope, wanted: bytes) -> str:
    """Return a header's value; "" where there is none."""
    for name, value in scope["headers"]:
        if name == wanted:
            text: str = value.decode("latin-1")
            return text
    return ""


async def read_json(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer with an untyped dictionary."""
    await respond(send, to_json({"message": "Hello, World!"}))


async def read_item(scope: Scope, receive: Receive, send: Send) -> None:
    """Read a path, two query parameters; answer with a model."""
    query: dict[str, Any] = dict(parse_qsl(scope["query_string"].decode(), keep_blank_values=True))
    query["item_id"] = scope["path"][7:]
    try:
        values = PARAMETERS.validate_python(query)
    except ValidationError as error:
        await respond(send, error.json().encode(), 422)
        return
    item = Item(
        id=values["item_id"], name=values.get("q") or "nameless", price=values.get("limit", 10)
    )
    await respond(send, dump(item))


async def create_item(scope: Scope, receive: Receive, send: Send) -> None:
    """Take a model and give it back."""
    try:
        item = Item.model_validate_json(await read_body(receive))
    except ValidationError as error:
        await respond(send, error.json().encode(), 422)
        return
    await respond(send, dump(item))


async def read_deps(scope: Scope, receive: Receive, send: Send) -> None:
    """Do what the three nested dependencies do."""
    key = find_header(scope, b"x-key")
    if not key:
        await respond(send, b'{"detail":"x-key is missing"}', 422)
        return
    session = Session(key)
    try:
        name = f"{session.key} {key}"
        await respond(send, to_json({"name": name, "key": session.key}))
    finally:
        session.is_open = False


async def read_me(scope: Scope, receive: Receive, send: Send) -> None:
    """Say who signed in."""
    scheme, _, token = find_header(scope, b"authorization").partition(" ")
    if scheme.lower() != "bearer":
        await respond(send, b'{"detail":"Not authenticated"}', 401)
        return
    try:
        claims = jwt.decode(token, KEY, algorithms=[ALGORITHM])
    except jwt.InvalidTokenError:
        await respond(send, b'{"detail":"Invalid token"}', 401)
        return
    user = User(name=claims["sub"], scopes=claims["scopes"])
    if SCOPE not in user.scopes:
        await respond(send, b'{"detail":"Not enough permissions"}', 403)
        return
    await respond(send, dump(user))


async def read_list(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer with a hundred models."""
    await respond(send, ITEM_LIST.dump_json(ITEMS))


async def read_stream(scope: Scope, receive: Receive, send: Send) -> None:
    """Send a hundred models, one a line."""
    headers = [(b"content-type", b"application/jsonl")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    for item in ITEMS:
        line: Message = {"type": "http.response.body", "body": dump(item) + b"\n"}
        await send({**line, "more_body": True})
    await send({"type": "http.response.body", "body": b""})


async def take_large(scope: Scope, receive: Receive, send: Send) -> None:
    """Take a megabyte of JSON."""
    items = ITEM_LIST.validate_json(await read_body(receive))
    await respond(send, to_json({"count": len(items)}))


async def read_dicts(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer with a thousand models, made from dictionaries."""
    await respond(send, ITEM_LIST.dump_json(ITEM_LIST.validate_python(DICTS)))


async def read_rows(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer with a thousand models, made from stored rows."""
    await respond(send, ITEM_LIST.dump_json(ITEM_LIST.validate_python(ROWS)))


def dump(model: BaseModel) -> bytes:
    """Write a model as JSON."""
    return model.__pydantic_serializer__.to_json(model)


ROUTES: dict[tuple[str, str], Answer] = {
    ("GET", "/json"): read_json,
    ("POST", "/items"): create_item,
    ("GET", "/deps"): read_deps,
    ("GET", "/me"): read_me,
    ("GET", "/list"): read_list,
    ("GET", "/stream"): read_stream,
    ("POST", "/large"): take_large,
    ("GET", "/dicts"): read_dicts,
    ("GET", "/rows"): read_rows,
}


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """Find the route and let it answer."""
    if scope["type"] == "lifespan":
        while True:
            message = await receive()
            await send({"type": f"{message['type']}.complete"})
            if message["type"] == "lifespan.shutdown":
                return
    route = ROUTES.get((scope["method"], scope["path"]))
    if route is not None:
        await route(scope, receive, send)
    elif scope["method"] == "GET" and scope["path"].startswith("/items/"):
        await read_item(scope, receive, send)
    else:
        await respond(send, b'{"detail":"Not Found"}', 404)
