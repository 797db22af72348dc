"""Scope to attributes."""

from typing import Any

import pytest

from kingpost._telemetry.attributes import (
    http_attributes,
    metric_attributes,
    websocket_attributes,
)


def scope(**changes: Any) -> dict[str, Any]:
    """The scope of a request, with changes."""
    return {
        "type": "http",
        "method": "GET",
        "scheme": "http",
        "path": "/a",
        "query_string": b"",
        "http_version": "1.1",
        "headers": [(b"host", b"example.org")],
        "server": ("10.0.0.1", 8000),
        **changes,
    }


def test_a_request_is_described() -> None:
    """Method, address, path and protocol, by OpenTelemetry's names."""
    assert http_attributes(scope()) == {
        "server.address": "example.org",
        "server.port": 80,
        "url.path": "/a",
        "url.scheme": "http",
        "http.request.method": "GET",
        "network.protocol.version": "1.1",
    }


@pytest.mark.parametrize(
    ("headers", "scheme", "expected"),
    [
        ([(b"host", b"h:8443")], "https", ("h", 8443)),
        ([(b"host", b"h")], "https", ("h", 443)),
        ([], "http", ("10.0.0.1", 8000)),
    ],
)
def test_the_server_is_what_the_client_asked_for(
    headers: list[tuple[bytes, bytes]], scheme: str, expected: tuple[str, int]
) -> None:
    """The Host header first, the socket's address where there is none."""
    attributes = http_attributes(scope(headers=headers, scheme=scheme))

    assert (attributes["server.address"], attributes["server.port"]) == expected


def test_an_unknown_method_does_not_make_a_name_of_its_own() -> None:
    """Names come from a closed list, or clients could make as many as they like."""
    attributes = http_attributes(scope(method="BREW"))

    assert attributes["http.request.method"] == "_OTHER"
    assert attributes["http.request.method_original"] == "BREW"
    assert metric_attributes(scope(method="BREW"))["http.request.method"] == "_OTHER"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (b"a=1&sig=secret&b=2", "a=1&sig=REDACTED&b=2"),
        (b"X-Amz-Signature=s&a=1", "X-Amz-Signature=REDACTED&a=1"),
        (b"X-Goog-Signature", "X-Goog-Signature=REDACTED"),
        (b"si%67=secret", "sig=REDACTED"),
        (b"q=sig", "q=sig"),
    ],
)
def test_signatures_are_left_out(query: bytes, expected: str) -> None:
    """What gives access to whoever knows it is not recorded."""
    assert http_attributes(scope(query_string=query))["url.query"] == expected


def test_a_websocket_is_described() -> None:
    """It has a protocol of its own."""
    attributes = websocket_attributes(scope(type="websocket", scheme="wss"))

    assert attributes["network.protocol.name"] == "websocket"
    assert attributes["server.port"] == 443
