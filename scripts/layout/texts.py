"""What no file says: a path of one machine, a registry's host, work left for later."""

import re
from collections.abc import Iterator
from pathlib import Path

from layout.tree import Tree, generated

# The brackets keep each pattern from matching the line that holds it.
HOSTS = re.compile(
    r"py[p]i\.org|python[h]osted|registry\.n[p]mjs|registry\.y[a]rnpkg|deb\.d[e]bian"
)
HOMES = re.compile(r"""(?<![\w.~}])/(?:home|root|U[s]ers)/[\w.-]|[A-Z]:\\U[s]ers\\""")
UNDONE = re.compile(r"\b(?:TO[D]O|FIX[M]E)\b")
WRITTEN = (".py", ".ts", ".tsx", ".css", ".html", ".js", ".mjs", ".sh", ".toml", ".yaml", ".yml")
# Third parties' files, kept as they came.
VENDORED = re.compile(r"framework/kingpost/.*\.(?:js|css|map|txt)")


def hosts(tree: Tree) -> Iterator[str]:
    """Report a registry's host: which registry is used is a setting of the machine."""
    for name, number, line in _lines(tree):
        if HOSTS.search(line):
            yield f"{name}:{number}: names a package registry; leave that to the machine's settings"


def machine_paths(tree: Tree) -> Iterator[str]:
    """Report an absolute path that holds on one machine only."""
    here = {str(tree.root), str(Path.home())} - {"/", "/root"}
    for name, number, line in _lines(tree):
        if HOMES.search(line) or any(path in line for path in here):
            yield f"{name}:{number}: names a path of one machine; make it relative to the root"


def undone(tree: Tree) -> Iterator[str]:
    """Report notes of work left for later: it is done now, or it is an issue."""
    for name, number, line in _lines(tree):
        if name.endswith(WRITTEN) and UNDONE.search(line):
            yield f"{name}:{number}: leaves work for later; do it now or file an issue"


def _lines(tree: Tree) -> Iterator[tuple[str, int, str]]:
    for name in tree.files:
        if not (generated(name) or VENDORED.fullmatch(name)):
            for number, line in enumerate(tree.text(name).splitlines(), 1):
                yield name, number, line
