"""Answers are compared before anything is measured."""

import pytest

from benchmarks.measuring.answers import UnequalAnswersError, check
from benchmarks.measuring.calls import Answer
from benchmarks.workloads import Request, Workload

WORK = Workload("json", "a test", Request("GET", "/json"))


def answer(body: bytes, *headers: tuple[bytes, bytes], status: int = 200) -> Answer:
    """Return an answer of JSON."""
    return Answer(status, [(b"content-type", b"application/json"), *headers], body)


def test_equal_answers_pass() -> None:
    """A peer may space its JSON as it likes, and the server may date its answers."""
    check(
        WORK,
        {
            "kingpost": answer(b'{"a":1}', (b"date", b"now")),
            "fastapi": answer(b'{"a":1}', (b"date", b"later")),
            "litestar": answer(b'{ "a": 1 }'),
        },
    )


@pytest.mark.parametrize(
    ("stack", "other", "reason"),
    [
        ("litestar", answer(b'{"a":1}', status=500), "litestar answers 500 instead of 200"),
        ("litestar", answer(b'{"a":2}'), "litestar answers with another content"),
        ("fastapi", answer(b'{"a": 1}'), "differ in bytes"),
        ("fastapi", answer(b'{"a":1}', (b"x-more", b"1")), "differ in headers"),
        ("litestar", Answer(200, [], b'{"a":1}'), "instead of 'application/json'"),
        ("litestar", answer(b'{"a":1}', (b"content-length", b"9")), "announces 9 bytes"),
    ],
)
def test_a_difference_is_named(stack: str, other: Answer, reason: str) -> None:
    """Nothing is measured between applications that do different work."""
    with pytest.raises(UnequalAnswersError, match=reason):
        check(WORK, {"kingpost": answer(b'{"a":1}'), stack: other})
