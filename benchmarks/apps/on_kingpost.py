"""The workloads on Kingpost, as its guides write them."""

from collections.abc import AsyncIterator
from typing import Annotated, Any

import jwt

from benchmarks.data import ALGORITHM, DICTS, ITEMS, KEY, ROWS, SCOPE, Item, Row, Session, User
from kingpost import (
    Depends,
    Form,
    Header,
    HTTPException,
    Kingpost,
    Security,
    UploadFile,
    WebSocket,
)
from kingpost.security import OAuth2PasswordBearer, SecurityScopes

app = Kingpost()
bearer = OAuth2PasswordBearer(tokenUrl="token", scopes={SCOPE: "reads who signed in"})


async def read_key(x_key: Annotated[str, Header()]) -> str:
    """Read one header."""
    return x_key


async def open_session(key: Annotated[str, Depends(read_key)]) -> AsyncIterator[Session]:
    """Open something for the request, and close it."""
    session = Session(key)
    yield session
    session.is_open = False


async def find_name(
    session: Annotated[Session, Depends(open_session)], key: Annotated[str, Depends(read_key)]
) -> str:
    """Stand on both, so that one of them is shared."""
    return f"{session.key} {key}"


async def current_user(wanted: SecurityScopes, token: Annotated[str, Depends(bearer)]) -> User:
    """Read the token and check what it allows."""
    try:
        claims = jwt.decode(token, KEY, algorithms=[ALGORITHM])
    except jwt.InvalidTokenError:
        raise HTTPException(401, "Invalid token") from None
    user = User(name=claims["sub"], scopes=claims["scopes"])
    if any(scope not in user.scopes for scope in wanted.scopes):
        raise HTTPException(403, "Not enough permissions")
    return user


@app.get("/json", response_model=None)
async def read_json() -> dict[str, str]:
    """Answer with an untyped dictionary."""
    return {"message": "Hello, World!"}


@app.get("/items/{item_id}")
async def read_item(item_id: int, q: str | None = None, limit: int = 10) -> Item:
    """Read a path, two query parameters; answer with a model."""
    return Item(id=item_id, name=q or "nameless", price=limit)


@app.post("/items")
async def create_item(item: Item) -> Item:
    """Take a model and give it back."""
    return item


@app.get("/deps", response_model=None)
async def read_deps(
    name: Annotated[str, Depends(find_name)], session: Annotated[Session, Depends(open_session)]
) -> dict[str, str]:
    """Stand on three nested dependencies, one of them shared."""
    return {"name": name, "key": session.key}


@app.get("/me")
async def read_me(user: Annotated[User, Security(current_user, scopes=[SCOPE])]) -> User:
    """Say who signed in."""
    return user


@app.get("/list")
async def read_list() -> list[Item]:
    """Answer with a hundred models."""
    return ITEMS


@app.get("/sync", response_model=None)
def read_sync() -> dict[str, str]:
    """Answer from a plain function."""
    return {"message": "Hello, World!"}


@app.post("/form", response_model=None)
async def take_form(
    name: Annotated[str, Form()], price: Annotated[float, Form()]
) -> dict[str, str | float]:
    """Take a form."""
    return {"name": name, "price": price}


@app.post("/upload", response_model=None)
async def take_upload(title: Annotated[str, Form()], file: UploadFile) -> dict[str, Any]:
    """Take a file and a field."""
    content = await file.read()
    return {"title": title, "name": file.filename, "size": len(content)}


@app.websocket("/echo")
async def echo(socket: WebSocket) -> None:
    """Send back what comes."""
    await socket.accept()
    async for text in socket.iter_text():
        await socket.send_text(text)


@app.get("/stream")
async def read_stream() -> AsyncIterator[Item]:
    """Send a hundred models, one a line."""
    for item in ITEMS:
        yield item


@app.post("/large", response_model=None)
async def take_large(items: list[Item]) -> dict[str, int]:
    """Take a megabyte of JSON."""
    return {"count": len(items)}


@app.get("/dicts", response_model=list[Item])
async def read_dicts() -> list[dict[str, Any]]:
    """Answer with a thousand models, made from dictionaries."""
    return DICTS


@app.get("/rows", response_model=list[Item])
async def read_rows() -> list[Row]:
    """Answer with a thousand models, made from stored rows."""
    return ROWS
