"""The zones of frontend/src: components, lib, config, client ← features ← app."""

import posixpath
import re
from collections.abc import Iterator

from layout.graph import cycles
from layout.tree import Tree

SOURCE = "frontend/src"
BASE = {"components", "lib", "config", "client"}
IMPORT = re.compile(
    r"""^\s*(?:import|export)\b[^'"`;]*?\bfrom\s*["'](?P<from>[^"']+)["']"""
    r"""|^\s*import\s*["'](?P<bare>[^"']+)["']"""
    r"""|\bimport\(\s*["'](?P<lazy>[^"']+)["']\s*\)""",
    re.MULTILINE,
)


def zones(tree: Tree) -> Iterator[str]:
    """Report an import that points from a lower zone to a higher one, or between features."""
    for file, targets in _imports(tree).items():
        if _is_test(file):
            continue
        source = _zone(file)
        for target in sorted(targets):
            reason = _refusal(source, _zone(target))
            if reason:
                yield f"{file}: imports {target}: {reason}"


def cyclic_files(tree: Tree) -> Iterator[str]:
    """Report files of the front end that import each other."""
    for path in cycles(_imports(tree)):
        yield f"{SOURCE}: files import each other: {' → '.join(path)}"


def cyclic_folders(tree: Tree) -> Iterator[str]:
    """Report folders of the front end that import each other."""
    edges: dict[str, set[str]] = {}
    for file, targets in _imports(tree).items():
        if not _is_test(file):
            folders = {posixpath.dirname(target) for target in targets}
            edges.setdefault(posixpath.dirname(file), set()).update(folders)
    for folder, targets in edges.items():
        targets.discard(folder)
    for path in cycles(edges):
        yield f"{SOURCE}: folders import each other: {' → '.join(path)}"


def _refusal(source: str, target: str) -> str | None:
    if target == source:
        return None
    if target == "testing" and source != "testing":
        return "only tests import testing"
    if source in BASE and target not in BASE:
        return f"{source} may import only {', '.join(sorted(BASE))}"
    if source.startswith("features/"):
        if target.startswith("features/"):
            return "no feature imports another; move what both need to components or lib"
        if target not in BASE:
            return f"a feature may import only itself and {', '.join(sorted(BASE))}"
    return None


def _zone(file: str) -> str:
    parts = file.removeprefix(f"{SOURCE}/").split("/")
    return "/".join(parts[:2]) if parts[0] == "features" else parts[0]


def _is_test(file: str) -> bool:
    return ".test." in file or _zone(file) == "testing"


def _imports(tree: Tree) -> dict[str, set[str]]:
    files = {name for name in tree.files if name.startswith(f"{SOURCE}/")}
    found: dict[str, set[str]] = {}
    for file in tree.typescript:
        if file in files:
            names = (match[match.lastgroup or 0] for match in IMPORT.finditer(tree.text(file)))
            targets = {_resolve(name, file, files) for name in names}
            found[file] = {target for target in targets if target is not None}
    return found


def _resolve(name: str, file: str, files: set[str]) -> str | None:
    """Return the file that an import names, or None for a package."""
    if name.startswith("@/"):
        path = f"{SOURCE}/{name[2:]}"
    elif name.startswith("."):
        path = posixpath.normpath(posixpath.join(posixpath.dirname(file), name))
    else:
        return None
    stem = re.sub(r"\.js$", "", path.partition("?")[0])
    endings = ("", ".ts", ".tsx", ".js", "/index.ts", "/index.tsx")
    return next((stem + ending for ending in endings if stem + ending in files), None)
