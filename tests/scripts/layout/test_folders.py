"""ARCHITECTURE.md has one line for each folder."""

from collections.abc import Callable

from layout import folders
from layout.tree import Tree

MakeTree = Callable[[dict[str, str]], Tree]
MAP = "# Architecture\n\n- `backend/` — the application\n- `backend/app/` — its code\n"


def test_a_folder_without_a_line_is_reported(tree: MakeTree) -> None:
    """A new folder says what it is for."""
    files = {"ARCHITECTURE.md": MAP, "backend/app/jobs/mail.py": ""}

    assert list(folders.described(tree(files))) == [
        "backend/app/jobs/: has no line in ARCHITECTURE.md; say there what it is for"
    ]


def test_a_line_without_a_folder_is_reported(tree: MakeTree) -> None:
    """The map does not show what is gone."""
    files = {"ARCHITECTURE.md": MAP, "backend/settings.py": ""}

    assert list(folders.described(tree(files))) == [
        "ARCHITECTURE.md: has a line for backend/app/, which does not exist"
    ]


def test_every_folder_with_its_line_is_fine(tree: MakeTree) -> None:
    """Tables count as lines too; a generated client's inner folders need none."""
    text = MAP + "| `frontend/` | a |\n| `frontend/src/` | b |\n| `frontend/src/client/` | c |\n"
    files = {
        "ARCHITECTURE.md": text,
        "backend/app/main.py": "",
        "frontend/src/client/core/a.ts": "",
    }

    assert list(folders.described(tree(files))) == []


def test_no_map_is_reported(tree: MakeTree) -> None:
    """The map itself is required."""
    assert list(folders.described(tree({"backend/app/main.py": ""}))) == [
        "ARCHITECTURE.md: is missing"
    ]
