"""ARCHITECTURE.md has one line for each folder."""

import re
from collections.abc import Iterator

from layout.tree import Tree

MAP = "ARCHITECTURE.md"
LINE = re.compile(r"^\s*(?:[-*|]\s*)?`(?P<folder>[\w./@<>-]+)/`", re.MULTILINE)
# Folders whose line is their parent's: a program writes them, or they mirror another folder, or
# they are data.
INSIDE = (
    "frontend/src/client/",
    "tests/framework/",
    "tests/backend/",
    "tests/benchmarks/",
    "tests/parity/site/",
)


def described(tree: Tree) -> Iterator[str]:
    """Report folders without a line in the map, and lines of the map without a folder."""
    if MAP not in tree.files:
        yield f"{MAP}: is missing"
        return
    lines = {match["folder"] for match in LINE.finditer(tree.text(MAP))}
    for folder in sorted(tree.folders):
        if folder not in lines and not folder.startswith(INSIDE):
            yield f"{folder}/: has no line in {MAP}; say there what it is for"
    for folder in sorted(lines - tree.folders):
        yield f"{MAP}: has a line for {folder}/, which does not exist"
