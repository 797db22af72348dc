"""Every option of `Kingpost`, and its attributes."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from pydantic import BaseModel
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.routing import Route

from kingpost import APIRouter, Depends, HTTPException, Kingpost, Query, Request, Response
from kingpost.exceptions import RequestValidationError
from kingpost.openapi.constants import REF_PREFIX
from kingpost.responses import JSONResponse, PlainTextResponse
from kingpost.routing import APIRoute
from kingpost.testclient import TestClient


def library(**options: Any) -> Kingpost:
    """Return an application with one operation."""
    app = Kingpost(**options)

    @app.get("/books", tags=["books"])
    async def books(limit: int = Query(10, le=100)) -> dict[str, int]:
        return {"limit": limit}

    return app


def document(app: Kingpost) -> dict[str, Any]:
    """Return the document as it is served."""
    found: dict[str, Any] = TestClient(app).get("/openapi.json").json()
    return found


def test_title_version_and_description() -> None:
    """What the document says of the API itself."""
    app = library(
        title="Library",
        summary="Books to borrow",
        description="**Open** every day.",
        version="2.3",
        terms_of_service="https://library.example/terms",
        contact={"name": "Desk", "url": "https://library.example", "email": "a@library.example"},
        license_info={"name": "MIT", "identifier": "MIT"},
    )

    assert document(app)["info"] == {
        "title": "Library",
        "summary": "Books to borrow",
        "description": "**Open** every day.",
        "termsOfService": "https://library.example/terms",
        "contact": {
            "name": "Desk",
            "url": "https://library.example/",
            "email": "a@library.example",
        },
        "license": {"name": "MIT", "identifier": "MIT"},
        "version": "2.3",
    }
    assert "<title>Library - Swagger UI</title>" in TestClient(app).get("/docs").text


def test_defaults_of_the_document() -> None:
    """Without options there are a title, a version and nothing that was not said."""
    found = document(Kingpost())

    assert found["openapi"] == "3.1.0"
    assert found["info"]["version"] == "0.1.0"
    assert sorted(found) == ["info", "openapi", "paths"]


def test_openapi_url() -> None:
    """The document may be served elsewhere, or nowhere; then there are no pages either."""
    moved, none = library(openapi_url="/api/v1/openapi.json"), library(openapi_url=None)

    assert "/api/v1/openapi.json" in TestClient(moved).get("/docs").text
    assert TestClient(moved).get("/api/v1/openapi.json").status_code == 200
    assert TestClient(moved).get("/openapi.json").status_code == 404
    for path in ("/openapi.json", "/docs", "/redoc", "/docs/oauth2-redirect"):
        assert TestClient(none).get(path).status_code == 404
    assert none.openapi()["paths"].keys() == {"/books"}


def test_docs_urls() -> None:
    """Each page has its own path, or none."""
    moved = TestClient(library(docs_url="/manual", redoc_url=None))

    assert moved.get("/manual").status_code == 200
    assert moved.get("/docs").status_code == 404
    assert moved.get("/redoc").status_code == 404
    assert TestClient(library(docs_url=None)).get("/redoc").status_code == 200


def test_openapi_tags() -> None:
    """Tags are described, in the order in which pages show them."""
    tags = [
        {
            "name": "books",
            "description": "To borrow",
            "externalDocs": {"url": "https://b.example/"},
        },
        {"name": "desks", "description": "To sit at"},
    ]

    assert document(library(openapi_tags=tags))["tags"] == tags


def test_servers() -> None:
    """Where the API is served, for the pages to choose from."""
    servers = [
        {"url": "https://library.example", "description": "Production"},
        {"url": "/", "variables": {"port": {"default": "80", "enum": ["80", "443"]}}},
    ]

    assert document(library(servers=servers))["servers"] == servers


def test_global_dependencies() -> None:
    """They run before every operation, those of routers included."""

    async def open_today(day: int) -> None:
        if day == 7:
            raise HTTPException(status_code=503, detail="Closed")

    app = library(dependencies=[Depends(open_today)])
    router = APIRouter()

    @router.get("/desks")
    async def desks() -> int:
        return 12

    app.include_router(router)
    client = TestClient(app)

    assert client.get("/books?day=1").json() == {"limit": 10}
    assert client.get("/desks?day=7").json() == {"detail": "Closed"}
    assert client.get("/desks").status_code == 422
    assert client.get("/docs").status_code == 200


def test_default_response_class() -> None:
    """Operations answer with the application's class, unless they name one."""
    app = Kingpost(default_response_class=PlainTextResponse)

    @app.get("/text")
    async def text() -> str:
        return "text"

    @app.get("/json", response_class=JSONResponse)
    async def json() -> str:
        return "json"

    client = TestClient(app)

    assert client.get("/text").text == "text"
    assert client.get("/json").text == '"json"'


def test_debug() -> None:
    """With debugging on, an error shows its traceback."""
    quiet, loud = library(), library(debug=True)
    for app in (quiet, loud):

        @app.get("/broken")
        async def broken() -> None:
            raise ValueError("torn page")

    assert TestClient(quiet, raise_server_exceptions=False).get("/broken").text == (
        "Internal Server Error"
    )
    client = TestClient(loud, raise_server_exceptions=False)
    assert client.get("/broken").text.rstrip().endswith("ValueError: torn page")


def test_oauth2_redirect_url() -> None:
    """The page that signs in through Swagger UI may be moved, or left out."""
    moved = TestClient(library(swagger_ui_oauth2_redirect_url="/signed-in"))
    none = TestClient(library(swagger_ui_oauth2_redirect_url=None))

    assert moved.get("/signed-in").status_code == 200
    assert "window.location.origin + '/signed-in'" in moved.get("/docs").text
    assert "oauth2RedirectUrl" not in none.get("/docs").text
    assert none.get("/docs/oauth2-redirect").status_code == 404


def test_swagger_ui_settings() -> None:
    """Settings of the page, and of signing in through it."""
    app = library(
        swagger_ui_parameters={"deepLinking": False, "docExpansion": "none"},
        swagger_ui_init_oauth={"clientId": "library", "usePkceWithAuthorizationCodeGrant": True},
    )
    page = TestClient(app).get("/docs").text

    assert '"deepLinking": false' in page
    assert '"docExpansion": "none"' in page
    assert '"dom_id": "#swagger-ui"' in page
    assert (
        'ui.initOAuth({"clientId": "library", "usePkceWithAuthorizationCodeGrant": true})' in page
    )


def test_middleware() -> None:
    """Middleware may be given with the application; the first one is outermost."""
    app = library(middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=["library.example"])])

    assert TestClient(app, base_url="http://library.example").get("/books").status_code == 200
    assert TestClient(app).get("/books").text == "Invalid host header"


def test_exception_handlers() -> None:
    """Handlers may be given with the application, by class or by status."""

    async def invalid(request: Request, error: Exception) -> Response:
        return PlainTextResponse("invalid", status_code=400)

    async def lost(request: Request, error: Exception) -> Response:
        return PlainTextResponse("lost", status_code=404)

    client = TestClient(library(exception_handlers={RequestValidationError: invalid, 404: lost}))

    assert client.get("/books?limit=x").text == "invalid"
    assert client.get("/nothing").text == "lost"


def test_start_up_and_shutdown_handlers() -> None:
    """Functions that run when the application starts and stops, plain or asynchronous."""
    log: list[str] = []

    async def lit() -> None:
        log.append("lit")

    app = library(on_startup=[lambda: log.append("open"), lit], on_shutdown=[lambda: log.clear()])
    with TestClient(app) as client:
        assert client.get("/books").status_code == 200
        assert log == ["open", "lit"]
    assert log == []


def test_lifespan() -> None:
    """One context around the application's life; what it yields, requests see in their state."""
    log: list[str] = []

    @asynccontextmanager
    async def life(app: Kingpost) -> AsyncIterator[dict[str, int]]:
        log.append(app.title)
        yield {"shelves": 40}
        log.append("closed")

    app = Kingpost(title="Library", lifespan=life)

    @app.get("/shelves")
    async def shelves(request: Request) -> int:
        return int(request.state.shelves)

    with TestClient(app) as client:
        assert client.get("/shelves").json() == 40
    assert log == ["Library", "closed"]


def test_responses() -> None:
    """Answers that every operation may give are documented once."""

    class Problem(BaseModel):
        reason: str

    app = library(responses={503: {"model": Problem, "description": "Closed"}})
    responses = document(app)["paths"]["/books"]["get"]["responses"]

    assert responses["503"]["content"]["application/json"]["schema"] == {
        "$ref": f"{REF_PREFIX}Problem"
    }


def test_callbacks() -> None:
    """Callbacks of the application are documented at every operation."""
    returned = APIRouter()

    @returned.post("{$request.query.notify}")
    async def book_is_back(title: str) -> None: ...

    app = library(callbacks=returned.routes)

    assert list(document(app)["paths"]["/books"]["get"]["callbacks"]) == ["book_is_back"]


def test_webhooks() -> None:
    """Requests that the application will send are documented beside the paths, and not served."""
    app = library()

    class Loan(BaseModel):
        title: str

    @app.webhooks.post("loan-overdue")
    async def overdue(body: Loan) -> None:
        """Sent when a book is not back in time."""

    hooks = document(app)["webhooks"]

    assert hooks["loan-overdue"]["post"]["description"] == "Sent when a book is not back in time."
    assert hooks["loan-overdue"]["post"]["operationId"] == "overdueloan_overdue_post"
    assert TestClient(app).post("/loan-overdue").status_code == 404


def test_webhooks_of_an_own_router() -> None:
    """The router of webhooks may be given."""
    hooks = APIRouter()

    @hooks.get("book-found")
    async def found() -> None: ...

    app = library(webhooks=hooks)

    assert app.webhooks is hooks
    assert list(document(app)["webhooks"]) == ["book-found"]


def test_deprecated_and_hidden_applications() -> None:
    """Every operation is marked as deprecated, or none is documented."""
    old, hidden = library(deprecated=True), library(include_in_schema=False)

    assert document(old)["paths"]["/books"]["get"]["deprecated"] is True
    assert document(hidden)["paths"] == {}
    assert TestClient(hidden).get("/books").status_code == 200


def test_unique_id_function() -> None:
    """Ids of operations, and names of their bodies, are made by the application's function."""

    def by_tag(route: APIRoute) -> str:
        return f"{route.tags[0]}-{route.name}"

    app = library(generate_unique_id_function=by_tag)

    assert document(app)["paths"]["/books"]["get"]["operationId"] == "books-books"


class Book(BaseModel):
    """A book; whoever sends one need not know where it stands."""

    model_config = {"json_schema_serialization_defaults_required": True}

    title: str
    shelves: list[str] = []


def test_separate_schemas_for_input_and_output() -> None:
    """A field that may be left out of a request, and is always there in an answer."""
    both, one = Kingpost(), Kingpost(separate_input_output_schemas=False)
    for app in (both, one):

        @app.post("/books")
        async def add(book: Book) -> Book:
            return book

    schemas = both.openapi()["components"]["schemas"]
    assert schemas["Book-Input"]["required"] == ["title"]
    assert schemas["Book-Output"]["required"] == ["title", "shelves"]
    assert one.openapi()["components"]["schemas"]["Book"]["required"] == ["title"]
    assert TestClient(both).post("/books", json={"title": "Emma"}).json()["shelves"] == []


def test_external_documentation() -> None:
    """A link to documentation elsewhere."""
    link = {"description": "The guide", "url": "https://library.example/guide"}

    assert document(library(openapi_external_docs=link))["externalDocs"] == link


def test_document_made_once_and_changed() -> None:
    """The document is kept; an application may put its own in its place."""
    app = library()

    assert app.openapi() is app.openapi()
    app.openapi_schema = {
        "openapi": "3.1.0",
        "info": {"title": "Mine", "version": "1"},
        "paths": {},
    }
    assert TestClient(app).get("/openapi.json").json()["info"]["title"] == "Mine"


def test_openapi_version() -> None:
    """The version that the document states is an attribute."""
    app = library()
    app.openapi_version = "3.0.2"

    assert document(app)["openapi"] == "3.0.2"


def test_state() -> None:
    """The application's own object for whatever it shares."""
    app = library()
    app.state.shelves = 3

    @app.get("/shelves")
    async def shelves(request: Request) -> int:
        return int(request.app.state.shelves)

    assert TestClient(app).get("/shelves").json() == 3


def test_dependency_overrides() -> None:
    """A dependency is replaced for a test, and back again."""

    async def catalogue() -> str:
        return "real"

    app = Kingpost()

    @app.get("/catalogue")
    async def read(catalogue: str = Depends(catalogue)) -> str:
        return catalogue

    client = TestClient(app)
    app.dependency_overrides[catalogue] = lambda: "fake"

    assert client.get("/catalogue").json() == "fake"
    app.dependency_overrides = {}
    assert client.get("/catalogue").json() == "real"


def test_given_routes_and_plain_routes() -> None:
    """Plain functions of a request are served too, and not documented."""

    async def plain(request: Request) -> Response:
        return PlainTextResponse(request.method)

    app = library(routes=[Route("/first", plain)])
    app.add_route("/second", plain, methods=["POST"])
    client = TestClient(app)

    assert client.get("/first").text == "GET"
    assert client.post("/second").text == "POST"
    assert list(document(app)["paths"]) == ["/books"]


def test_title_is_needed_for_a_document() -> None:
    """A document without a title or a version is refused at once."""
    for missing in ({"title": ""}, {"version": ""}):
        with pytest.raises(AssertionError, match="must be provided for OpenAPI"):
            library(**missing)
    assert Kingpost(title="", openapi_url=None).title == ""
