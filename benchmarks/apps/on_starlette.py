"""The workloads on Starlette and Pydantic, joined by hand."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import jwt
from pydantic import BaseModel, ValidationError
from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket

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


class ItemParameters(BaseModel):
    """What `items` reads from its path and its query."""

    item_id: int
    q: str | None = None
    limit: int = 10


class Price(BaseModel):
    """What the form holds."""

    name: str
    price: float


def typed(model: BaseModel) -> Response:
    """Answer with a model."""
    return Response(model.model_dump_json(), media_type="application/json")


def refuse(request: Request, error: Exception) -> Response:
    """Answer for a value that does not validate."""
    if not isinstance(error, ValidationError):
        raise error
    return JSONResponse({"detail": error.errors(include_url=False)}, 422)


def explain(request: Request, error: Exception) -> Response:
    """Answer for an error with a status."""
    if not isinstance(error, HTTPException):
        raise error
    return JSONResponse({"detail": error.detail}, error.status_code)


async def read_json(request: Request) -> Response:
    """Answer with an untyped dictionary."""
    return JSONResponse({"message": "Hello, World!"})


async def read_item(request: Request) -> Response:
    """Read a path, two query parameters; answer with a model."""
    values = ItemParameters.model_validate({**request.query_params, **request.path_params})
    return typed(Item(id=values.item_id, name=values.q or "nameless", price=values.limit))


async def create_item(request: Request) -> Response:
    """Take a model and give it back."""
    return typed(Item.model_validate_json(await request.body()))


@asynccontextmanager
async def open_session(key: str) -> AsyncIterator[Session]:
    """Open something for the request, and close it."""
    session = Session(key)
    yield session
    session.is_open = False


async def read_deps(request: Request) -> Response:
    """Do what the three nested dependencies do."""
    key = request.headers.get("x-key")
    if key is None:
        raise HTTPException(422, "x-key is missing")
    async with open_session(key) as session:
        return JSONResponse({"name": f"{session.key} {key}", "key": session.key})


async def read_me(request: Request) -> Response:
    """Say who signed in."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        raise HTTPException(401, "Not authenticated")
    try:
        claims = jwt.decode(token, KEY, algorithms=[ALGORITHM])
    except jwt.InvalidTokenError:
        raise HTTPException(401, "Invalid token") from None
    user = User(name=claims["sub"], scopes=claims["scopes"])
    if SCOPE not in user.scopes:
        raise HTTPException(403, "Not enough permissions")
    return typed(user)


async def read_list(request: Request) -> Response:
    """Answer with a hundred models."""
    return Response(ITEM_LIST.dump_json(ITEMS), media_type="application/json")


def read_sync(request: Request) -> Response:
    """Answer from a plain function."""
    return JSONResponse({"message": "Hello, World!"})


async def take_form(request: Request) -> Response:
    """Take a form."""
    async with request.form() as form:
        values = Price.model_validate(dict(form))
    return JSONResponse({"name": values.name, "price": values.price})


async def take_upload(request: Request) -> Response:
    """Take a file and a field."""
    async with request.form() as form:
        title, file = form["title"], form["file"]
        if not isinstance(file, UploadFile):
            raise HTTPException(422, "file is no file")
        content = await file.read()
        return JSONResponse({"title": title, "name": file.filename, "size": len(content)})


async def echo(socket: WebSocket) -> None:
    """Send back what comes."""
    await socket.accept()
    async for text in socket.iter_text():
        await socket.send_text(text)


async def read_stream(request: Request) -> Response:
    """Send a hundred models, one a line."""
    return StreamingResponse(lines(), media_type="application/jsonl")


async def lines() -> AsyncIterator[str]:
    """Write each item as a line."""
    for item in ITEMS:
        yield item.model_dump_json() + "\n"


async def take_large(request: Request) -> Response:
    """Take a megabyte of JSON."""
    items = ITEM_LIST.validate_json(await request.body())
    return JSONResponse({"count": len(items)})


async def read_dicts(request: Request) -> Response:
    """Answer with a thousand models, made from dictionaries."""
    items = ITEM_LIST.validate_python(DICTS)
    return Response(ITEM_LIST.dump_json(items), media_type="application/json")


async def read_rows(request: Request) -> Response:
    """Answer with a thousand models, made from stored rows."""
    items = ITEM_LIST.validate_python(ROWS)
    return Response(ITEM_LIST.dump_json(items), media_type="application/json")


app = Starlette(
    routes=[
        Route("/json", read_json),
        Route("/items/{item_id}", read_item),
        Route("/items", create_item, methods=["POST"]),
        Route("/deps", read_deps),
        Route("/me", read_me),
        Route("/list", read_list),
        Route("/sync", read_sync),
        Route("/form", take_form, methods=["POST"]),
        Route("/upload", take_upload, methods=["POST"]),
        WebSocketRoute("/echo", echo),
        Route("/stream", read_stream),
        Route("/large", take_large, methods=["POST"]),
        Route("/dicts", read_dicts),
        Route("/rows", read_rows),
    ],
    exception_handlers={ValidationError: refuse, HTTPException: explain},
)
