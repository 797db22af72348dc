"""Puts this package in the place of `fastapi`."""

import sys

from kingpost._alias.finder import AliasFinder
from kingpost._alias.names import ALIAS, PRODUCT, RENAMED, VERSION
from kingpost._http import errors
from kingpost._http.naming import NAMES
from kingpost._serve import application

__all__ = ["install_as_fastapi"]


def install_as_fastapi() -> None:
    """Make ``import fastapi`` mean this package, in this process, from now on.

    The package, its submodules and its metadata resolve to this one, with the old class names, so
    that code written for FastAPI runs unchanged. The classes are the same objects:
    ``fastapi.FastAPI is kingpost.Kingpost``. What this package calls itself (default title, logger,
    spans, environment variables) follows. A second call does nothing.

    Call it first, before anything that imports `fastapi`.

    Raises:
        KingpostError: The real `fastapi` was imported already.
    """
    if any(isinstance(finder, AliasFinder) for finder in sys.meta_path):
        return
    if ALIAS in sys.modules:
        place = getattr(sys.modules[ALIAS], "__file__", None) or "a place unknown"
        raise errors.KingpostError(
            f"{ALIAS} was imported already, from {place}: code that took names from it would "
            "keep the other framework's classes. Call install_as_fastapi() first, before anything "
            "that imports fastapi."
        )
    NAMES.package, NAMES.product, NAMES.version = ALIAS, PRODUCT, VERSION
    application.APPLICATION.defaults["title"] = PRODUCT
    for holder in (application, errors):
        _rename(vars(holder))
    sys.meta_path.insert(0, AliasFinder())


def _rename(namespace: dict[str, object]) -> None:
    """Give the classes the names under which tracebacks and tools show them."""
    for ours, (theirs, submodule) in RENAMED.items():
        cls = namespace.get(ours)
        if isinstance(cls, type):
            cls.__name__ = cls.__qualname__ = theirs
            cls.__module__ = f"{ALIAS}.{submodule}"
