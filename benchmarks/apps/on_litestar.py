"""The workloads on Litestar, with its own dependencies, forms, uploads and WebSockets."""

from collections.abc import AsyncGenerator, AsyncIterator
from typing import Annotated, Any

import jwt
from litestar import Litestar, Request, WebSocket, get, post, websocket
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency, Provide
from litestar.exceptions import NotAuthorizedException, PermissionDeniedException
from litestar.params import (
    FromPath,
    FromQuery,
    HeaderParameter,
    JSONBody,
    MultipartBody,
    URLEncodedBody,
)
from litestar.response import Stream
from pydantic import BaseModel, ConfigDict

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


class Price(BaseModel):
    """What the form holds."""

    name: str
    price: float


class Upload(BaseModel):
    """What the upload holds."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    title: str
    file: UploadFile


async def read_key(header: Annotated[str, HeaderParameter(name="X-Key")]) -> str:
    """Read one header."""
    return header


async def open_session(key: NamedDependency[str]) -> AsyncGenerator[Session, None]:
    """Open something for the request, and close it."""
    session = Session(key)
    yield session
    session.is_open = False


async def find_name(session: NamedDependency[Session], key: NamedDependency[str]) -> str:
    """Stand on both, so that one of them is shared."""
    return f"{session.key} {key}"


async def current_user(request: Request[Any, Any, Any]) -> User:
    """Read the token and check what it allows."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        raise NotAuthorizedException("Not authenticated")
    try:
        claims = jwt.decode(token, KEY, algorithms=[ALGORITHM])
    except jwt.InvalidTokenError:
        raise NotAuthorizedException("Invalid token") from None
    user = User(name=claims["sub"], scopes=claims["scopes"])
    if SCOPE not in user.scopes:
        raise PermissionDeniedException("Not enough permissions")
    return user


@get("/json")
async def read_json() -> dict[str, str]:
    """Answer with an untyped dictionary."""
    return {"message": "Hello, World!"}


@get("/items/{item_id:int}")
async def read_item(
    item_id: FromPath[int], q: FromQuery[str | None] = None, limit: FromQuery[int] = 10
) -> Item:
    """Read a path, two query parameters; answer with a model."""
    return Item(id=item_id, name=q or "nameless", price=limit)


@post("/items", status_code=200)
async def create_item(data: JSONBody[Item]) -> Item:
    """Take a model and give it back."""
    return data


@get(
    "/deps",
    dependencies={
        "key": Provide(read_key),
        "session": Provide(open_session),
        "name": Provide(find_name),
    },
)
async def read_deps(
    name: NamedDependency[str], session: NamedDependency[Session]
) -> dict[str, str]:
    """Stand on three nested dependencies, one of them shared."""
    return {"name": name, "key": session.key}


@get("/me", dependencies={"user": Provide(current_user)})
async def read_me(user: NamedDependency[User]) -> User:
    """Say who signed in."""
    return user


@get("/list")
async def read_list() -> list[Item]:
    """Answer with a hundred models."""
    return ITEMS


@get("/sync", sync_to_thread=True)
def read_sync() -> dict[str, str]:
    """Answer from a plain function."""
    return {"message": "Hello, World!"}


@post("/form", status_code=200)
async def take_form(data: URLEncodedBody[Price]) -> dict[str, Any]:
    """Take a form."""
    return {"name": data.name, "price": data.price}


@post("/upload", status_code=200)
async def take_upload(data: MultipartBody[Upload]) -> dict[str, Any]:
    """Take a file and a field."""
    content = await data.file.read()
    return {"title": data.title, "name": data.file.filename, "size": len(content)}


@websocket("/echo")
async def echo(socket: WebSocket[Any, Any, Any]) -> None:
    """Send back what comes."""
    await socket.accept()
    async for text in socket.iter_data(mode="text"):
        await socket.send_text(text)


@get("/stream")
async def read_stream() -> Stream:
    """Send a hundred models, one a line."""
    return Stream(lines(), media_type="application/jsonl")


async def lines() -> AsyncIterator[str]:
    """Write each item as a line."""
    for item in ITEMS:
        yield item.model_dump_json() + "\n"


@post("/large", status_code=200, request_max_body_size=None)
async def take_large(data: JSONBody[list[Item]]) -> dict[str, int]:
    """Take a megabyte of JSON."""
    return {"count": len(data)}


@get("/dicts")
async def read_dicts() -> list[Item]:
    """Answer with a thousand models, made from dictionaries."""
    return ITEM_LIST.validate_python(DICTS)


@get("/rows")
async def read_rows() -> list[Item]:
    """Answer with a thousand models, made from stored rows."""
    return ITEM_LIST.validate_python(ROWS)


app = Litestar(
    [
        read_json,
        read_item,
        create_item,
        read_deps,
        read_me,
        read_list,
        read_sync,
        take_form,
        take_upload,
        echo,
        read_stream,
        take_large,
        read_dicts,
        read_rows,
    ]
)
