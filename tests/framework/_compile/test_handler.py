import asyncio
import inspect
import keyword
import re
from pathlib import Path
from typing import Annotated, Any

import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st
from pydantic import create_model

import kingpost
import kingpost.responses
import kingpost.sse
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
    max_examples=320,
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


GOLDEN = Path(__file__).parent.parent / "golden"
WORDS = sorted(
    {
        word
        for path in GOLDEN.iterdir()
        for word in re.findall(r"[A-Za-z_]\w*", path.read_text(encoding="utf-8"))
        if not keyword.iskeyword(word)
    }
)


@pytest.mark.parametrize("word", WORDS)
def test_an_application_may_use_any_name(word: str) -> None:
    """Functions, models and parameters may be called as anything in a handler is."""
    model: Any = create_model(word, a=(int, 1))
    named = inspect.Parameter(word, inspect.Parameter.KEYWORD_ONLY, annotation=int)

    async def dependency(**values: int) -> int:
        return values[word]

    async def operation(**values: Any) -> Any:
        return model(a=values[word] + values["other_body"].a)

    dependency.__name__ = operation.__name__ = word
    dependency.__signature__ = inspect.Signature([named])  # type: ignore[attr-defined]
    operation.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [
            named.replace(annotation=Annotated[int, kingpost.Depends(dependency)]),
            named.replace(name="other_body", annotation=model),
        ],
        return_annotation=model,
    )
    app = kingpost.Kingpost(openapi_url=None)
    app.add_api_route("/", operation, methods=["POST"])

    def post(query: bytes, body: bytes) -> tuple[int | None, bytes]:
        media_type = [(b"content-type", b"application/json")]
        request = Sent("POST", query=query, headers=media_type, chunks=[body])
        done = asyncio.run(send_request(app, request))
        return done.status, done.body

    assert (200, b'{"a":5}') == post(b"%s=3" % word.encode(), b'{"a":2}')
    assert 422 == post(b"%s=3" % word.encode(), b"{")[0]
    assert 422 == post(b"%s=x" % word.encode(), b"{}")[0]
