"""Bodies beyond the limit, over HTTP."""

from collections.abc import Iterator

import httpx2
import pytest

from app.body_limit import MAX_BODY_BYTES
from kingpost.testclient import TestClient
from tests.backend.factories import SIGNUP_URL

JSON = {"Content-Type": "application/json"}


def in_parts(size: int) -> Iterator[bytes]:
    """Return a body whose length nobody announces."""
    for _ in range(size // 1024 + 1):
        yield b" " * 1024


def assert_refused(answer: httpx2.Response) -> None:
    """Make sure that an answer looks like every other refusal, with its headers and number."""
    assert answer.status_code == 413
    assert answer.json() == {
        "detail": "This is more than the server takes at once; send less.",
        "code": "body_too_large",
        "field": None,
    }
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["x-request-id"]


@pytest.mark.parametrize("path", [SIGNUP_URL, "/api/v1/login/access-token", "/api/v1/nothing"])
def test_announced(client: TestClient, path: str) -> None:
    """A length beyond the limit is refused, whatever the path does with a body."""
    assert_refused(client.post(path, content=b" " * (MAX_BODY_BYTES + 1), headers=JSON))


def test_not_announced(client: TestClient) -> None:
    """A body that only turns out to be too long is refused as it is read."""
    assert_refused(client.post(SIGNUP_URL, content=in_parts(MAX_BODY_BYTES), headers=JSON))


def test_form_not_announced(client: TestClient) -> None:
    """A form is bounded like any other body."""
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    path = "/api/v1/login/access-token"

    assert_refused(client.post(path, content=in_parts(MAX_BODY_BYTES), headers=form))


def test_at_the_limit(client: TestClient) -> None:
    """A body of exactly the limit is read, and judged by what is in it."""
    answer = client.post(SIGNUP_URL, content=b" " * MAX_BODY_BYTES, headers=JSON)

    assert answer.status_code == 422


@pytest.mark.parametrize("length", ["-1", "many"])
def test_broken_length(client: TestClient, length: str) -> None:
    """A length that is no number is none that is announced."""
    answer = client.post(SIGNUP_URL, content=b"{}", headers={**JSON, "Content-Length": length})

    assert answer.status_code == 422
