"""The document as a whole: information, servers, tags, webhooks, callbacks, own documents."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, HttpUrl

from kingpost import APIRouter, Kingpost
from kingpost.openapi.utils import get_openapi
from tests.parity.harness import case, get, post, refused


class Item(BaseModel):
    """A thing."""

    name: str
    size: int = 1


@case(get("/openapi.json"), get("/x", 404))
def test_information() -> Kingpost:
    """Everything that goes to info, and around it."""
    return Kingpost(
        title="Title",
        summary="Summary",
        description="A *description*",
        version="2.0",
        terms_of_service="https://example.com/terms",
        contact={"name": "N", "url": "https://example.com", "email": "a@example.com"},
        license_info={"name": "MIT", "identifier": "MIT"},
        openapi_tags=[
            {"name": "a", "description": "A", "externalDocs": {"url": "https://example.com/a"}},
            {"name": "b", "x-own": 1},
        ],
        servers=[{"url": "https://example.com", "description": "D"}, {"url": "/v2"}],
        openapi_external_docs={"description": "More", "url": "https://example.com/docs"},
    )


@case(get("/openapi.json"), get("/x", 404))
def test_empty_application() -> Kingpost:
    """No operation at all."""
    return Kingpost(title="T")


@case(get("/openapi.json"), get("/x", 404))
def test_webhooks() -> Kingpost:
    """Webhooks are documented and not served."""
    app = Kingpost(title="T")

    @app.webhooks.post("new-item", tags=["hooks"])
    def new_item(item: Item) -> Item:
        """A new item was made."""
        return item

    hooks = APIRouter()

    @hooks.get("other")
    def other(q: int) -> None:
        """Another."""

    app.webhooks.include_router(hooks, prefix="/pre")
    return app


@case(post("/", json={"name": "a"}), post("/", 422, json={}), get("/openapi.json"))
def test_callbacks() -> Kingpost:
    """Callbacks of an operation are documented with it."""
    callbacks = APIRouter()

    @callbacks.post("{$callback_url}/items/{$request.body.name}")
    def made(body: Item) -> dict[str, bool]:
        """Called back."""
        return {"ok": True}

    app = Kingpost(title="T")

    @app.post("/", callbacks=callbacks.routes)
    def create(item: Item, callback_url: HttpUrl | None = None) -> Item:
        return item

    return app


@case(get("/x"), get("/openapi.json"), get("/y", 404))
def test_callbacks_of_app_router_and_include() -> Kingpost:
    """Callbacks of all levels are joined."""

    def named(name: str) -> Any:
        router = APIRouter()

        @router.post(f"{{$url}}/{name}", name=name)
        def called(item: Item) -> None:
            """Called."""

        return router.routes

    app = Kingpost(title="T", callbacks=named("app"))
    router = APIRouter(callbacks=named("router"))

    @router.get("/x", callbacks=named("operation"))
    def x() -> str:
        return "x"

    app.include_router(router, callbacks=named("include"))
    return app


@case(get("/openapi.json"), get("/x", 404))
def test_own_document() -> Kingpost:
    """app.openapi may be replaced; get_openapi builds the default one."""
    app = Kingpost()

    @app.get("/items")
    def items() -> list[Item]:
        return []

    def own() -> dict[str, Any]:
        if app.openapi_schema:
            return app.openapi_schema
        schema = get_openapi(
            title="Own",
            version="3",
            openapi_version="3.1.0",
            summary="S",
            description="D",
            routes=app.routes,
        )
        schema["info"]["x-logo"] = {"url": "https://example.com/logo.png"}
        app.openapi_schema = schema
        return app.openapi_schema

    app.openapi = own  # type: ignore[method-assign]  # the documented way
    return app


@case(get("/openapi.json"), post("/add"), get("/openapi.json"), get("/x", 404))
def test_document_after_a_new_route() -> Kingpost:
    """The document is built again after a route was added."""
    app = Kingpost(title="T")

    @app.post("/add")
    def add() -> str:
        @app.get("/later")
        def later() -> str:
            return "later"

        return "added"

    return app


@case(get("/openapi.json"), get("/x", 404))
def test_own_version_string() -> Kingpost:
    """openapi_version can be set."""
    app = Kingpost(title="T")
    app.openapi_version = "3.0.2"
    return app


@case(get("/a"), get("/hidden"), get("/openapi.json"), get("/x", 404))
def test_hidden_operations() -> Kingpost:
    """include_in_schema=False hides an operation and its models."""

    class Hidden(BaseModel):
        h: int

    app = Kingpost(title="T")

    @app.get("/a")
    def a() -> str:
        return "a"

    @app.get("/hidden", include_in_schema=False)
    def hidden() -> Hidden:
        return Hidden(h=1)

    return app


@case(get("/openapi.json"), get("/x", 404))
def test_hidden_application() -> Kingpost:
    """include_in_schema=False for the whole application."""
    app = Kingpost(title="T", include_in_schema=False)

    @app.get("/a")
    def a() -> str:
        return "a"

    return app


@case(get("/a"), get("/openapi.json"), get("/x", 404))
def test_deprecated_application() -> Kingpost:
    """deprecated=True for the whole application, and application-wide responses."""
    app = Kingpost(
        title="T",
        deprecated=True,
        responses={418: {"model": Item}, "default": {"description": "d"}},
    )

    @app.get("/a")
    def a(q: int = 1) -> str:
        return "a"

    return app


@case(get("/a"), get("/b"), get("/openapi.json"), get("/x", 404))
def test_duplicate_operation_ids() -> Kingpost:
    """Duplicate operation ids warn when the document is built (behaviour 56)."""
    app = Kingpost(title="T")

    @app.get("/a", operation_id="same")
    def a() -> str:
        return "a"

    @app.get("/b", operation_id="same")
    def b() -> str:
        return "b"

    return app


@case(post("/", json={"at": "2024-01-01T00:00:00"}), post("/", 422, json={}))
def test_one_schema_for_input_and_output() -> Kingpost:
    """separate_input_output_schemas=False."""

    class Event(BaseModel):
        at: datetime
        note: str | None = None
        items: list[Item] = []

    app = Kingpost(title="T", separate_input_output_schemas=False)

    @app.post("/")
    def create(event: Event) -> Event:
        return event

    return app


@refused(AssertionError)
def test_empty_title_is_refused() -> Kingpost:
    """A document needs a title."""
    return Kingpost(title="")


@refused(AssertionError)
def test_empty_version_is_refused() -> Kingpost:
    """A document needs a version."""
    return Kingpost(version="")
