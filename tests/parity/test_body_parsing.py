"""Reading the body: content types, malformed JSON, missing and null bodies."""

import json
from typing import Annotated, Any

from pydantic import BaseModel

from kingpost import APIRouter, Body, Kingpost, Request
from tests.parity.harness import Call, case, differs, get, post, request

JSON = {"Content-Type": "application/json"}


class Item(BaseModel):
    """A thing."""

    name: str
    size: int = 1


def item_app(app: Kingpost) -> Kingpost:
    """The application with one operation that takes an item."""

    @app.post("/items")
    def create(item: Item) -> Item:
        return item

    return app


@case(
    post("/items", json={"name": "a"}),
    post("/items", 422),
    post("/items", 422, headers=JSON),
    post("/items", 422, content=b"", headers=JSON),
    post("/items", 422, content=b"null", headers=JSON),
    post("/items", 422, content=b"[]", headers=JSON),
    post("/items", 422, content=b'"text"', headers=JSON),
    post("/items", 422, content=b"5", headers=JSON),
)
def test_missing_null_and_wrong_kinds() -> Kingpost:
    """A missing body, literal null and other JSON kinds for a model (behaviours 1 and 5)."""
    return item_app(Kingpost())


@case(
    post("/items", content=b' {"name": "a"} ', headers=JSON),
    post("/items", 422, content=b"{", headers=JSON),
    post("/items", 422, content=b'{"name": }', headers=JSON),
    post("/items", 422, content=b'{"name": "a",}', headers=JSON),
    post("/items", 422, content=b'{"name": "a"} x', headers=JSON),
    post("/items", 422, content=b"{'name': 'a'}", headers=JSON),
    post("/items", 422, content=b"nul", headers=JSON),
    post("/items", 422, content=b"   ", headers=JSON),
    post("/items", 422, content='{"é": ü}'.encode(), headers=JSON),
)
def test_malformed_json() -> Kingpost:
    """Malformed JSON names its character offset (behaviour 2)."""
    return item_app(Kingpost())


@case(
    post("/items", 400, content=b'{"name": "\xff"}', headers=JSON),
    post("/items", 400, content=b"\xfe\xff\x00", headers=JSON),
    post("/items", content='{"name": "a"}'.encode("utf-16"), headers=JSON),
    post("/items", content=b'\xef\xbb\xbf{"name": "a"}', headers=JSON),
)
def test_not_utf8() -> Kingpost:
    """A body that cannot be decoded is a 400; UTF-16 and a BOM are recognised (behaviour 2)."""
    return item_app(Kingpost())


@case(
    post("/items", content=b'{"name": "a", "size": 2, "name": "b"}', headers=JSON),
    post("/items", content=b'{"name": "\\u00e9\\ud83d\\ude00"}', headers=JSON),
    post("/items", content=b'{"name": "a", "size": 1.0}', headers=JSON),
    post("/items", content=b'{"name": "a", "size": 123456789012345678901234567890}', headers=JSON),
    post("/items", 422, content=b'{"name": "a", "size": 1.5}', headers=JSON),
    post("/items", 422, content=b'{"name": "a", "size": 1e30}', headers=JSON),
)
def test_json_dialect() -> Kingpost:
    """Repeated keys, escapes and large numbers."""
    return item_app(Kingpost())


NOT_FINITE = {
    "type": "finite_number",
    "loc": ["body", "size"],
    "msg": "Input should be a finite number",
    "input": None,
}


def detail(body: bytes) -> object:
    """The errors of a 422, or whatever text it is instead."""
    text = body.decode()
    return json.loads(text)["detail"] if text.startswith("{") else text


def refused_number(text: bytes) -> Call:
    """A body with a number that JSON cannot echo, and what each side makes of it."""
    call = post(
        "/items", 500, content=b'{"name": "a", "size": %b}' % text, headers=JSON, view=detail
    )
    reason = "an error that cannot echo its input as JSON echoes null; the peer fails writing it"
    call = differs(call, "status", reason=reason, ours=422, theirs=500)
    call = differs(call, "body", reason=reason, ours=[NOT_FINITE], theirs="Internal Server Error")
    return differs(call, "raised", reason=reason, ours=[], theirs=["ValueError"])


@case(
    refused_number(b"NaN"),
    refused_number(b"Infinity"),
    refused_number(b"1e400"),
    post("/items", content=b'{"name": "a"}', headers=JSON),
    messages=False,
)
def test_input_that_json_cannot_echo() -> Kingpost:
    """An error whose input no JSON text can hold: a 422 with null, where the peer fails."""
    return item_app(Kingpost())


@case(
    post("/items", 500, content=b'{"name": "\\ud83d"}', headers=JSON),
    post("/items", content=b'{"name": "a"}', headers=JSON),
)
def test_result_that_utf8_cannot_hold() -> Kingpost:
    """A lone surrogate is accepted as text and fails on the way out."""
    return item_app(Kingpost())


@case(
    post("/items", 422, content=b'{"name": "a"}'),
    post("/items", 422, content=b'{"name": "a"}', headers={"Content-Type": "text/plain"}),
    post("/items", 422, content=b'{"name": "a"}', headers={"Content-Type": ""}),
    post("/items", 422, content=b'{"name": "a"}', headers={"Content-Type": "json"}),
    post("/items", 422, content=b'{"name": "a"}', headers={"Content-Type": "text/json"}),
    post(
        "/items", 422, content=b"a=1", headers={"Content-Type": "application/x-www-form-urlencoded"}
    ),
    post(
        "/items",
        content=b'{"name": "a"}',
        headers={"Content-Type": "application/json; charset=utf-8"},
    ),
    post("/items", content=b'{"name": "a"}', headers={"Content-Type": "APPLICATION/JSON"}),
    post("/items", content=b'{"name": "a"}', headers={"Content-Type": "application/vnd.api+json"}),
    post("/items", content=b'{"name": "a"}', headers={"Content-Type": "application/geo+json; v=1"}),
)
def test_content_types() -> Kingpost:
    """JSON is parsed for application/json and application/*+json alone (behaviour 3)."""
    return item_app(Kingpost())


@case(
    post("/items", content=b'{"name": "a"}'),
    post("/items", 422, content=b"{"),
    post("/items", 422, content=b'{"name": "a"}', headers={"Content-Type": "text/plain"}),
    post("/items", content=b'{"name": "a"}', headers={"Content-Type": ""}),
)
def test_absent_content_type_forgiven() -> Kingpost:
    """strict_content_type=False forgives the absent header only (behaviour 4)."""
    return item_app(Kingpost(strict_content_type=False))


@case(
    post("/a", content=b'{"name": "a"}'),
    post("/b", 422, content=b'{"name": "a"}'),
    post("/c", content=b'{"name": "a"}'),
)
def test_strict_content_type_of_routers() -> Kingpost:
    """A router's own strict_content_type is nearer than the app's; without it the app's holds."""
    app = Kingpost(strict_content_type=False)
    loose, strict, unset = (
        APIRouter(strict_content_type=False),
        APIRouter(strict_content_type=True),
        APIRouter(),
    )

    @loose.post("/a")
    def a(item: Item) -> Item:
        return item

    @strict.post("/b")
    def b(item: Item) -> Item:
        return item

    @unset.post("/c")
    def c(item: Item) -> Item:
        return item

    for router in (loose, strict, unset):
        app.include_router(router)
    return app


@case(
    request("GET", "/", json={"name": "a"}),
    request("GET", "/", 422),
    request("DELETE", "/", json={"name": "a"}),
    request("DELETE", "/", 422, json={}),
)
def test_get_and_delete_with_body() -> Kingpost:
    """GET and DELETE accept bodies and document them (behaviour 28)."""
    app = Kingpost()

    @app.get("/")
    def read(item: Item) -> Item:
        return item

    @app.delete("/")
    def remove(item: Item) -> Item:
        return item

    return app


@case(
    post("/", content=b"raw \x00 bytes"),
    post("/", json={"a": 1}),
    get("/", 405),
)
def test_raw_body_from_request() -> Kingpost:
    """Without body parameters the endpoint reads the request's body itself."""
    app = Kingpost()

    @app.post("/")
    async def create(request: Request) -> dict[str, Any]:
        body = await request.body()
        return {"size": len(body), "again": (await request.body()) == body}

    return app


@case(
    post("/", json={"name": "a"}),
    post("/", 422, json={}),
)
def test_body_read_again_by_endpoint() -> Kingpost:
    """A parsed body can still be read from the injected request."""
    app = Kingpost()

    @app.post("/")
    async def create(item: Item, request: Request) -> dict[str, Any]:
        return {"raw": (await request.body()).decode(), "json": await request.json(), "item": item}

    return app


@case(
    post("/", content=b'{"name": "a"}', headers={"Content-Type": "text/plain"}),
    post("/", content=b"hello", headers={"Content-Type": "text/plain"}),
    post("/", 422),
    post("/", 422, json={"a": 1}),
)
def test_text_body() -> Kingpost:
    """A str body parameter takes the raw text of a body that is not JSON (behaviour 3)."""
    app = Kingpost()

    @app.post("/")
    def create(text: Annotated[str, Body(media_type="text/plain")]) -> str:
        return text

    return app


@case(
    post("/", content=b"\x00\x01", headers={"Content-Type": "application/octet-stream"}),
    post("/", 422),
    post("/", 422, json=5),
)
def test_bytes_body() -> Kingpost:
    """A bytes body parameter takes the raw bytes of a body that is not JSON."""
    app = Kingpost()

    @app.post("/")
    def create(data: Annotated[bytes, Body(media_type="application/octet-stream")]) -> int:
        return len(data)

    return app


@case(
    post("/items", 422, json={"password": "hunter2", "size": "x"}),
    post("/items", json={"name": "x", "password": "ignored"}),
)
def test_input_is_echoed() -> Kingpost:
    """The 422 body echoes the received input, secrets included (behaviour 8)."""
    return item_app(Kingpost())
