"""The default answers to errors."""

import json
from typing import Any

import pytest
from starlette.requests import Request

from kingpost._http.errors import (
    HTTPException,
    RequestValidationError,
    WebSocketRequestValidationError,
)
from kingpost._serve.handlers import (
    http_exception_handler,
    request_validation_exception_handler,
    websocket_request_validation_exception_handler,
)

REQUEST = Request({"type": "http", "headers": []})


@pytest.mark.anyio
async def test_an_http_exception_is_answered_with_its_detail() -> None:
    """Status, headers and detail are those of the exception."""
    response = await http_exception_handler(REQUEST, HTTPException(418, {"a": [1]}, {"X-A": "b"}))

    assert (response.status_code, response.headers["x-a"]) == (418, "b")
    assert json.loads(bytes(response.body)) == {"detail": {"a": [1]}}


@pytest.mark.anyio
@pytest.mark.parametrize("status", [204, 205, 304])
async def test_some_statuses_have_no_body(status: int) -> None:
    """The detail of an exception with such a status is left out (RFC 9110, section 6.4.1)."""
    response = await http_exception_handler(REQUEST, HTTPException(status, "lost"))

    assert bytes(response.body) == b""


@pytest.mark.anyio
async def test_a_bad_request_is_answered_with_every_problem() -> None:
    """Exceptions in an error's context become empty objects."""
    error = {"type": "value_error", "loc": ("query", "a"), "ctx": {"error": ValueError("x")}}
    response = await request_validation_exception_handler(REQUEST, RequestValidationError([error]))

    assert response.status_code == 422
    assert json.loads(bytes(response.body)) == {
        "detail": [{"type": "value_error", "loc": ["query", "a"], "ctx": {"error": {}}}]
    }


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("received", "expected"),
    [
        (float("nan"), b"null"),
        ([float("-inf"), 1.5], b"[null,1.5]"),
        ("\ud800", rb'"\ud800"'),
        (b"\xff", '"\N{REPLACEMENT CHARACTER}"'.encode()),
    ],
)
async def test_what_json_does_not_have_is_answered_all_the_same(
    received: Any, expected: bytes
) -> None:
    """A request can hold what an answer cannot: that is the request's fault, not the server's."""
    error = {"type": "x", "input": received}
    response = await request_validation_exception_handler(REQUEST, RequestValidationError([error]))

    assert response.status_code == 422
    assert b'{"detail":[{"type":"x","input":' + expected + b"}]}" == bytes(response.body)


class Socket:
    """Notes how it is closed."""

    closed: tuple[int, str]

    async def close(self, code: int, reason: str) -> None:
        """Close."""
        self.closed = (code, reason)


@pytest.mark.anyio
async def test_what_is_nested_too_deeply_is_left_out() -> None:
    """Text can hold more levels than a program can walk; the problem is answered all the same."""
    received: Any = []
    for _ in range(100_000):
        received = [received]
    error = {"type": "list_type", "loc": ("body",), "msg": "no list", "input": received}
    response = await request_validation_exception_handler(REQUEST, RequestValidationError([error]))

    assert response.status_code == 422
    assert json.loads(bytes(response.body)) == {
        "detail": [{"type": "list_type", "loc": ["body"], "msg": "no list", "input": None}]
    }
    while received:
        received = received.pop()


@pytest.mark.anyio
@pytest.mark.parametrize("count", [1, 50])
async def test_a_bad_handshake_is_closed_with_text(count: int) -> None:
    """The reason fits a close frame (RFC 6455, section 5.5), also when there is much to say."""
    errors: list[dict[str, Any]] = [{"loc": ("path", "ä"), "msg": "Field required"}] * count
    socket = Socket()
    await websocket_request_validation_exception_handler(
        socket,  # type: ignore[arg-type]
        WebSocketRequestValidationError(errors),
    )

    code, reason = socket.closed
    assert code == 1008
    assert reason.startswith("path.ä: Field required")
    assert len(reason.encode()) <= 123
