"""The workloads on BlackSheep, as far as it has its own way for them."""

from contextlib import suppress

import jwt
from blacksheep import Application, FromForm, FromJSON, Request, Response, WebSocket, json
from blacksheep.exceptions import Forbidden, Unauthorized
from blacksheep.server.websocket import WebSocketDisconnectError
from pydantic import BaseModel

from benchmarks.data import (
    ALGORITHM,
    DICTS,
    ITEM_LIST,
    ITEMS,
    KEY,
    ROWS,
    SCOPE,
    Item,
    User,
)

app = Application()
app.show_error_details = False
get, post, ws = app.router.get, app.router.post, app.router.ws


class Price(BaseModel):
    """What the form holds."""

    name: str
    price: float


@get("/json")
async def read_json() -> Response:
    """Answer with an untyped dictionary."""
    return json({"message": "Hello, World!"})


@get("/items/{item_id}")
async def read_item(item_id: int, q: str | None = None, limit: int = 10) -> Item:
    """Read a path, two query parameters; answer with a model."""
    return Item(id=item_id, name=q or "nameless", price=limit)


@post("/items")
async def create_item(item: FromJSON[Item]) -> Item:
    """Take a model and give it back."""
    return item.value


@get("/me")
async def read_me(request: Request) -> User:
    """Say who signed in."""
    header = request.get_first_header(b"authorization") or b""
    scheme, _, token = header.partition(b" ")
    if scheme.lower() != b"bearer":
        raise Unauthorized("Not authenticated")
    try:
        claims = jwt.decode(token, KEY, algorithms=[ALGORITHM])
    except jwt.InvalidTokenError:
        raise Unauthorized("Invalid token") from None
    user = User(name=claims["sub"], scopes=claims["scopes"])
    if SCOPE not in user.scopes:
        raise Forbidden("Not enough permissions")
    return user


@get("/list")
async def read_list() -> list[Item]:
    """Answer with a hundred models."""
    return ITEMS


@post("/form")
async def take_form(form: FromForm[Price]) -> Response:
    """Take a form."""
    return json({"name": form.value.name, "price": form.value.price})


@ws("/echo")
async def echo(socket: WebSocket) -> None:
    """Send back what comes."""
    await socket.accept()
    with suppress(WebSocketDisconnectError):
        while True:
            await socket.send_text(await socket.receive_text())


@post("/large")
async def take_large(items: FromJSON[list[Item]]) -> Response:
    """Take a megabyte of JSON."""
    return json({"count": len(items.value)})


@get("/dicts")
async def read_dicts() -> list[Item]:
    """Answer with a thousand models, made from dictionaries."""
    return ITEM_LIST.validate_python(DICTS)


@get("/rows")
async def read_rows() -> list[Item]:
    """Answer with a thousand models, made from stored rows."""
    return ITEM_LIST.validate_python(ROWS)
