"""Load a module twice: as it stands, and with `fastapi` in the place of `kingpost`.

Both copies are made here, although pytest has imported the module already: pytest rewrites what it
imports, and the two sides must differ in nothing but the framework.
"""

import ast
import importlib.util
import re
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import ParamSpec, TypeVar, cast

ADDRESS = re.compile(r"0x[0-9a-f]{6,}")

P = ParamSpec("P")
R = TypeVar("R")

OURS = "kingpost"
PEER = "fastapi"
SUFFIXES = {OURS: "__ours", PEER: "__peer"}
"""Appended to a module's name for its copies, and removed again from any text that is compared."""

RENAMED = {
    "Kingpost": "FastAPI",
    "KingpostError": "FastAPIError",
    "KingpostDeprecationWarning": "FastAPIDeprecationWarning",
}
"""Our class names that differ from the peer's."""


class _PeerImports(ast.NodeTransformer):
    """Turns imports of ours into the peer's, keeping local names and line numbers."""

    def visit_ImportFrom(self, node: ast.ImportFrom) -> ast.ImportFrom:
        root, _, rest = (node.module or "").partition(".")
        if node.level or root != OURS:
            return node
        names = [ast.alias(RENAMED.get(a.name, a.name), a.asname or a.name) for a in node.names]
        return ast.copy_location(
            ast.ImportFrom(PEER + (f".{rest}" if rest else ""), names, 0), node
        )

    def visit_Import(self, node: ast.Import) -> ast.Import:
        if any(alias.name.split(".")[0] == OURS for alias in node.names):
            msg = (
                f"Line {node.lineno}: write `from {OURS} import ...`; "
                f"`import {OURS}` cannot be mapped to the peer."
            )
            raise ValueError(msg)
        return node


def for_peer(source: str, filename: str) -> ast.Module:
    """The tree of `source` with its imports of our framework turned into the peer's.

    Raises ValueError for a form of import that cannot be mapped.
    """
    tree = ast.parse(source, filename)
    _PeerImports().visit(tree)
    return ast.fix_missing_locations(tree)


def copy_of(module: ModuleType, package: str) -> ModuleType:
    """The module loaded again, against `package`; loaded once and kept in `sys.modules`."""
    name = module.__name__ + SUFFIXES[package]
    if name in sys.modules:
        return sys.modules[name]
    path = str(module.__file__)
    spec = importlib.util.spec_from_loader(name, loader=None, origin=path)
    assert spec is not None
    copy = importlib.util.module_from_spec(spec)
    copy.__file__ = path
    # Registered before it runs: pydantic and dataclasses find their module by name.
    sys.modules[name] = copy
    try:
        source = Path(path).read_text("utf-8")
        tree = for_peer(source, path) if package == PEER else ast.parse(source, path)
        code = compile(tree, path, "exec", dont_inherit=True)
        exec(code, vars(copy))  # noqa: S102 - a test module of this suite
    except BaseException:
        del sys.modules[name]
        raise
    return copy


def peer_of(function: Callable[P, R]) -> Callable[P, R]:
    """The function of the same name in the peer's copy of the module that defines `function`."""
    copy = copy_of(sys.modules[function.__module__], PEER)
    return cast(Callable[P, R], vars(copy)[function.__name__])


def neutral(text: str) -> str:
    """`text` of either side under our names and without memory addresses, to be compared."""
    text = text.replace("FastAPI", "Kingpost").replace(PEER, OURS)
    for suffix in SUFFIXES.values():
        text = text.replace(suffix, "")
    return ADDRESS.sub("0x...", text)
