"""Every option of `APIRouter`, and of including one."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated, Any

from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from kingpost import APIRouter, Depends, Header, HTTPException, Kingpost, Request, WebSocket
from kingpost.responses import JSONResponse, PlainTextResponse, Response
from kingpost.routing import APIRoute
from kingpost.testclient import TestClient


def served(router: APIRouter, **options: Any) -> TestClient:
    """Return a client of an application that includes a router."""
    app = Kingpost()
    app.include_router(router, **options)
    return TestClient(app)


def operation(client: TestClient, path: str, method: str = "get") -> dict[str, Any]:
    """Return what the document says of an operation."""
    found: dict[str, Any] = client.get("/openapi.json").json()["paths"][path][method]
    return found


async def needs_key(x_key: Annotated[str, Header()]) -> None:
    """Refuse whoever does not have the key."""
    if x_key != "open":
        raise HTTPException(status_code=403, detail="Wrong key")


def test_prefix() -> None:
    """The router's paths stand below its prefix, and below that of the inclusion."""
    router = APIRouter(prefix="/trees")

    @router.get("/oak")
    async def oak() -> str:
        return "oak"

    client = served(router, prefix="/garden")

    assert client.get("/garden/trees/oak").json() == "oak"
    assert client.get("/trees/oak").status_code == 404
    assert operation(client, "/garden/trees/oak")["operationId"] == "oak_garden_trees_oak_get"


def test_tags_of_router_inclusion_and_operation() -> None:
    """Tags add up, from the outside in."""
    router = APIRouter(tags=["trees"])

    @router.get("/oak", tags=["hardwood"])
    async def oak() -> str:
        return "oak"

    client = served(router, tags=["garden"])

    assert operation(client, "/oak")["tags"] == ["garden", "trees", "hardwood"]


def test_dependencies_of_router_inclusion_and_operation() -> None:
    """They run for every operation of the router, from the outside in, without a value."""
    order: list[str] = []

    def note(name: str) -> Any:
        return Depends(lambda: order.append(name))

    router = APIRouter(dependencies=[note("router")])

    @router.get("/oak", dependencies=[note("operation")])
    async def oak() -> list[str]:
        return order

    client = served(router, dependencies=[note("inclusion")])

    assert client.get("/oak").json() == ["inclusion", "router", "operation"]


def test_dependency_that_guards_a_router() -> None:
    """A group of operations is refused to whoever lacks the key."""
    router = APIRouter(dependencies=[Depends(needs_key)])

    @router.get("/oak")
    async def oak() -> str:
        return "oak"

    client = served(router)

    assert client.get("/oak", headers={"x-key": "open"}).json() == "oak"
    assert client.get("/oak", headers={"x-key": "no"}).json() == {"detail": "Wrong key"}
    assert client.get("/oak").json()["detail"][0]["loc"] == ["header", "x-key"]
    assert operation(client, "/oak")["parameters"][0]["name"] == "x-key"


def test_default_response_class_of_the_nearest() -> None:
    """Operation, then router, then inclusion, then application: the nearest that names one."""
    plain, silent = APIRouter(default_response_class=PlainTextResponse), APIRouter()

    @plain.get("/plain")
    async def as_text() -> str:
        return "text"

    @plain.get("/json", response_class=JSONResponse)
    async def as_json() -> str:
        return "text"

    @silent.get("/silent")
    async def as_included() -> str:
        return "text"

    app = Kingpost()
    app.include_router(plain)
    app.include_router(silent, default_response_class=PlainTextResponse)
    client = TestClient(app)

    assert client.get("/plain").text == "text"
    assert client.get("/json").text == '"text"'
    assert client.get("/silent").headers["content-type"] == "text/plain; charset=utf-8"
    assert list(operation(client, "/plain")["responses"]["200"]["content"]) == ["text/plain"]


def test_responses_of_router_inclusion_and_operation() -> None:
    """Documented answers overlay each other; the nearest description holds."""
    router = APIRouter(responses={404: {"description": "No such tree"}})

    @router.get("/oak", responses={410: {"description": "Felled"}})
    async def oak() -> str:
        return "oak"

    client = served(router, responses={404: {"description": "Nothing"}, 418: {"description": "T"}})
    responses = operation(client, "/oak")["responses"]

    assert {status: answer["description"] for status, answer in responses.items()} == {
        "200": "Successful Response",
        "404": "No such tree",
        "410": "Felled",
        "418": "T",
    }


def test_callbacks_of_a_router() -> None:
    """What the service will call back is documented at each of the router's operations."""
    felled = APIRouter()

    @felled.post("{$request.query.notify}/felled")
    async def notice(tree: str) -> None:
        """Tell that a tree was felled."""

    router = APIRouter(callbacks=felled.routes)

    @router.post("/orders")
    async def order(notify: str) -> str:
        return notify

    client = served(router)
    callbacks = operation(client, "/orders", "post")["callbacks"]

    assert list(callbacks) == ["notice"]
    assert list(callbacks["notice"]) == ["{$request.query.notify}/felled"]
    assert client.post("/orders?notify=http://a.example").json() == "http://a.example"


def test_given_routes() -> None:
    """A router may be made of routes that are there already; they stay undocumented."""

    async def plain(request: Request) -> Response:
        return PlainTextResponse(request.url.path)

    client = served(APIRouter(routes=[Route("/plain", plain)]))

    assert client.get("/plain").text == "/plain"
    assert client.get("/openapi.json").json()["paths"] == {}


def test_slashes_without_redirect() -> None:
    """An application may refuse the other spelling of a path instead of redirecting."""
    strict, lenient = Kingpost(redirect_slashes=False), Kingpost()
    for app in (strict, lenient):

        @app.get("/trees/")
        async def trees() -> list[str]:
            return ["oak"]

    answer = TestClient(lenient, follow_redirects=False).get("/trees?a=1")
    assert (answer.status_code, answer.headers["location"]) == (
        307,
        "http://testserver/trees/?a=1",
    )
    assert TestClient(strict).get("/trees").status_code == 404


def test_default_of_a_mounted_router() -> None:
    """A router that is served by itself may have its own answer for unknown paths."""

    async def unknown(scope: Scope, receive: Receive, send: Send) -> None:
        await PlainTextResponse("no tree", status_code=404)(scope, receive, send)

    router = APIRouter(default=unknown)
    app = Kingpost()
    app.mount("/trees", router)

    assert TestClient(app).get("/trees/palm").text == "no tree"


class Signed(APIRoute):
    """A route that signs its answers."""

    def get_route_handler(self) -> Any:
        """Return the usual handler, with a header more."""
        usual = super().get_route_handler()

        async def signed(request: Request) -> Response:
            response = await usual(request)
            response.headers["x-signed-for"] = self.name
            return response

        return signed


def test_route_class() -> None:
    """The router's operations are of the class that it names."""
    router = APIRouter(route_class=Signed)

    @router.get("/oak")
    async def oak() -> str:
        return "oak"

    client = served(router)

    assert client.get("/oak").headers["x-signed-for"] == "oak"
    assert "x-signed-for" not in client.get("/openapi.json").headers


def test_lifespan_of_a_router() -> None:
    """A router's resources are opened with the application, and its state reaches requests."""
    order: list[str] = []

    @asynccontextmanager
    async def grow(app: Kingpost) -> AsyncIterator[dict[str, str]]:
        order.append("grown")
        yield {"soil": "loam"}
        order.append("withered")

    router = APIRouter(lifespan=grow)

    @router.get("/soil")
    async def soil(request: Request) -> str:
        return str(request.state.soil)

    with served(router) as client:
        assert client.get("/soil").json() == "loam"
        assert order == ["grown"]
    assert order == ["grown", "withered"]


def test_deprecated_router() -> None:
    """One of router, inclusion and operation is enough."""
    old, new = APIRouter(deprecated=True), APIRouter()

    @old.get("/old")
    async def first() -> str:
        return "old"

    @new.get("/new")
    async def second() -> str:
        return "new"

    app = Kingpost()
    app.include_router(old)
    app.include_router(new)
    app.include_router(new, prefix="/late", deprecated=True)
    client = TestClient(app)

    assert operation(client, "/old")["deprecated"] is True
    assert "deprecated" not in operation(client, "/new")
    assert operation(client, "/late/new")["deprecated"] is True


def test_router_left_out_of_the_document() -> None:
    """It is served and not documented; so is one that is included so."""
    hidden, shown = APIRouter(include_in_schema=False), APIRouter()

    @hidden.get("/hidden", include_in_schema=True)
    async def first() -> str:
        return "hidden"

    @shown.get("/shown")
    async def second() -> str:
        return "shown"

    app = Kingpost()
    app.include_router(hidden)
    app.include_router(shown)
    app.include_router(shown, prefix="/also", include_in_schema=False)
    client = TestClient(app)

    assert client.get("/hidden").json() == "hidden"
    assert client.get("/also/shown").json() == "shown"
    assert list(client.get("/openapi.json").json()["paths"]) == ["/shown"]


def test_operation_ids_of_a_router() -> None:
    """The nearest function that makes ids is asked."""

    def named(route: APIRoute) -> str:
        return f"garden-{route.name}"

    router = APIRouter(generate_unique_id_function=named)

    @router.get("/oak")
    async def oak() -> str:
        return "oak"

    @router.get("/elm", generate_unique_id_function=lambda route: "the-elm")
    async def elm() -> str:
        return "elm"

    client = served(router)

    assert operation(client, "/oak")["operationId"] == "garden-oak"
    assert operation(client, "/elm")["operationId"] == "the-elm"


def test_websocket_of_a_router() -> None:
    """A WebSocket has the router's prefix and dependencies as well."""
    router = APIRouter(prefix="/trees", dependencies=[Depends(needs_key)])

    @router.websocket("/{name}/news", name="news")
    async def news(websocket: WebSocket, name: str) -> None:
        await websocket.accept()
        await websocket.send_text(f"{name} grows")
        await websocket.close()

    client = served(router)

    with client.websocket_connect("/trees/elm/news", headers={"x-key": "open"}) as session:
        assert session.receive_text() == "elm grows"


def test_router_within_a_router() -> None:
    """Routers nest to any depth, and what is added later is served too."""
    outer, middle, inner = APIRouter(prefix="/a"), APIRouter(prefix="/b"), APIRouter(prefix="/c")
    outer.include_router(middle, tags=["outer"])
    middle.include_router(inner, tags=["middle"])
    client = served(outer)

    @inner.get("/d", tags=["own"])
    async def deep() -> str:
        return "deep"

    assert client.get("/a/b/c/d").json() == "deep"
    assert operation(client, "/a/b/c/d")["tags"] == ["outer", "middle", "own"]


def test_one_router_included_twice() -> None:
    """The same operations under two prefixes, each with its own id."""
    router = APIRouter()

    @router.get("/oak")
    async def oak() -> str:
        return "oak"

    app = Kingpost()
    app.include_router(router, prefix="/api/v1")
    app.include_router(router, prefix="/api/latest", tags=["latest"])
    client = TestClient(app)

    assert client.get("/api/v1/oak").json() == client.get("/api/latest/oak").json() == "oak"
    assert operation(client, "/api/v1/oak")["operationId"] == "oak_api_v1_oak_get"
    assert operation(client, "/api/latest/oak")["operationId"] == "oak_api_latest_oak_get"
