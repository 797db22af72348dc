"""A pytest plugin that puts FastAPI in the place of our framework: ``pytest -p tests.on_fastapi``.

It makes ``import kingpost`` mean the installed `fastapi`, to show that the backend could leave. It
is no part of the product.
"""

import importlib
import sys
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from types import ModuleType

import pytest

OURS, THEIRS = "kingpost", "fastapi"
NAMES = {
    "FastAPI": "Kingpost",
    "FastAPIError": "KingpostError",
    "FastAPIDeprecationWarning": "KingpostDeprecationWarning",
}


class Finder(MetaPathFinder, Loader):
    """Finds `fastapi` under our name."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return the spec of one of our modules; None for others'."""
        if fullname.partition(".")[0] != OURS:
            return None
        theirs = find_spec(fullname.replace(OURS, THEIRS, 1))
        if theirs is None:
            return None
        is_package = theirs.submodule_search_locations is not None
        return ModuleSpec(fullname, self, origin=theirs.origin, is_package=is_package)

    def exec_module(self, module: ModuleType) -> None:
        """Fill a module with FastAPI's names."""
        theirs = importlib.import_module(module.__name__.replace(OURS, THEIRS, 1))
        for name, value in vars(theirs).items():
            if not name.startswith("__"):
                setattr(module, NAMES.get(name, name), value)


# At import: the tests' conftest, which imports us, comes before every hook.
if OURS in sys.modules:
    raise pytest.UsageError(f"{OURS} was imported already; nothing would run on {THEIRS}.")
sys.meta_path.insert(0, Finder())


def pytest_sessionfinish() -> None:
    """Make sure that nothing of our framework was loaded."""
    home = f"/{THEIRS}/"
    loaded = {name: module for name, module in sys.modules.items() if name.startswith(OURS)}
    ours = [
        name
        for name, module in loaded.items()
        if module.__spec__ is None or home not in str(module.__spec__.origin)
    ]
    if not loaded or ours:
        raise pytest.UsageError(f"The tests ran on {OURS}, not on {THEIRS}: {ours or 'not at all'}")
