"""Where the two differ on purpose: both answers are asserted."""

import warnings
from typing import Annotated, Any

import pytest
from typing_extensions import TypeAliasType

from kingpost import APIRouter, Depends, Kingpost, Query, Response, Security
from kingpost.testclient import TestClient
from tests.parity.harness import Log, case, differs, get, peer_of, request
from tests.parity.harness.calls import Difference

Numbers = TypeAliasType("Numbers", list[int])


def parameter(name: str) -> dict[str, Any]:
    """A required integer in a document."""
    schema = {"type": "integer", "title": name.upper()}
    return {"name": name, "in": "query", "required": True, "schema": schema}


ONE_REQUEST = ["-- response 200 starts", "-- response ends"]
ONE_MISS = ["-- response 404 starts", "-- response ends"]


@case(
    get("/"),
    get("/x", 404),
    lifespan=True,
    wanted=[
        Difference(
            "log",
            "start-up and shutdown handlers of an included router run once",
            ours=["start", *ONE_REQUEST, *ONE_MISS, "stop"],
            theirs=["start", "start", *ONE_REQUEST, *ONE_MISS, "stop", "stop"],
        )
    ],
)
def test_router_events_run_once(log: Log) -> Kingpost:
    """Handlers of an included router run once, not twice."""
    router = APIRouter(
        on_startup=[lambda: log.append("start")], on_shutdown=[lambda: log.append("stop")]
    )
    app = Kingpost()

    @app.get("/")
    def read() -> str:
        return "x"

    app.include_router(router)
    return app


@case(
    differs(
        get("/", 205),
        "header:content-length",
        reason="205 has no content, so no length of one that was discarded",
        ours="<absent>",
        theirs=["4"],
    ),
    get("/x", 404),
)
def test_no_content_length_for_205() -> Kingpost:
    """A 205 sends no content-length."""
    app = Kingpost()

    @app.get("/", status_code=205)
    def read() -> None:
        return None

    return app


@case(
    get("/"),
    differs(
        request("DELETE", "/", 405),
        "header:allow",
        reason="a 405 names the methods of all routes of the path",
        ours=["GET, POST"],
        theirs=["GET"],
    ),
    get("/x", 404),
)
def test_complete_allow() -> Kingpost:
    """The Allow header of a 405 is complete."""
    app = Kingpost()

    @app.get("/")
    def read() -> str:
        return "x"

    @app.post("/")
    def create() -> str:
        return "x"

    return app


@case(
    get("/"),
    get("/x", 404),
    wanted=[
        Difference(
            "warnings",
            "a duplicate path and method can never be reached",
            ours=["KingpostWarning"],
            theirs=[],
        )
    ],
)
def test_shadowed_duplicate_warns() -> Kingpost:
    """A second operation on the same path and method is reported."""
    app = Kingpost()

    @app.get("/", operation_id="one")
    def one() -> str:
        return "one"

    @app.get("/", operation_id="two", include_in_schema=False)
    def two() -> str:
        return "two"

    return app


def several_methods() -> Kingpost:
    """An operation with two methods."""
    app = Kingpost()

    @app.api_route("/", methods=["GET", "POST"])
    def both() -> str:
        return "x"

    return app


def test_ids_of_several_methods() -> None:
    """Ours has a stable id for each method; the peer one for both, of either, by hash seed."""
    with warnings.catch_warnings():
        # The peer warns of its own duplicate.
        warnings.simplefilter("ignore", UserWarning)
        ours, theirs = [
            [operation["operationId"] for operation in build().openapi()["paths"]["/"].values()]
            for build in (several_methods, peer_of(several_methods))
        ]

    assert ours == ["both__get", "both__post"]
    assert len(set(theirs)) == 1


def security_with_scope() -> object:
    """A security dependency that is left before the response is sent."""
    return Security(lambda: None, scopes=["a"], scope="function", max_concurrency=2)


def test_security_takes_scope_and_concurrency() -> None:
    """Security() has the arguments of Depends(); the peer's has not."""
    security_with_scope()

    with pytest.raises(TypeError, match="unexpected keyword argument"):
        peer_of(security_with_scope)()


def paths_of_routes() -> list[str | None]:
    """The paths that a reader of `app.routes` finds, without the pages."""
    app = Kingpost(openapi_url=None)
    router, inner = APIRouter(prefix="/r"), APIRouter(prefix="/i")
    app.include_router(router, prefix="/api")
    router.include_router(inner)

    @inner.get("/x")
    def read() -> str:
        return "x"

    return [getattr(route, "path", None) for route in app.routes]


def test_routes_are_flat() -> None:
    """`app.routes` is a flat list of real routes, those added later too."""
    assert paths_of_routes() == ["/api/r/i/x"]
    assert peer_of(paths_of_routes)() == [None]


def answers_to_odd_declarations() -> list[int]:
    """The statuses of operations whose declaration can be understood, with some good will."""
    app = Kingpost(openapi_url=None)

    @app.get("/alias")
    def alias(q: Annotated[Numbers, Query()]) -> list[int]:
        return q

    @app.get("/status", status_code="202")  # type: ignore[arg-type]
    def status() -> int:
        return 1

    client = TestClient(app, raise_server_exceptions=False)
    return [client.get(path).status_code for path in ("/alias?q=1&q=2", "/status")]


def test_odd_declarations_are_served() -> None:
    """The peer takes them, and fails at every request."""
    assert answers_to_odd_declarations() == [200, 202]
    assert peer_of(answers_to_odd_declarations)() == [422, 500]


def router_without_prefix() -> int:
    """The status of an operation in a router whose prefix is None, included with none."""
    app, router = Kingpost(), APIRouter(prefix=None)  # type: ignore[arg-type]
    router.get("/x")(lambda: "x")
    app.include_router(router, prefix=None)  # type: ignore[arg-type]
    return TestClient(app).get("/x").status_code


def test_a_prefix_may_be_none() -> None:
    """It is no prefix; the peer takes it, and fails when an operation is added."""
    assert router_without_prefix() == 200

    with pytest.raises(TypeError, match="NoneType"):
        peer_of(router_without_prefix)()


@case(
    differs(
        get("/?a=1&b=2"),
        "body",
        reason="each parameter has a name of its own, whatever marker it shares",
        ours=b"[1,2]",
        theirs=b"[1,1]",
    ),
    get("/", 422, view=lambda body: body.count(b"missing")),
    wanted=[
        Difference(
            "openapi /paths/~1/get/parameters",
            "both parameters are documented",
            ours=[parameter("a"), parameter("b")],
            theirs=[parameter("a")],
        )
    ],
)
def test_parameters_that_share_a_marker() -> Kingpost:
    """One marker object as the default of two parameters does not make them one."""
    shared = Query()
    app = Kingpost()

    @app.get("/")
    def read(a: int = shared, b: int = shared) -> list[int]:
        return [a, b]

    return app


def returned_response() -> Any:
    """What is left of an injected response where another one is returned."""

    def inject(response: Response) -> None:
        response.headers["x-injected"] = "yes"

    own = Kingpost.__module__.startswith("kingpost")
    options: dict[str, Any] = {"merge_injected_response": True} if own else {}
    app = Kingpost(**options)

    @app.get("/", dependencies=[Depends(inject)])
    def read() -> Response:
        return Response("x")

    return TestClient(app).get("/").headers.get("x-injected")


def test_injected_headers_are_kept_by_option() -> None:
    """The peer has no such option, and drops them."""
    assert returned_response() == "yes"
    assert peer_of(returned_response)() is None
