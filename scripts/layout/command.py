"""`./scripts/check_layout.py`: run every rule over the repository."""

import argparse
from collections.abc import Callable, Iterator
from functools import partial

from layout import folders, front_end, layers, mirrors, python_imports, sizes, texts
from layout.tree import Tree
from toolbox.paths import ROOT

PACKAGES = [
    ("framework", "kingpost"),
    ("backend", "app"),
    ("scripts", "toolbox"),
    ("scripts", "layout"),
    (".", "benchmarks"),
]
RULES: list[Callable[[Tree], Iterator[str]]] = [
    layers.framework,
    layers.backend,
    *(partial(python_imports.cyclic_modules, base=base, package=name) for base, name in PACKAGES),
    *(partial(python_imports.cyclic_folders, base=base, package=name) for base, name in PACKAGES),
    python_imports.type_checking,
    front_end.zones,
    front_end.cyclic_files,
    front_end.cyclic_folders,
    sizes.files,
    sizes.bodies,
    mirrors.framework,
    mirrors.backend,
    folders.described,
    texts.hosts,
    texts.machine_paths,
    texts.undone,
]


def problems(tree: Tree) -> list[str]:
    """Return what every rule has to say of the tree, one sentence each."""
    return [problem for rule in RULES for problem in rule(tree)]


def main(arguments: list[str]) -> int:
    """Check the rules of the layout: layers, cycles, sizes, tests, folders, texts."""
    parser = argparse.ArgumentParser(prog="./scripts/check_layout.py", description=main.__doc__)
    parser.parse_args(arguments)
    found = problems(Tree(ROOT))
    for problem in found:
        print(problem)
    if found:
        print(f"{len(found)} problems with the layout.")
    return int(bool(found))
