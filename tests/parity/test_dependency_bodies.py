"""Dependencies that read the body: alone, beside others, the same part twice."""

from collections.abc import AsyncIterator
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel

from kingpost import Body, Depends, File, Form, Header, HTTPException, Kingpost, Request, UploadFile
from kingpost.security import OAuth2PasswordRequestForm
from tests.parity.harness import Log, case, post


class Item(BaseModel):
    """A body."""

    name: str
    tags: list[str] = []


class User(BaseModel):
    """Another."""

    id: int


JSON = {"content-type": "application/json"}
BROKEN = b'{"name":'


@case(
    post("/", json={"name": "a"}),
    post("/", 422, json={"name": 1}),
    post("/", 422, json=[]),
    post("/", 422),
    post("/", 422, content=BROKEN, headers=JSON),
    post("/", 422, content=b'{"name": "a"}', headers={"content-type": "text/plain"}),
)
def test_the_whole_body(log: Log) -> Kingpost:
    """The only reader is a dependency of a dependency."""

    async def item_of(item: Item) -> Item:
        log.append(f"item {item!r}")
        return item

    def named(item: Annotated[Item, Depends(item_of)]) -> str:
        return item.name

    app = Kingpost()

    @app.post("/")
    async def create(name: Annotated[str, Depends(named)]) -> str:
        return name

    return app


@case(
    post("/", json={"item": {"name": "a"}, "user": {"id": 1}, "count": 2}),
    post("/", json={"item": {"name": "a", "tags": ["x"]}, "user": {"id": "1"}}),
    post("/", 422, json={"item": {"name": "a"}}),
    post("/", 422, json={"user": {"id": "x"}, "count": "y"}),
    post("/", 422, json={}),
    post("/", 422, json=None),
    post("/", 422, json=[1]),
)
def test_a_key_each(log: Log) -> Kingpost:
    """Dependencies and the endpoint read a key of their own."""

    async def user_of(user: User) -> int:
        log.append(f"user {user.id}")
        return user.id

    async def count_of(count: Annotated[int, Body()] = 1) -> AsyncIterator[int]:
        log.append(f"count {count}")
        yield count
        log.append("end")

    app = Kingpost()

    @app.post("/")
    async def create(
        item: Item, user: Annotated[int, Depends(user_of)], count: Annotated[int, Depends(count_of)]
    ) -> list[Any]:
        return [item, user, count]

    return app


@case(
    post("/", json={"name": "a"}),
    post("/", 422, json={"name": 1}),
    post("/apart", json={"name": "a"}),
    post("/apart", 422, json={}),
)
def test_the_same_part_twice() -> Kingpost:
    """Each reader has a value of its own, which it may change."""

    async def changed(item: Item) -> Item:
        item.tags.append("changed")
        return item

    app = Kingpost()

    @app.post("/")
    async def create(item: Item, other: Annotated[Item, Depends(changed)]) -> list[Any]:
        return [item.tags, other.tags, item is other]

    @app.post("/apart")
    async def apart(
        first: Annotated[Item, Depends(changed, use_cache=False)],
        second: Annotated[Item, Depends(changed, use_cache=False)],
        third: Annotated[Item, Depends(changed)],
    ) -> list[Any]:
        return [first.tags, second.tags, third.tags, first is second, third is first]

    return app


@case(
    post("/", json={"name": "a", "tags": ["x"]}, headers={"x-user": "1"}),
    post("/", 422, json={"name": 1}, headers={"x-user": "1"}),
    post("/", 401, json={"name": 1}),
    post("/", 422, json={"name": 1}, headers={"x-user": "x"}),
    post("/", 422, content=BROKEN, headers=JSON),
)
def test_others_still_have_their_turn(log: Log) -> Kingpost:
    """What comes before the reader runs, and may refuse, although the body does not fit."""

    async def signed_in(x_user: Annotated[int | None, Header()] = None) -> int:
        log.append(f"signed in {x_user}")
        if x_user is None:
            raise HTTPException(401)
        return x_user

    async def item_of(item: Item, user: Annotated[int, Depends(signed_in)]) -> Item:
        log.append("item")
        return item

    app = Kingpost()

    @app.post("/")
    async def create(
        item: Annotated[Item, Depends(item_of)],
        again: Annotated[Item, Depends(item_of)],
        request: Request,
    ) -> list[Any]:
        return [item is again, (await request.body()).decode()]

    return app


@case(
    post("/", json={"n": 2}),
    post("/", 422, json={"n": 3}),
    post("/", 422, json={"n": "x"}),
)
def test_code_of_the_application_validates(log: Log) -> Kingpost:
    """It runs when the reader's turn comes."""

    def even(value: int) -> int:
        log.append(f"even {value}")
        if value % 2:
            raise ValueError("odd")
        return value

    async def before() -> None:
        log.append("before")

    async def number(n: Annotated[int, Body(embed=True), AfterValidator(even)]) -> int:
        log.append("number")
        return n

    app = Kingpost()

    @app.post("/", dependencies=[Depends(before)])
    async def create(n: Annotated[int, Depends(number)]) -> int:
        return n

    return app


@case(
    post("/login", data={"username": "a", "password": "b", "scope": "x y"}),
    post("/login", 422, data={"username": "a"}),
    post("/login", 422, data={"username": "a", "password": "b", "grant_type": "other"}),
    post("/login", 422, json={"username": "a", "password": "b"}),
    post("/login", 422),
)
def test_a_form_for_signing_in() -> Kingpost:
    """A class of form fields as a dependency."""
    app = Kingpost()

    @app.post("/login")
    async def login(form: Annotated[OAuth2PasswordRequestForm, Depends()]) -> list[Any]:
        return [form.username, form.scopes, form.client_id]

    return app


@case(
    post("/", data={"title": "t"}, files={"photo": ("a.txt", b"12")}),
    post("/", data={"title": "t", "tags": ["a", "b"]}, files={"photo": ("a.txt", b"")}),
    post("/", 422, data={"title": "t"}),
    post("/", 422, files={"photo": ("a.txt", b"12")}),
    post("/", 422, files={"photo": (None, b"text"), "title": (None, b"t")}),
)
def test_fields_and_files(log: Log) -> Kingpost:
    """A form of which each callable reads a part."""

    async def photo_of(photo: UploadFile) -> AsyncIterator[int]:
        size = len(await photo.read())
        yield size
        log.append(f"closed {photo.file.closed}")

    def tags_of(tags: Annotated[list[str] | None, Form()] = None) -> list[str]:
        return tags or []

    async def copy_of(other: Annotated[bytes | None, File()] = None) -> bytes | None:
        return other

    app = Kingpost()

    @app.post("/")
    async def create(
        title: Annotated[str, Form()],
        size: Annotated[int, Depends(photo_of)],
        tags: Annotated[list[str], Depends(tags_of)],
        copy: Annotated[bytes | None, Depends(copy_of)],
    ) -> list[Any]:
        return [title, size, tags, copy]

    return app
