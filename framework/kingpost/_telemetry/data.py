"""What is known of the request that is being observed."""

import dataclasses
from collections.abc import Sequence
from contextvars import ContextVar
from typing import Any

from starlette.requests import Request
from starlette.websockets import WebSocket

from kingpost._http.signatures import written_late

__all__ = [
    "CONTEXT_KEY",
    "CURRENT",
    "MOUNTED_AT",
    "OBSERVATION",
    "TelemetryData",
    "get_telemetry_data",
]


@dataclasses.dataclass(kw_only=True)
class TelemetryData:
    """The parts of the current request, as they become known; emptied when it is over.

    Attributes:
        request: The request, once its handler starts.
        websocket: The WebSocket, once its handler starts.
        body: The parsed body, before it is validated.
        values: The endpoint's arguments, once the dependencies are solved.
        errors: The validation errors, with what was sent.
    """

    request: Request | None = None
    websocket: WebSocket | None = None
    body: Any = None
    values: dict[str, Any] | None = None
    errors: Sequence[Any] | None = None

    def clear(self) -> None:
        """Forget everything, so that nothing outlives its request."""
        for field in dataclasses.fields(self):
            setattr(self, field.name, None)


CURRENT: ContextVar[TelemetryData | None] = ContextVar("telemetry_data", default=None)

CONTEXT_KEY = "kingpost.telemetry_data"
"""The key of the data in an OpenTelemetry context."""
OBSERVATION = "kingpost.observation"
"""The scope's key of the observation."""
MOUNTED_AT = "kingpost.mounted_at"
"""The scope's key of the paths of the mounts that a request has gone through."""


def _late_types() -> dict[str, Any]:
    try:
        from opentelemetry.context import Context
    except ImportError:  # The extra is not installed, and so there is no context to name.
        return {}
    return {"context": {"annotation": Context | None}}


@written_late(_late_types)
def get_telemetry_data(context: Any = None) -> TelemetryData | None:
    """Return what is known of the current request; None outside of an observed one.

    Args:
        context: An OpenTelemetry context to look in, for span processors.
    """
    if context is not None:
        found = context.get(CONTEXT_KEY)
        return found if isinstance(found, TelemetryData) else None
    return CURRENT.get()
