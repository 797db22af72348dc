"""Imports an application under the alias, in whatever process a server wants it.

With reloading or several workers the server imports the application in new processes, which know
of this one only its environment and its import path.
"""

import importlib
import os
from typing import Any

from starlette.types import ASGIApp

from kingpost._alias.install import install_as_fastapi

__all__ = ["ENTRYPOINT", "application"]

ENTRYPOINT = "KINGPOST_ENTRYPOINT"
"""The environment variable that holds ``module:object``."""


def application() -> ASGIApp:
    """Return the application that the environment names, imported with the alias in force."""
    install_as_fastapi()
    module, _, name = os.environ[ENTRYPOINT].partition(":")
    value: Any = importlib.import_module(module)
    for part in name.split("."):
        value = getattr(value, part)
    application: ASGIApp = value
    return application
