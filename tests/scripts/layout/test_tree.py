"""The files that the rules read."""

import subprocess
from collections.abc import Callable
from pathlib import Path

from layout.tree import Tree

MakeTree = Callable[[dict[str, str]], Tree]


def test_what_is_built_or_installed_is_not_read(tree: MakeTree) -> None:
    """Without git, the usual built folders are passed over."""
    made = tree({"a.py": "", "node_modules/b.js": "", ".venv/c.py": "", "dist/d.js": ""})

    assert made.files == ["a.py"]


def test_with_git_its_own_list_counts(tree: MakeTree, tmp_path: Path) -> None:
    """Ignored files are not read; files that are not committed yet are."""
    made = tree({"a.py": "", "b.log": "", ".gitignore": "*.log\n"})
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)

    assert made.files == [".gitignore", "a.py"]


def test_scripts_without_an_ending_are_python(tree: MakeTree) -> None:
    """A script is known by its first line."""
    made = tree({"scripts/dev": "#!/usr/bin/env python3\n", "scripts/other": "#!/bin/sh\n"})

    assert list(made.python) == ["scripts/dev"]


def test_what_is_no_text_is_empty(tree: MakeTree, tmp_path: Path) -> None:
    """An image has no lines to read."""
    (tmp_path / "a.png").write_bytes(b"\x89PNG\xff")

    assert Tree(tmp_path).text("a.png") == ""
