"""Names of a package that are loaded when they are first asked for (PEP 562)."""

import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Any

__all__ = ["late_names"]


def late_names(
    package: str, names: Sequence[str], *, homes: Mapping[str, str]
) -> tuple[Callable[[str], Any], Callable[[], list[str]]]:
    """Return `__getattr__` and `__dir__` for a package.

    Args:
        package: Its name.
        names: What it offers.
        homes: The module that has a name, or that it stands for. A name that is missing here is
            that of a submodule.
    """

    def get(name: str) -> Any:
        if name not in names:
            raise AttributeError(f"module {package!r} has no attribute {name!r}", name=name)
        if name in homes:
            module = import_module(homes[name])
            value = getattr(module, name, module)
        else:
            value = import_module(f"{package}.{name}")
        # From now on it is found without us.
        setattr(sys.modules[package], name, value)
        return value

    def offered() -> list[str]:
        return sorted({*vars(sys.modules[package]), *names})

    return get, offered
