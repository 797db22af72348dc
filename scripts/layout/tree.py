"""The tree that the rules read: the repository's own files, without what is built or installed."""

import ast
import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

FOREIGN = {".git", ".cache", ".data", "node_modules", "dist", "coverage", "__pycache__"}
ENVIRONMENTS = ".venv"
GENERATED = ("frontend/src/client/", "tests/framework/golden/")


@dataclass(frozen=True)
class Tree:
    """A repository: its root, and its files by their path from there."""

    root: Path

    @cached_property
    def files(self) -> list[str]:
        """Every file that git has or would take; without git, every file outside built folders."""
        by_git = (self.root / ".git").exists() and shutil.which("git") is not None
        names = _of_git(self.root) if by_git else _of_walk(self.root)
        return sorted(name for name in names if (self.root / name).is_file())

    @cached_property
    def python(self) -> dict[str, ast.Module]:
        """The syntax tree of every Python file, the scripts without an ending included."""
        return {name: ast.parse(self.text(name), name) for name in self.files if self._python(name)}

    @cached_property
    def typescript(self) -> list[str]:
        """Every TypeScript file that a person writes."""
        endings = (".ts", ".tsx", ".mts")
        return [name for name in self.files if name.endswith(endings) and not generated(name)]

    @cached_property
    def folders(self) -> set[str]:
        """Every folder that holds a file, directly or deeper."""
        parents = (parent for name in self.files for parent in Path(name).parents)
        return {parent.as_posix() for parent in parents} - {"."}

    def text(self, name: str) -> str:
        """Return a file's text; what is no UTF-8 gives an empty text."""
        try:
            return (self.root / name).read_text("utf-8")
        except UnicodeDecodeError:
            return ""

    def _python(self, name: str) -> bool:
        if generated(name):
            return False
        if name.endswith(".py"):
            return True
        return name.startswith("scripts/") and self.text(name).startswith("#!/usr/bin/env python3")


def generated(name: str) -> bool:
    """Say whether a program writes this file."""
    return name.startswith(GENERATED)


def _of_git(root: Path) -> Iterator[str]:
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listing = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
    return filter(None, listing.stdout.split("\0"))


def _of_walk(root: Path) -> Iterator[str]:
    for folder, folders, names in os.walk(root):
        folders[:] = [
            name for name in folders if name not in FOREIGN and not name.startswith(ENVIRONMENTS)
        ]
        for name in names:
            yield (Path(folder) / name).relative_to(root).as_posix()
