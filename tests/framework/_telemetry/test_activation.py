"""Whether an application is observed at all."""

import subprocess
import sys

import pytest
from starlette.middleware.errors import ServerErrorMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from kingpost import Kingpost
from kingpost._http.errors import KingpostError
from kingpost._telemetry.activation import observer_for
from kingpost.testclient import TestClient
from tests.framework._telemetry.conftest import Recorded


async def nothing(scope: Scope, receive: Receive, send: Send) -> None:
    """An application."""


def test_without_providers_nothing_is_observed() -> None:
    """OpenTelemetry is there but was never configured."""
    assert observer_for(None, nothing) is None


def test_a_provider_is_enough(recorded: Recorded) -> None:
    """One given provider makes an observer."""
    config = recorded.config

    assert observer_for({"tracer_provider": config["tracer_provider"]}, nothing) is not None


class OpenTelemetryMiddleware:
    """As the package has it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        await self.app(scope, receive, send)


OpenTelemetryMiddleware.__module__ = "opentelemetry.instrumentation.asgi"


def test_opentelemetry_s_own_middleware_takes_precedence(recorded: Recorded) -> None:
    """Two observers would count each request twice."""
    stack = ServerErrorMiddleware(OpenTelemetryMiddleware(nothing))

    assert observer_for(recorded.config, stack) is None


def test_it_does_so_while_it_is_there(recorded: Recorded) -> None:
    """Its instrumentation of an application puts it into the stack, and takes it out again."""
    app = Kingpost(telemetry=recorded.config)
    client = TestClient(app)
    app.middleware_stack = OpenTelemetryMiddleware(app.build_middleware_stack())
    client.get("/openapi.json")
    assert not recorded.spans

    app.middleware_stack = app.build_middleware_stack()
    client.get("/openapi.json")
    assert recorded.spans


def test_a_plain_application_never_imports_it() -> None:
    """Serving a request without telemetry leaves OpenTelemetry unimported."""
    program = """
import sys
from kingpost import Kingpost
from kingpost.testclient import TestClient
app = Kingpost()
app.get("/")(lambda: 1)
assert TestClient(app).get("/").json() == 1
assert not [name for name in sys.modules if name.startswith("opentelemetry")]
"""
    subprocess.run([sys.executable, "-W", "error", "-c", program], check=True)  # noqa: S603


def test_missing_exporters_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Asking for exporters that are not installed says what to install."""
    monkeypatch.setitem(sys.modules, "opentelemetry.exporter.otlp.proto.http.trace_exporter", None)
    monkeypatch.delitem(sys.modules, "kingpost._telemetry.exporters", raising=False)

    with pytest.raises(KingpostError, match=r"kingpost\[opentelemetry\]"):
        TestClient(Kingpost(telemetry={"auto_configure": True})).get("/")
