"""Who imports whom in a Python package: every import counts, in a function or at the top."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from layout.graph import cycles
from layout.tree import Tree


@dataclass(frozen=True)
class Import:
    """One module importing another of the same package."""

    file: str
    line: int
    source: str
    target: str


def modules(tree: Tree, base: str, package: str) -> dict[str, str]:
    """Return the modules of `base/package`, by dotted name, with their files; "." is the root."""
    found: dict[str, str] = {}
    folder = PurePosixPath(base, package).as_posix()
    for name in tree.python:
        if name.startswith(f"{folder}/") and name.endswith(".py"):
            parts = PurePosixPath(name).relative_to(base).with_suffix("").parts
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = name
    return found


def imports(tree: Tree, base: str, package: str) -> list[Import]:
    """Return every import between modules of `base/package`.

    `from package import name` is an import of the submodule where there is one of that name, else
    of the package. That a submodule runs its packages' `__init__` first is not counted: the import
    system does that for everyone.
    """
    known = modules(tree, base, package)
    found: list[Import] = []
    for source, file in known.items():
        for line, target in _targets(tree.python[file], source, file, known):
            found.append(Import(file, line, source, target))
    return found


def cyclic_modules(tree: Tree, base: str, package: str) -> Iterator[str]:
    """Report modules that import each other, however long the way round."""
    edges: dict[str, set[str]] = {}
    for item in imports(tree, base, package):
        edges.setdefault(item.source, set()).add(item.target)
    for path in cycles(edges):
        yield f"{base}/{package}: modules import each other: {' → '.join(path)}"


def cyclic_folders(tree: Tree, base: str, package: str) -> Iterator[str]:
    """Report folders that import each other. A module at the package's root stands for itself."""
    files = modules(tree, base, package)
    edges: dict[str, set[str]] = {}
    for item in imports(tree, base, package):
        source, target = (_unit(files[name], base) for name in (item.source, item.target))
        if source != target:
            edges.setdefault(source, set()).add(target)
    for path in cycles(edges):
        yield f"{base}/{package}: folders import each other: {' → '.join(path)}"


def type_checking(tree: Tree) -> Iterator[str]:
    """Report TYPE_CHECKING, which hides a cycle instead of removing it."""
    for file, module in tree.python.items():
        for node in ast.walk(module):
            named = isinstance(node, ast.Name) and node.id == "TYPE_CHECKING"
            dotted = isinstance(node, ast.Attribute) and node.attr == "TYPE_CHECKING"
            if named or dotted:
                yield f"{file}:{_line(node)}: TYPE_CHECKING hides a cycle; move what both need"


def _unit(file: str, base: str) -> str:
    path = PurePosixPath(file).relative_to(base)
    return path.as_posix() if len(path.parts) == 2 else path.parent.as_posix()


def _targets(
    module: ast.Module, source: str, file: str, known: dict[str, str]
) -> Iterator[tuple[int, str]]:
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name in known:
                    yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            origin = _origin(node, source, is_package=file.endswith("/__init__.py"))
            for alias in node.names:
                target = f"{origin}.{alias.name}"
                target = target if target in known else origin
                if target in known and target != source:
                    yield node.lineno, target


def _origin(node: ast.ImportFrom, source: str, *, is_package: bool) -> str:
    """Return the absolute name after `from`."""
    if node.level == 0:
        return node.module or ""
    parts = source.split(".")
    above = node.level - 1 if is_package else node.level
    parts = parts[: len(parts) - above]
    return ".".join([*parts, node.module] if node.module else parts)


def _line(node: ast.AST) -> int:
    return int(getattr(node, "lineno", 0))
