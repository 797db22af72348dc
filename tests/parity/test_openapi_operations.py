"""One operation in the document: texts, responses, ids, extras, parameters."""

from enum import Enum
from typing import Annotated, Any

from pydantic import BaseModel, Field

from kingpost import Body, Cookie, Header, Kingpost, Path, Query, Response
from kingpost.responses import HTMLResponse, JSONResponse, PlainTextResponse, StreamingResponse
from tests.parity.harness import case, get, post, put


class Item(BaseModel):
    """A thing."""

    name: str


class Error(BaseModel):
    """What went wrong."""

    message: str = Field(description="For people")


class Tag(Enum):
    """Tags as an enumeration."""

    ITEMS = "items"
    USERS = "users"


@case(get("/a"), get("/b"), get("/c"), get("/x", 404))
def test_texts() -> Kingpost:
    """Summary, description, docstring up to the form feed, response description."""
    app = Kingpost()

    @app.get(
        "/a",
        summary="The summary",
        description="The *description*",
        response_description="What comes back",
        tags=["x", Tag.ITEMS],
    )
    def a() -> str:
        """Not shown."""
        return "a"

    @app.get("/b")
    def read_all_the_items() -> str:
        """
        First line.

          Indented.
        \f
        Not shown.
        """
        return "b"

    @app.get("/c", name="Other name", deprecated=True, operation_id="theId")
    def c() -> str:
        return "c"

    return app


@case(get("/a"), get("/b?q=1"), get("/b?q=x", 422), get("/c"), get("/d"))
def test_additional_responses() -> Kingpost:
    """Models, contents, ranges and headers of further responses (behaviour 58)."""
    app = Kingpost()

    @app.get(
        "/a",
        responses={
            404: {"model": Error},
            "4XX": {"description": "A mistake"},
            "default": {"description": "Else", "model": Error},
            200: {
                "description": "Also an image",
                "content": {"image/png": {}, "application/json": {"example": {"name": "n"}}},
                "headers": {"X-A": {"schema": {"type": "string"}}},
            },
        },
    )
    def a() -> Item:
        return Item(name="a")

    @app.get("/b", responses={422: {"description": "Own"}, 500: {}})
    def b(q: int) -> Item:
        return Item(name="b")

    @app.get("/c", responses={"4xx": {"description": "lower"}, 201: {"model": list[Error]}})
    def c(q: int = 1) -> Item:
        return Item(name="c")

    @app.get("/d", responses={400: {"model": Error | Item, "description": "Either"}})
    def d() -> Any:
        return None

    return app


@case(get("/html"), get("/text"), get("/stream"), get("/raw"), get("/own"), get("/x", 404))
def test_media_types() -> Kingpost:
    """The response class names the media type, or none."""

    class Own(JSONResponse):
        media_type = "application/vnd.own+json"

    app = Kingpost()

    @app.get("/html", response_class=HTMLResponse)
    def html() -> str:
        return "<p>"

    @app.get(
        "/text", response_class=PlainTextResponse, responses={200: {"content": {"text/x": {}}}}
    )
    def text() -> str:
        return "t"

    @app.get("/stream", response_class=StreamingResponse)
    def stream() -> Any:
        return StreamingResponse(iter("ab"))

    @app.get("/raw", response_class=Response)
    def raw() -> Any:
        return Response("r")

    @app.get("/own", response_class=Own, response_model=Item, status_code=200)
    def own() -> Any:
        return {"name": "o"}

    return app


@case(post("/201", 201), get("/204", 204), get("/304", 304), get("/x", 404))
def test_status_codes() -> Kingpost:
    """Statuses with and without bodies in the document."""
    app = Kingpost()

    @app.post("/201", status_code=201)
    def created() -> Item:
        return Item(name="a")

    @app.get("/204", status_code=204)
    def empty() -> None:
        return None

    @app.get("/304", status_code=304, responses={404: {"description": "n"}})
    def unchanged() -> None:
        return None

    return app


@case(post("/", json={"name": "a"}), post("/", 422, json={}))
def test_openapi_extra() -> Kingpost:
    """openapi_extra is merged deeply; lists are joined."""
    app = Kingpost()

    @app.post(
        "/",
        tags=["a"],
        openapi_extra={
            "x-own": {"a": [1]},
            "tags": ["b"],
            "parameters": [{"name": "extra", "in": "query", "schema": {"type": "string"}}],
            "responses": {"200": {"description": "changed"}},
            "requestBody": {"description": "body"},
        },
    )
    def create(item: Item, q: int = 1) -> Item:
        return item

    return app


@case(
    put("/3?q=a", json=[1], headers={"X-H": "h", "Cookie": "c=1"}),
    put("/x", 422, json="x"),
)
def test_parameters_of_every_place() -> Kingpost:
    """Order and content of parameters from every place."""
    app = Kingpost()

    @app.put("/{p}")
    def update(
        c: Annotated[int, Cookie(description="C")],
        x_h: Annotated[str, Header(deprecated=True, examples=["a", "b"])],
        body: Annotated[list[int], Body(description="Numbers")],
        q: Annotated[str | None, Query(title="Q", max_length=5, alias="q")] = None,
        p: int = Path(description="P", ge=1, openapi_examples={"one": {"value": 1}}),
    ) -> Any:
        return [p, q, x_h, c, body]

    return app


@case(get("/?q=1"), get("/", 422))
def test_deprecated_arguments() -> Kingpost:
    """`regex` and `example` still work and warn."""
    app = Kingpost()

    @app.get("/")
    def read(q: str = Query(regex="^[0-9]$", example="7")) -> str:
        return q

    return app


@case(get("/a/b-c.d/3"), get("/a/b-c.d/x", 422), get("/x/y/z"))
def test_operation_ids() -> Kingpost:
    """Ids are made of name, path and method (behaviour 56)."""
    app = Kingpost()

    @app.get("/a/b-c.d/{item_id}")
    def read_it(item_id: int) -> int:
        return item_id

    @app.get("/x/{p:path}", name="given name!")
    def other(p: str) -> str:
        return p

    return app


@case(get("/"), get("/x", 404))
def test_several_methods_on_one_path() -> Kingpost:
    """Operations of one path are together in the document."""
    app = Kingpost()

    @app.get("/")
    def read() -> str:
        return "x"

    @app.post("/")
    def create(item: Item) -> Item:
        return item

    @app.delete("/", status_code=204)
    def remove() -> None:
        return None

    @app.head("/")
    def head() -> None:
        return None

    return app


@case(get("/1"), get("/2"), get("/x", 404))
def test_422_is_documented_where_it_can_happen() -> Kingpost:
    """No parameter, no 422; hidden parameters count or not (behaviour 58)."""
    app = Kingpost()

    @app.get("/1")
    def one() -> str:
        return "1"

    @app.get("/2")
    def two(q: Annotated[int, Query(include_in_schema=False)] = 1) -> str:
        return "2"

    @app.get("/3", responses={"default": {"description": "d"}})
    def three(q: int) -> str:
        return "3"

    @app.get("/4", responses={"4XX": {"description": "d"}})
    def four(q: int) -> str:
        return "4"

    return app
