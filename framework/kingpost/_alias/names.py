"""What is called otherwise under the name `fastapi`."""

import logging

from kingpost._alias import command
from kingpost._http.errors import KingpostDeprecationWarning, KingpostError
from kingpost._serve.application import Kingpost
from kingpost._serve.table import Inclusion

__all__ = [
    "ALIAS",
    "BORROWS",
    "COMPAT",
    "OWN",
    "PACKAGE",
    "PRODUCT",
    "RENAMED",
    "SUBMODULES",
    "VERSION",
]

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

COMPAT = dict.fromkeys(
    ("fastapi._compat", "fastapi._compat.shared", "fastapi._compat.v2"), f"{PACKAGE}._alias.compat"
)
"""Private modules that published packages import from, and ours with their names."""
BORROWS = {"dependencies.utils": f"{PACKAGE}._alias.compat"}
"""A submodule in which code finds the names of another one of ours besides its own."""

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
    "openapi.constants",
    "openapi.docs",
    "openapi.models",
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
    "cli": {"cli_main": command.cli_main, "main": command.main},
    "logger": {"logger": logging.getLogger(ALIAS)},
    # A private name that published packages import, to tell included routers from routes; our
    # lists of routes are flat.
    "routing": {"_IncludedRouter": Inclusion},
}
"""What the submodules have of their own."""
