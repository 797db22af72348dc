"""Which operation answers: methods, order, redirects, HEAD, 404 and 405, url_path_for."""

from typing import Any, cast

from starlette.endpoints import HTTPEndpoint
from starlette.responses import PlainTextResponse as StarlettePlainText
from starlette.routing import Mount, Route

from kingpost import APIRouter, Kingpost, Request
from kingpost.responses import PlainTextResponse
from tests.parity.harness import (
    case,
    delete,
    differs,
    get,
    options,
    patch,
    post,
    put,
    refused,
    request,
)

COMPLETE_ALLOW = "a 405 names the methods of all routes of the path, not of the first alone"


@case(
    get("/"),
    put("/"),
    post("/"),
    delete("/"),
    patch("/"),
    options("/"),
    request("HEAD", "/"),
    request("TRACE", "/"),
    differs(
        request("QUERY", "/", 405),
        "header:allow",
        reason=COMPLETE_ALLOW,
        ours=["DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT, TRACE"],
        theirs=["GET"],
    ),
)
def test_every_method() -> Kingpost:
    """All eight decorators."""
    app = Kingpost()

    @app.get("/")
    def get_it() -> str:
        return "get"

    @app.put("/")
    def put_it() -> str:
        return "put"

    @app.post("/")
    def post_it() -> str:
        return "post"

    @app.delete("/")
    def delete_it() -> str:
        return "delete"

    @app.options("/")
    def options_it() -> str:
        return "options"

    @app.head("/")
    def head_it() -> None:
        return None

    @app.patch("/")
    def patch_it() -> str:
        return "patch"

    @app.trace("/")
    def trace_it() -> str:
        return "trace"

    return app


@case(get("/"), request("HEAD", "/", 405), options("/", 405), post("/", 405), get("/x", 404))
def test_get_does_not_answer_head_or_options() -> Kingpost:
    """HEAD and OPTIONS on a GET operation are 405 (behaviour 38)."""
    app = Kingpost()

    @app.get("/")
    def read() -> str:
        return "x"

    return app


@case(get("/u/me"), get("/u/7"), get("/v/me"), get("/v/7"), get("/v/x", 422))
def test_first_matching_route_wins() -> Kingpost:
    """`/u/{id}` declared before `/u/me` swallows it (behaviour 39)."""
    app = Kingpost()

    @app.get("/v/me")
    def v_me() -> str:
        return "me"

    @app.get("/u/{user}")
    def u_user(user: str) -> str:
        return f"user {user}"

    @app.get("/u/me")
    def u_me() -> str:
        return "me"

    @app.get("/v/{user}")
    def v_user(user: int) -> str:
        return f"user {user}"

    return app


@case(
    post("/u/me"),
    get("/u/me"),
    differs(
        put("/u/me", 405),
        "header:allow",
        reason=COMPLETE_ALLOW,
        ours=["GET, POST"],
        theirs=["GET"],
    ),
    delete("/u/7", 405),
)
def test_405_only_when_no_later_route_matches() -> Kingpost:
    """A later route with the right method is found (behaviour 39)."""
    app = Kingpost()

    @app.get("/u/{user}")
    def read(user: str) -> str:
        return user

    @app.post("/u/me")
    def write() -> str:
        return "written"

    return app


@case(
    get("/a/", 307),
    get("/b", 307),
    get("/b?q=1&r=2", 307),
    post("/a/", 307),
    get("/a/", follow=True),
    get("/c/", 404),
    get("/a//", 307),
    get("/items/3/", 307),
)
def test_slash_redirect() -> Kingpost:
    """307 to the other variant, query kept, whatever the method (behaviour 40)."""
    app = Kingpost()

    @app.get("/a")
    def a() -> str:
        return "a"

    @app.get("/b/")
    def b() -> str:
        return "b"

    @app.get("/items/{n}")
    def item(n: int) -> int:
        return n

    return app


@case(get("/a"), get("/a/", 404), get("/b", 404), get("/r/x/", 404))
def test_redirects_switched_off() -> Kingpost:
    """redirect_slashes=False answers 404."""
    app = Kingpost(redirect_slashes=False)
    router = APIRouter(prefix="/r")

    @app.get("/a")
    def a() -> str:
        return "a"

    @app.get("/b/")
    def b() -> str:
        return "b"

    @router.get("/x")
    def x() -> str:
        return "x"

    app.include_router(router)
    return app


@case(get("/r/a/", 307), get("/r", 307), get("/r/"), get("/r/a"), get("/r/x/", 404))
def test_redirects_in_included_routers() -> Kingpost:
    """Redirects behind a prefix; a router's own setting does not count."""
    app = Kingpost()
    router = APIRouter(prefix="/r", redirect_slashes=False)

    @router.get("/")
    def root() -> str:
        return "root"

    @router.get("/a")
    def a() -> str:
        return "a"

    app.include_router(router)
    return app


@case(get("/urls"), get("/items/x/y"), get("/missing", 404), get("/bad", 500), messages=False)
def test_url_path_for() -> Kingpost:
    """Names default to the function's; unknown names raise."""
    app = Kingpost()
    router = APIRouter(prefix="/items")

    @router.get("/{a}/{b}", name="pair")
    def read(a: str, b: str) -> list[str]:
        return [a, b]

    @app.get("/urls")
    def urls(request: Request) -> list[str]:
        return [
            str(app.url_path_for("urls")),
            str(app.url_path_for("pair", a="1", b="2")),
            str(request.url_for("pair", a="1", b="2")),
        ]

    @app.get("/bad")
    def bad() -> str:
        return str(app.url_path_for("nobody"))

    app.include_router(router)
    return app


@case(
    get("/both"),
    put("/both"),
    differs(
        post("/both", 405),
        "header:allow",
        reason=COMPLETE_ALLOW,
        ours=["GET, PUT"],
        theirs=["PUT"],
    ),
    get("/one"),
    get("/all"),
)
def test_api_route() -> Kingpost:
    """api_route and add_api_route with methods."""
    app = Kingpost()

    @app.api_route("/one")
    def one() -> str:
        return "one"

    @app.api_route("/both", methods=["GET"], operation_id="get_both")
    @app.api_route("/both", methods=["PUT"], operation_id="put_both")
    def both(request: Request) -> str:
        return request.method

    def added() -> str:
        return "added"

    app.add_api_route("/all", added, summary="All", tags=["t"], status_code=200)
    return app


@case(get("/star"), get("/mounted/x"), get("/plain"), get("/router-plain"), get("/mounted/y", 404))
def test_plain_starlette_routes() -> Kingpost:
    """add_route, mounts of routes and router.route are not documented."""

    async def plain(request: Request) -> StarlettePlainText:
        return StarlettePlainText(f"plain {request.url.path}")

    app = Kingpost()
    app.add_route("/plain", plain)
    app.router.routes.append(Route("/star", plain))
    app.mount("/mounted", Mount("", routes=[Route("/x", plain)]))
    router = APIRouter()

    @router.route("/router-plain")
    async def router_plain(request: Request) -> StarlettePlainText:
        return StarlettePlainText("router")

    app.include_router(router)
    return app


@case(get("/class"), post("/class", 405), get("/object"), post("/object"), get("/other", 404))
def test_routes_to_classes_and_objects() -> Kingpost:
    """A route without methods leaves them to its endpoint: a class, or an ASGI application."""

    class Endpoint(HTTPEndpoint):
        """Serves what it has a method for."""

        async def get(self, request: Request) -> StarlettePlainText:
            """Answer."""
            return StarlettePlainText(f"class {request.url.path}")

    app = Kingpost()
    app.add_route("/class", cast(Any, Endpoint))
    app.add_route("/object", cast(Any, StarlettePlainText("object")))
    return app


@case(get("/a"), get("/b", 404), get("/later", 404), post("/add"), get("/later"))
def test_routes_added_after_the_start() -> Kingpost:
    """A route added at run time is served from then on."""
    app = Kingpost()

    @app.get("/a")
    def a() -> str:
        return "a"

    @app.post("/add")
    def add() -> str:
        @app.get("/later")
        def later() -> str:
            return "later"

        return "added"

    return app


@case(get("/"), get("/x", 404), get("/default/anything"), get("/default/"))
def test_default_of_a_router() -> Kingpost:
    """APIRouter(default=...) answers what nothing else matches, when mounted."""

    async def default(scope: Any, receive: Any, send: Any) -> None:
        await PlainTextResponse("default")(scope, receive, send)

    app = Kingpost()
    router = APIRouter(default=default)

    @app.get("/")
    def read() -> str:
        return "x"

    app.mount("/default", router)
    return app


@case(get("/x/1"), get("/x/a"), get("/x/1.5"), get("/x/", 404))
def test_converters_choose_between_routes() -> Kingpost:
    """Converters let a later route match what an earlier one does not."""
    app = Kingpost()

    @app.get("/x/{n:int}")
    def integer(n: int) -> list[Any]:
        return ["int", n]

    @app.get("/x/{n:float}")
    def number(n: float) -> list[Any]:
        return ["float", n]

    @app.get("/x/{n}")
    def text(n: str) -> list[Any]:
        return ["str", n]

    return app


@case(get("/a.json"), get("/a-b_c~d"), get("/a%2Fb", 404), get("/"), get("/A.json", 404))
def test_literal_characters_in_paths() -> Kingpost:
    """Dots and other characters of a path are literal."""
    app = Kingpost()

    @app.get("/a.json")
    def dotted() -> str:
        return "json"

    @app.get("/a-b_c~d")
    def marks() -> str:
        return "marks"

    @app.get("/")
    def root() -> str:
        return "root"

    return app


@refused(AssertionError)
def test_bad_prefix_is_refused() -> Kingpost:
    """A prefix must not end with a slash."""
    APIRouter(prefix="/x/")
    return Kingpost()


@refused(AssertionError)
def test_prefix_without_slash_is_refused() -> Kingpost:
    """A prefix must start with a slash."""
    APIRouter(prefix="x")
    return Kingpost()
