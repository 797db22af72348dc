"""What generated handlers call while they serve."""

import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic.fields import FieldInfo
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.types import Message

from kingpost._compile import runtime
from kingpost._http.encoders import jsonable_encoder
from kingpost._http.errors import HTTPException, ResponseValidationError
from kingpost._http.native import encode_native
from kingpost._plan.fields import ModelField

query_bytes = st.one_of(
    st.binary(max_size=40),
    st.text("ab&=+%20%C3%A9;", max_size=40).map(str.encode),
)


@given(query=query_bytes)
def test_queries_are_read_as_starlette_reads_them(query: bytes) -> None:
    """The last value of each name, and all of them, whatever the bytes are."""
    expected = QueryParams(query)

    assert runtime.parse_query(query) == dict(expected)
    assert runtime.multi_query(query) == {name: expected.getlist(name) for name in expected}


@given(cookies=st.lists(st.binary(max_size=20), max_size=3))
def test_cookies_are_read_as_starlette_reads_them(cookies: list[bytes]) -> None:
    """Several headers are one set of cookies."""
    scope = {"type": "http", "headers": [(b"cookie", cookie) for cookie in cookies]}

    assert runtime.parse_cookies(scope) == Request(scope).cookies


@pytest.mark.parametrize(
    ("content_type", "strict", "expected"),
    [
        (b"application/json", True, True),
        (b"application/json; charset=utf-8", True, True),
        (b"application/vnd.api+json", True, True),
        (b"text/plain", True, False),
        (b"text/json", False, False),
        (None, True, False),
        (None, False, True),
    ],
)
def test_json_is_told_by_the_content_type(
    content_type: bytes | None, strict: bool, expected: bool
) -> None:
    """A missing header is forgiven only where the application says so."""
    headers = [] if content_type is None else [(b"content-type", content_type)]

    assert runtime.is_json_request({"headers": headers}, strict) is expected


def receiver(*messages: Message) -> Any:
    """A `receive` that yields messages."""
    left = list(messages)

    async def receive() -> Message:
        return left.pop(0)

    return receive


def chunk(body: bytes, more: bool = False) -> Message:
    """A part of a body."""
    return {"type": "http.request", "body": body, "more_body": more}


@pytest.mark.anyio
@given(chunks=st.lists(st.binary(max_size=5), min_size=1, max_size=5))
async def test_a_body_is_read_to_its_end(chunks: list[bytes]) -> None:
    """However many parts it comes in."""
    messages = [chunk(part, more=True) for part in chunks[:-1]] + [chunk(chunks[-1])]

    assert await runtime.read_body(receiver(*messages)) == b"".join(chunks)


@pytest.mark.anyio
async def test_a_client_that_goes_away_is_a_bad_request() -> None:
    """Nobody hears the answer, but the log is not filled with errors."""
    with pytest.raises(HTTPException) as caught:
        await runtime.read_body(receiver(chunk(b"a", more=True), {"type": "http.disconnect"}))

    assert caught.value.status_code == 400


@pytest.mark.anyio
async def test_a_body_can_be_read_again() -> None:
    """First the body as one message, then what really comes."""
    receive = runtime.replay(b"abc", receiver({"type": "http.disconnect"}))

    assert await receive() == chunk(b"abc")
    assert await receive() == {"type": "http.disconnect"}


def written(value: Any) -> bytes:
    """What a handler sends of an untyped result."""
    content = encode_native(value)
    return runtime.encode_json(value) if content is None else content


@given(
    value=st.recursive(
        st.none() | st.booleans() | st.integers() | st.text() | st.floats(allow_nan=False),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_untyped_results_are_written_as_starlette_writes_them(value: Any) -> None:
    """Compact, in UTF-8, and refused where JSON has no such number."""
    if any(math.isinf(number) for number in _floats(value)):
        with pytest.raises(ValueError, match="JSON compliant"):
            written(value)
        return
    expected = json.dumps(
        jsonable_encoder(value), ensure_ascii=False, allow_nan=False, separators=(",", ":")
    )
    try:
        encoded = expected.encode()
    except UnicodeEncodeError:
        with pytest.raises(UnicodeEncodeError):
            written(value)
        return
    assert written(value) == encoded


def _floats(value: Any) -> list[float]:
    if isinstance(value, float):
        return [value]
    if isinstance(value, list):
        return [number for item in value for number in _floats(item)]
    if isinstance(value, dict):
        return [number for item in value.values() for number in _floats(item)]
    return []


def test_a_result_that_does_not_fit_is_named() -> None:
    """The error says what was returned and where it stands."""
    field = ModelField(FieldInfo(annotation=int), "Response", mode="serialization")

    assert runtime.check_result(field, "3", {}) == 3
    with pytest.raises(ResponseValidationError) as caught:
        runtime.check_result(field, "x", {"path": "GET /"})
    assert caught.value.errors()[0]["loc"] == ("response",)
    assert caught.value.body == "x"


@pytest.mark.parametrize(
    ("set_status", "status", "expected"),
    [(None, 200, 200), (202, 200, 202), (204, 200, 204), (205, 200, 205)],
)
def test_the_injected_response_has_the_last_word(
    set_status: int | None, status: int, expected: int
) -> None:
    """Its status wins, its headers are added, a status without a body drops the body."""
    response = runtime.new_response()
    response.headers["x-a"] = "1"
    if set_status is not None:
        response.status_code = set_status

    found, headers, content = runtime.finish(response, status, b"abc")

    assert found == expected
    assert (b"x-a", b"1") in headers
    assert ((b"content-length", b"3") in headers) == (content == b"abc") == (expected < 204)


@pytest.mark.anyio
async def test_a_started_response_is_noted() -> None:
    """Whoever answers an exception later must know."""
    scope: dict[str, Any] = {}
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    tracked = runtime.tracking(scope, send)
    await tracked({"type": "http.response.debug"})
    assert runtime.STARTED not in scope
    await tracked({"type": "http.response.start", "status": 200, "headers": []})
    assert runtime.STARTED in scope
    assert len(sent) == 2
    assert runtime.tracking(scope, tracked) is tracked
    assert runtime.tracking({}, tracked) is not tracked
