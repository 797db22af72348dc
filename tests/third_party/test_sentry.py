"""sentry-sdk: reports errors, with the operation in which they happened."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

PROGRAM = """
from kingpost import install_as_fastapi
install_as_fastapi()
from tests.third_party.watched_by_sentry import main
main()
"""


@pytest.fixture(scope="module")
def watched() -> Any:
    """Return what the program writes."""
    done = subprocess.run(  # noqa: S603 - the interpreter of this very test
        [sys.executable, "-c", PROGRAM],
        capture_output=True,
        check=False,
        cwd=Path(__file__).parents[2],
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_answers_are_what_they_would_be(watched: Any) -> None:
    """Who watches changes nothing."""
    assert watched["statuses"] == [200, 500, 404, 503, 422]


def test_every_request_is_traced(watched: Any) -> None:
    """By the template of its path, not by the address."""
    traced = [event for event in watched["sent"] if event.get("type") == "transaction"]

    assert [event["transaction"] for event in traced] == [
        "/well",
        "/shop/orders/{name}",
        "/shop/orders",
        "/shop/orders",
        "/shop/orders",
    ]


def test_errors_are_reported_with_their_operation(watched: Any) -> None:
    """Of the statuses that the application means, only the one that counts as failed."""
    found = [event for event in watched["sent"] if "exception" in event]

    assert [
        (event["transaction"], event["exception"]["values"][-1]["type"]) for event in found
    ] == [("/shop/orders/{name}", "LookupError"), ("/shop/orders", "HTTPException")]
    assert found[1]["request"]["data"] == {"n": 1}
