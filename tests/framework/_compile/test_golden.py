"""The generated source of representative operations, word for word.

A change of the generator shows here as a change of what it writes. When it is meant, run this file
with ``KINGPOST_UPDATE_GOLDEN=1`` and read the difference.
"""

import os
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any

import pytest
from pydantic import AfterValidator, BaseModel, field_validator

from kingpost import (
    BackgroundTasks,
    Body,
    Cookie,
    Depends,
    File,
    Form,
    Header,
    Kingpost,
    Query,
    Request,
    Response,
    Security,
)
from kingpost.routing import APIRoute
from kingpost.security import OAuth2PasswordBearer, SecurityScopes

GOLDEN = Path(__file__).parent.parent / "golden"
UPDATE = "KINGPOST_UPDATE_GOLDEN"

app = Kingpost(openapi_url=None)
scheme = OAuth2PasswordBearer(tokenUrl="token", scopes={"read": "Read."})


class Item(BaseModel):
    """What is sent and received."""

    name: str
    size: int = 1


class Named(BaseModel):
    """Validated by code of the application."""

    name: str

    @field_validator("name")
    @classmethod
    def check(cls, value: str) -> str:
        """Accept any name."""
        return value


@app.get("/")
async def nothing_to_read() -> dict[str, str]:
    """A result that is made JSON-able, without a response model to speak of."""
    return {}


@app.get("/items/{item_id}")
def path_and_query(
    item_id: int, q: str | None = None, tags: Annotated[Sequence[str], Query(alias="tag")] = ()
) -> Item | None:
    """A synchronous function, a repeated parameter, a response model."""


@app.get("/headers")
async def headers_and_cookies(
    user_agent: Annotated[str, Header()],
    x_tag: Annotated[list[str] | None, Header()] = None,
    session: Annotated[str, Cookie()] = "none",
) -> Item:
    """What comes beside the path."""
    return Item(name=user_agent)


@app.post("/items", status_code=201)
async def body_from_bytes(item: Item) -> Item:
    """A body that is validated straight from the bytes."""
    return item


@app.put("/items/{item_id}")
async def several_bodies(item_id: int, item: Item, importance: Annotated[int, Body()] = 1) -> Item:
    """A body with two keys, one of which may be left out."""
    return item


def common(page: int = 1) -> int:
    """A synchronous dependency with a parameter."""
    return page


async def session(page: Annotated[int, Depends(common)]) -> str:
    """An asynchronous dependency of another."""
    return str(page)


class Paging:
    """A class as a dependency."""

    def __init__(self, size: int = 20, page: int = Depends(common)) -> None:
        self.size = size
        self.page = page


def user(scopes: SecurityScopes, token: Annotated[str, Depends(scheme)]) -> str:
    """A dependency with OAuth2 scopes."""
    return token


@app.post("/late", dependencies=[Depends(session)])
async def body_after_dependencies(
    item: Named, current: Annotated[str, Security(user, scopes=["read"])]
) -> Named:
    """A body whose validation the application can see."""
    return item


def even(value: int) -> int:
    """Refuse odd numbers: a validator of the application."""
    if value % 2:
        raise ValueError("odd")
    return value


Even = Annotated[int, AfterValidator(even)]


async def paging(first: Even, size: int = 20) -> list[int]:
    """A dependency that is not called with an odd number."""
    return [first, size]


async def page(found: Annotated[list[int], Depends(paging)]) -> list[int]:
    """One that needs it."""
    return found


@app.get("/validators")
async def validators_in_turn(
    found: Annotated[list[int], Depends(page)],
    current: Annotated[str, Depends(session)],
    last: Even = 0,
) -> list[int]:
    """Parameters whose validation the application can see."""
    return found


@app.get("/shared")
async def shared_dependencies(
    first: Annotated[str, Depends(session)],
    paging: Annotated[Paging, Depends()],
    again: Annotated[int, Depends(common, use_cache=False)],
) -> dict[str, Any]:
    """One dependency that two need, and one that runs again."""
    return {}


async def connection() -> AsyncIterator[str]:
    """A dependency that ends after the response."""
    yield "connection"


def transaction(link: Annotated[str, Depends(connection)]) -> Iterator[str]:
    """A dependency that ends before the response."""
    yield link


@app.delete("/items/{item_id}", status_code=204)
async def generators(
    item_id: int, work: Annotated[str, Depends(transaction, scope="function")]
) -> None:
    """Ends as nested blocks, with the response between them."""


@app.get("/stacked")
async def generators_out_of_order(
    work: Annotated[str, Depends(transaction, scope="function")],
    link: Annotated[str, Depends(connection, use_cache=False)],
) -> None:
    """Ends on stacks: one that outlives the response is opened after one that does not."""


@app.post("/injected")
async def injected(
    request: Request, response: Response, tasks: BackgroundTasks, number: Annotated[int, Body()]
) -> int:
    """Objects that are made for those who ask for them."""
    return number


@app.post("/form")
async def form(
    name: Annotated[str, Form()], photo: Annotated[bytes, File()], tag: Annotated[list[str], Form()]
) -> int:
    """A single field, one that has several values, and the contents of a file."""
    return len(photo)


@app.post("/models")
async def models(
    item: Annotated[Item, Form()], page: Annotated[Item | None, Query()] = None
) -> str:
    """Models that stand for several parameters."""
    return item.name


async def named(item: Item) -> str:
    """A dependency that reads a part of the body."""
    return item.name


@app.post("/parts")
async def body_of_several(
    name: Annotated[str, Depends(named)], number: Annotated[int, Body()]
) -> str:
    """A body that a dependency and the endpoint share."""
    return name * number


@app.get("/limited")
async def limited(
    work: Annotated[str, Depends(connection, max_concurrency=1)],
    first: Annotated[str, Depends(session, max_concurrency=2)],
) -> None:
    """Dependencies of which only so many run at once."""


@app.get("/items/{item_id}/changes")
async def stream(item_id: int, tasks: BackgroundTasks) -> AsyncIterator[Item]:
    """Items that are sent one by one."""
    yield Item(name="")


@app.post("/form-model")
async def not_compiled(item: Annotated[Named, Form()]) -> str:
    """What takes the exact path."""
    return item.name


OPERATIONS: dict[str, Callable[..., Any]] = {
    route.name: route.endpoint for route in app.routes if isinstance(route, APIRoute)
}


@pytest.mark.parametrize("name", OPERATIONS)
def test_writes_what_it_wrote(name: str) -> None:
    """The handler of an operation is the one that was read and found good."""
    route = next(route for route in app.routes if getattr(route, "name", "") == name)
    assert isinstance(route, APIRoute)
    path = GOLDEN / f"{name}.txt"
    if os.environ.get(UPDATE):
        path.write_text(route.handler_source, encoding="utf-8")

    assert path.is_file(), f"{path.name} is missing; run this test with {UPDATE}=1"
    assert path.read_text(encoding="utf-8") == route.handler_source


def test_every_file_belongs_to_an_operation() -> None:
    """A file that nothing writes any more is not kept."""
    assert sorted(OPERATIONS) == sorted(path.stem for path in GOLDEN.iterdir())
