"""Small trees that keep the rules of the layout, or break one of them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from layout.tree import Tree

MakeTree = Callable[[dict[str, str]], Tree]


@pytest.fixture
def tree(tmp_path: Path) -> MakeTree:
    """Write files, by path, and give the tree that they make."""

    def make(files: dict[str, str]) -> Tree:
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        return Tree(tmp_path)

    return make
