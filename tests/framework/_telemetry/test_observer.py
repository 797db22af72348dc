"""Requests under observation."""

from typing import Any

import pytest
from opentelemetry.trace import SpanKind, StatusCode

from kingpost import (
    APIRouter,
    BackgroundTasks,
    Depends,
    HTTPException,
    Kingpost,
    WebSocket,
)
from kingpost.telemetry import get_telemetry_data
from kingpost.testclient import TestClient
from tests.framework._telemetry.conftest import Recorded

STEPS = ["kingpost.dependencies", "kingpost.endpoint", "kingpost.serialization"]


def client(app: Kingpost) -> TestClient:
    """A client that sees the answer to an exception, not the exception."""
    return TestClient(app, raise_server_exceptions=False)


def test_a_request_and_its_steps_have_spans(recorded: Recorded) -> None:
    """The server's span is named after the route and has the steps as children."""
    app = Kingpost(telemetry=recorded.config)

    @app.get("/items/{item_id}")
    def read(item_id: int) -> int:
        return item_id

    assert client(app).get("/items/3").json() == 3

    server = recorded.spans[-1]
    assert recorded.names == [*STEPS, "GET /items/{item_id}"]
    assert server.kind is SpanKind.SERVER
    assert server.attributes is not None
    assert server.attributes["http.route"] == "/items/{item_id}"
    assert server.attributes["http.response.status_code"] == 200
    assert all(
        span.parent and server.context and span.parent.span_id == server.context.span_id
        for span in recorded.spans[:-1]
    )


def test_the_caller_s_trace_goes_on(recorded: Recorded) -> None:
    """A traceparent header (W3C Trace Context) makes the span a part of the caller's trace."""
    app = Kingpost(telemetry=recorded.config)
    trace_id = "0af7651916cd43dd8448eb211c80319c"
    client(app).get("/x", headers={"traceparent": f"00-{trace_id}-b7ad6b7169203331-01"})

    context = recorded.spans[-1].context
    assert context is not None
    assert f"{context.trace_id:032x}" == trace_id


def test_an_unhandled_exception_is_an_error(recorded: Recorded) -> None:
    """Span, step, measurement and log event all name the exception."""
    app = Kingpost(telemetry=recorded.config)

    @app.get("/")
    def read() -> None:
        raise ValueError("on purpose")

    assert client(app).get("/").status_code == 500

    endpoint, server = recorded.spans[-2:]
    assert [endpoint.status.status_code, server.status.status_code] == [StatusCode.ERROR] * 2
    assert server.attributes is not None
    assert server.attributes["error.type"] == "ValueError"
    (event,) = recorded.events
    assert event.event_name == "http.server.request.exception"
    assert event.attributes["exception.message"] == "on purpose"


@pytest.mark.parametrize(("status", "expected"), [(404, None), (503, "503")])
def test_only_the_server_s_own_failures_are_errors(
    recorded: Recorded, status: int, expected: str | None
) -> None:
    """A 4xx is an answer; a 5xx is an error, named after the status."""
    app = Kingpost(telemetry=recorded.config)

    @app.get("/")
    def read() -> None:
        raise HTTPException(status)

    client(app).get("/")

    attributes = recorded.spans[-1].attributes
    assert attributes is not None
    assert attributes.get("error.type") == expected


def test_a_bad_request_is_an_event_without_what_was_sent(recorded: Recorded) -> None:
    """The log says how many errors there were, and nothing of the values."""
    app = Kingpost(telemetry=recorded.config)

    @app.post("/")
    def create(a: int, b: int) -> None:
        """Never called."""

    client(app).post("/?a=secret")

    (event,) = recorded.events
    assert event.event_name == "kingpost.validation.failed"
    assert event.attributes["kingpost.validation.error_count"] == 2
    assert "secret" not in str(event.attributes)


def test_requests_are_counted_and_timed(recorded: Recorded) -> None:
    """One measurement for each route and status, and no request is left active."""
    app = Kingpost(telemetry=recorded.config)

    @app.get("/a")
    def read() -> int:
        return 1

    for path in ("/a", "/a", "/b"):
        client(app).get(path)

    found = {
        (point.attributes.get("http.route"), point.attributes["http.response.status_code"]): (
            point.count
        )
        for point in recorded.points("http.server.request.duration")
    }
    assert found == {("/a", 200): 2, (None, 404): 1}
    assert [point.value for point in recorded.points("http.server.active_requests")] == [0]


def test_data_is_known_step_by_step_and_then_forgotten(recorded: Recorded) -> None:
    """Dependencies see the request, the endpoint its values; afterwards nothing is held."""
    seen: list[Any] = []
    app = Kingpost(telemetry=recorded.config)

    def dependency(a: int) -> int:
        data = get_telemetry_data()
        assert data is not None
        seen.append((data.request is not None, data.values))
        return a

    @app.get("/")
    def read(value: int = Depends(dependency)) -> None:
        data = get_telemetry_data()
        assert data is not None
        seen.extend([data.values, data])

    client(app).get("/?a=1")

    assert seen[:2] == [(True, None), {"value": 1}]
    assert (seen[2].request, seen[2].values) == (None, None)


def test_background_tasks_have_spans_after_the_request_s(recorded: Recorded) -> None:
    """The request's span ends with its answer."""
    app = Kingpost(telemetry=recorded.config)

    async def later() -> None:
        """Nothing to do."""

    @app.get("/")
    def read(tasks: BackgroundTasks) -> int:
        tasks.add_task(later)
        return 1

    client(app).get("/")

    assert recorded.names[-2:] == ["GET /", "kingpost.background_task"]


def test_websockets_have_spans(recorded: Recorded) -> None:
    """A connection is named WS and its route."""
    app = Kingpost(telemetry=recorded.config)

    @app.websocket("/ws/{n}")
    async def serve(websocket: WebSocket, n: int) -> None:
        await websocket.accept()
        await websocket.send_json(n)
        await websocket.close()

    with client(app).websocket_connect("/ws/2") as session:
        assert session.receive_json() == 2

    assert recorded.names == ["kingpost.dependencies", "kingpost.endpoint", "WS /ws/{n}"]


def test_included_and_mounted_routes_have_their_whole_path(recorded: Recorded) -> None:
    """The route is the one that a reader of the address bar would recognise."""
    app, inner, router = Kingpost(telemetry=recorded.config), Kingpost(), APIRouter(prefix="/r")

    @router.get("/{a}")
    @inner.get("/{a}")
    def read(a: str) -> str:
        return a

    app.include_router(router, prefix="/api")
    app.mount("/sub", inner)
    client(app).get("/api/r/1")
    client(app).get("/sub/1")

    assert [name for name in recorded.names if name.startswith("GET")] == [
        "GET /api/r/{a}",
        "GET /sub/{a}",
    ]


@pytest.mark.parametrize(
    ("change", "spans", "events"),
    [
        ({"tracing": False}, 0, 1),
        ({"logs": False}, 3, 0),
        ({"operation_spans": False}, 1, 1),
        ({"exclude": lambda scope: scope["path"] == "/"}, 0, 0),
    ],
)
def test_each_part_can_be_switched_off(
    recorded: Recorded, change: Any, spans: int, events: int
) -> None:
    """What is off costs nothing and tells nothing; the rest goes on."""
    app = Kingpost(telemetry={**recorded.config, **change})

    @app.get("/")
    def read() -> None:
        raise ValueError("on purpose")

    client(app).get("/")

    assert (len(recorded.spans), len(recorded.events)) == (spans, events)
