"""Tests of the same name: the test of a module is where its reader looks for it."""

import ast
import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from layout.tree import Tree

# Files that declare and do nothing.
WITHOUT_LOGIC = {"__init__.py", "__main__.py", "model.py", "models.py", "schemas.py"}
BACKEND = re.compile(r"backend/app/(features/\w+/service|(?:routers|internal)/\w+)\.py")


def framework(tree: Tree) -> Iterator[str]:
    """Report a module of the framework that has logic and no test of its name."""
    for name, module in tree.python.items():
        path = PurePosixPath(name)
        if path.parts[:2] == ("framework", "kingpost") and path.name not in WITHOUT_LOGIC:
            inner = PurePosixPath(*path.parts[2:])
            if _has_logic(module):
                yield from _missing(tree, name, f"tests/framework/{inner.parent}", path.stem)


def backend(tree: Tree) -> Iterator[str]:
    """Report a service, a router or a staff module of the backend without a test of its name."""
    for name in tree.python:
        if BACKEND.fullmatch(name) and not name.endswith("/__init__.py"):
            path = PurePosixPath(name)
            inner = PurePosixPath(*path.parts[2:])
            yield from _missing(tree, name, f"tests/backend/{inner.parent}", path.stem)


def _missing(tree: Tree, name: str, folder: str, stem: str) -> Iterator[str]:
    expected = PurePosixPath(folder, f"test_{stem}.py").as_posix()
    if expected not in tree.python:
        yield f"{name}: has no test of its name; write {expected}"


def _has_logic(module: ast.Module) -> bool:
    """Say whether a module has a function that does more than declare itself."""
    functions = (
        node
        for node in ast.walk(module)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    return any(not _is_declaration(function) for function in functions)


def _is_declaration(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Say whether a body is a docstring, `...`, `pass` or nothing else: an overload, a protocol."""
    return all(
        isinstance(statement, ast.Pass)
        or (isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant))
        for statement in function.body
    )
