"""Finds `fastapi` and its submodules in this package, whatever is installed."""

import importlib
import importlib.util
from collections.abc import Iterator, Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.metadata import Distribution, DistributionFinder
from pathlib import Path
from types import ModuleType
from typing import Any

from kingpost._alias.names import (
    ALIAS,
    BORROWS,
    COMPAT,
    HOMES,
    INCIDENTAL,
    OWN,
    PACKAGE,
    RENAMED,
    SUBMODULES,
    VERSION,
)
from kingpost._serve.seams import watch

__all__ = ["AliasFinder", "AliasLoader"]


class AliasFinder(MetaPathFinder):
    """Stands before all other finders, so that none of them is asked for `fastapi`."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return the spec of `fastapi` or one of its public submodules; None for all others.

        An unknown submodule is not found elsewhere either: an alias has an empty `__path__`.
        """
        ours = _ours(fullname)
        if ours is None:
            return None
        spec = importlib.util.find_spec(ours)
        if spec is None:
            return None
        return ModuleSpec(
            fullname,
            AliasLoader(ours),
            origin=spec.origin,
            is_package=spec.submodule_search_locations is not None or fullname in COMPAT,
        )

    def find_distributions(
        self, context: DistributionFinder.Context | None = None
    ) -> Iterator[Distribution]:
        """Answer ``importlib.metadata.version("fastapi")``."""
        name = context.name if context is not None else None
        if name is not None and name.lower() == ALIAS:
            yield _AliasDistribution()


class AliasLoader(Loader):
    """Makes a module with the names of one of ours.

    Args:
        ours: Our module's name.
    """

    def __init__(self, ours: str) -> None:
        self.ours = ours

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        """Leave it to the import system: a plain module."""
        return None

    def exec_module(self, module: ModuleType) -> None:
        """Fill the module."""
        ours = importlib.import_module(self.ours)
        module.__doc__ = ours.__doc__
        module.__file__ = ours.__file__
        # Those of `__all__` too: the package loads them when they are asked for.
        for name in dict.fromkeys([*vars(ours), *getattr(ours, "__all__", ())]):
            if name.startswith("__"):
                continue
            value = getattr(ours, name)
            if not _is_submodule(value):
                setattr(module, RENAMED[name][0] if name in RENAMED else name, value)
        _, _, inner = module.__name__.partition(".")
        if inner in BORROWS:
            lender = importlib.import_module(BORROWS[inner])
            vars(module).update({name: getattr(lender, name) for name in lender.__all__})
        vars(module).update(OWN.get(inner, {}))
        vars(module)["__getattr__"] = _late_names(module, ours)
        _settle(module, inner)
        if inner == "routing":
            watch(module)
        if module.__name__ == ALIAS:
            vars(module)["__version__"] = VERSION
            for submodule in SUBMODULES:
                importlib.import_module(f"{ALIAS}.{submodule}")


def _ours(fullname: str) -> str | None:
    if fullname in COMPAT:
        return COMPAT[fullname]
    root, *inner = fullname.split(".")
    if root != ALIAS or any(part.startswith("_") and part != "__main__" for part in inner):
        return None
    return ".".join([PACKAGE, *inner])


def _settle(module: ModuleType, inner: str) -> None:
    """Let the classes whose home a submodule is say so: tools show, log and pickle that name."""
    for name, value in vars(module).items():
        is_named = isinstance(value, type) and name == value.__name__
        if is_named and HOMES.get(value.__module__) == inner:
            value.__module__ = module.__name__


def _is_submodule(value: object) -> bool:
    return isinstance(value, ModuleType) and value.__name__.partition(".")[0] == PACKAGE


def _late_names(module: ModuleType, ours: ModuleType) -> Any:
    """Return the `__getattr__` for names that our module got later, or makes when asked."""

    def get(name: str) -> Any:
        if not name.startswith("__") and name not in RENAMED:
            value = getattr(ours, name, module)
            if value is not module and not _is_submodule(value):
                return value
        if not name.startswith("_") and module.__name__ != ALIAS:
            for owner in INCIDENTAL:
                if hasattr(owner, name):
                    return getattr(owner, name)
        raise AttributeError(f"module {module.__name__!r} has no attribute {name!r}")

    return get


class _AliasDistribution(Distribution):
    """What is known of an installed package: its name and its version."""

    def read_text(self, filename: str) -> str | None:
        if filename != "METADATA":
            return None
        return f"Metadata-Version: 2.1\nName: {ALIAS}\nVersion: {VERSION}\n"

    def locate_file(self, path: Any) -> Any:
        return Path(path)
