"""What is called otherwise under the name `fastapi`."""

import contextlib
import dataclasses
import enum
import logging
import typing
from collections import abc

import pydantic
import typing_extensions
from pydantic import color, fields
from starlette import status, types

from kingpost._alias import command
from kingpost._http.errors import KingpostDeprecationWarning, KingpostError
from kingpost._serve.application import Kingpost
from kingpost._serve.table import Inclusion

__all__ = [
    "ALIAS",
    "BORROWS",
    "COMPAT",
    "HOMES",
    "INCIDENTAL",
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

HOMES = {
    f"{PACKAGE}.{ours}": theirs
    for ours, theirs in (
        ("exceptions", "exceptions"),
        ("_declare.contexts", "routing"),
        ("_declare.markers", "params"),
        ("_declare.security.api_key", "security.api_key"),
        ("_declare.security.base", "security.base"),
        ("_declare.security.http", "security.http"),
        ("_declare.security.oauth2", "security.oauth2"),
        ("_declare.security.openid", "security.open_id_connect_url"),
        ("_http.background", "background"),
        ("_http.concurrency", "concurrency"),
        ("_http.datastructures", "datastructures"),
        ("_http.events", "sse"),
        ("_http.json_responses", "responses"),
        ("_http.unset", "datastructures"),
        ("_plan.dependants", "dependencies.models"),
        ("_serve.route", "routing"),
        ("_serve.router", "routing"),
    )
}
"""A module in which our classes say that they are: the submodule that they are to name."""

INCIDENTAL = (
    abc,
    typing,
    typing_extensions,
    contextlib,
    dataclasses,
    enum,
    pydantic,
    color,
    fields,
    status,
    types,
)
"""Whose names code finds in a submodule that happens to import them; editors complete such imports,
and so they are in the wild."""

SUBMODULES = (
    "applications",
    "background",
    "concurrency",
    "datastructures",
    "dependencies.models",
    "dependencies.utils",
    "encoders",
    "exception_handlers",
    "exceptions",
    "logger",
    "middleware.asyncexitstack",
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
    "security.api_key",
    "security.base",
    "security.http",
    "security.oauth2",
    "security.open_id_connect_url",
    "security.utils",
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
