"""What is called otherwise under the name `fastapi`."""

import logging

from kingpost._http.errors import KingpostDeprecationWarning, KingpostError
from kingpost._serve.application import Kingpost
from kingpost._serve.table import Inclusion

__all__ = ["ALIAS", "OWN", "PACKAGE", "PRODUCT", "RENAMED", "SUBMODULES", "VERSION"]

PACKAGE = "kingpost"
ALIAS = "fastapi"
PRODUCT = "FastAPI"
VERSION = "0.165.0"
"""The version whose public API this package has."""

RENAMED: dict[str, tuple[str, str]] = {
    Kingpost.__name__: ("FastAPI", "applications"),
    KingpostError.__name__: ("FastAPIError", "exceptions"),
    KingpostDeprecationWarning.__name__: ("FastAPIDeprecationWarning", "exceptions"),
}
"""Our name of a class: its other name, and the submodule that it belongs to."""

SUBMODULES = (
    "applications",
    "background",
    "concurrency",
    "datastructures",
    "dependencies.utils",
    "encoders",
    "exception_handlers",
    "exceptions",
    "logger",
    "openapi.docs",
    "openapi.utils",
    "param_functions",
    "params",
    "requests",
    "responses",
    "routing",
    "security",
    "sse",
    "telemetry",
    "types",
    "utils",
    "websockets",
)
"""What is there after a mere ``import fastapi``; code in the wild counts on it."""

OWN: dict[str, dict[str, object]] = {
    "logger": {"logger": logging.getLogger(ALIAS)},
    # A private name that published packages import, to tell included routers from routes; our
    # lists of routes are flat.
    "routing": {"_IncludedRouter": Inclusion},
}
"""What the submodules have of their own."""
