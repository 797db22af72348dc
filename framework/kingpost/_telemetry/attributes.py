"""Scope → attributes, by OpenTelemetry's conventions for HTTP (semantic conventions 1.44)."""

from typing import Any
from urllib.parse import parse_qsl, quote

from starlette.datastructures import Headers
from starlette.types import Scope

__all__ = ["METHODS", "http_attributes", "method_of", "metric_attributes", "websocket_attributes"]

METHODS = frozenset(
    {"CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "QUERY", "TRACE"}
)
_SIGNING = frozenset(
    {"sig", "X-Amz-Credential", "X-Amz-Security-Token", "X-Amz-Signature", "X-Goog-Signature"}
)
"""Query parameters that give access to whoever knows them."""
_DEFAULT_PORTS = {"http": 80, "https": 443, "ws": 80, "wss": 443}

Attributes = dict[str, Any]


def method_of(scope: Scope) -> str:
    """Return the request's method, ``_OTHER`` for one that is not standard."""
    method = str(scope["method"])
    return method if method in METHODS else "_OTHER"


def http_attributes(scope: Scope) -> Attributes:
    """Return what a request's span says from the beginning."""
    attributes = _server(scope)
    attributes["url.path"] = scope["path"]
    attributes["url.scheme"] = scope["scheme"]
    attributes["http.request.method"] = method_of(scope)
    if attributes["http.request.method"] == "_OTHER":
        attributes["http.request.method_original"] = scope["method"]
    query = _redacted(scope.get("query_string", b"").decode("latin-1"))
    if query:
        attributes["url.query"] = query
    attributes["network.protocol.version"] = scope.get("http_version", "1.1")
    return attributes


def websocket_attributes(scope: Scope) -> Attributes:
    """Return what a WebSocket's span says from the beginning."""
    return {
        **_server(scope),
        "url.scheme": scope["scheme"],
        "network.protocol.name": "websocket",
    }


def metric_attributes(scope: Scope) -> Attributes:
    """Return what counts of requests are told apart by from the beginning."""
    return {"url.scheme": scope["scheme"], "http.request.method": method_of(scope)}


def _server(scope: Scope) -> Attributes:
    host = Headers(scope=scope).get("host", "")
    name, _, port = host.rpartition(":") if host.rpartition(":")[2].isdigit() else (host, "", "")
    if not name and scope.get("server"):
        name, port = scope["server"][0], str(scope["server"][1] or "")
    attributes: Attributes = {"server.address": name}
    number = int(port) if port else _DEFAULT_PORTS.get(scope["scheme"])
    if number is not None:
        attributes["server.port"] = number
    return attributes


def _redacted(query: str) -> str:
    """Return a query string without the values of parameters that sign an address."""
    parts = []
    for part in query.split("&"):
        name = next(iter(parse_qsl(part, keep_blank_values=True)), ("", ""))[0]
        parts.append(f"{quote(name)}=REDACTED" if name in _SIGNING else part)
    return "&".join(parts)
