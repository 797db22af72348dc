import asyncio
from typing import Any

from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

import kingpost
import kingpost.responses
from kingpost.routing import APIRoute
from tests.framework._compile.drawing import operations, requests_for
from tests.framework._compile.operations import EVENTS, Operation, build
from tests.framework._serve.exchange import Exchange, Sent, send_request


def take_exact_path(app: Any) -> None:
    """Let every operation of an application take the exact path."""
    for route in app.routes:
        if isinstance(route, APIRoute):
            route.app = route._exact_app


def observe(app: Any, request: Sent) -> tuple[Any, ...]:
    """Return everything that can be seen of one exchange."""
    EVENTS.clear()
    done: Exchange = asyncio.run(send_request(app, request, EVENTS))
    return (done.status, done.headers, done.body, done.complete, done.error, tuple(EVENTS))


@settings(
    max_examples=250,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(st.data())
def test_generated_handlers_answer_as_the_exact_path_does(data: st.DataObject) -> None:
    """Whatever the operation and the request: same answer, same calls in the same order."""
    operation: Operation = data.draw(operations())
    app, exact = build(operation, kingpost), build(operation, kingpost)
    take_exact_path(exact)
    for _ in range(3):
        request = data.draw(requests_for(operation))
        note(app.routes[0].handler_source)

        assert observe(exact, request) == observe(app, request)
