"""Differential harness: one declaration, two frameworks, the same requests, equal answers.

A case is a plain program against `kingpost`, written as a user would write it:

    @case(get("/items/3?q=x"), get("/items/x", 422))
    def test_integer_in_path() -> Kingpost:
        '''A path segment is converted to the annotated integer.'''
        app = Kingpost()

        @app.get("/items/{item_id}")
        def read(item_id: int, q: str | None = None) -> dict[str, Any]:
            return {"item_id": item_id, "q": q}

        return app

The module that holds it is loaded twice, once with its imports of `kingpost` turned into imports of
`fastapi` (`copies.py`), so that the same lines build both applications. Every request goes to both
through each one's own `TestClient`; status, headers, body bytes, exceptions raised by the server,
warnings, recorded events and the OpenAPI documents must be equal (`compare.py`).

Rules that keep a case honest:

- Each request names the status that it expects from the peer (200 unless said otherwise), so that
  two equal but accidental answers, two 404s for a mistyped path, say, do not pass.
- A case has at least one request that succeeds and one that fails, or says why not (`one_sided`).
- A difference that we want is declared with `differs(...)`, which asserts both answers.

| need | write |
| --- | --- |
| order of events | `def test_x(log: Log)`; append; starts and ends of responses are added |
| start-up and shutdown | `@case(..., lifespan=True)` |
| a declaration that is refused | `@refused(AssertionError)`; ours raises it or a subclass |
| a value instead of an application | `@same` on a function that returns it |
| WebSocket | `websocket("/ws", receive(), send("x"), ...)` among the requests |
| a body that may differ in part (asset URLs) | `get("/docs", view=function_of_bytes)` |
"""

from tests.parity.harness.calls import (
    Call,
    Log,
    Step,
    close,
    delete,
    differs,
    get,
    options,
    patch,
    post,
    put,
    receive,
    request,
    send,
    send_bytes,
    send_json,
    websocket,
)
from tests.parity.harness.case import case, refused, same
from tests.parity.harness.copies import peer_of

__all__ = [
    "Call",
    "Log",
    "Step",
    "case",
    "close",
    "delete",
    "differs",
    "get",
    "options",
    "patch",
    "peer_of",
    "post",
    "put",
    "receive",
    "refused",
    "request",
    "same",
    "send",
    "send_bytes",
    "send_json",
    "websocket",
]
