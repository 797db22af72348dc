"""All rules together."""

from collections.abc import Callable

import pytest

from layout import command
from layout.tree import Tree

MakeTree = Callable[[dict[str, str]], Tree]


def test_a_good_tree_has_no_problems(tree: MakeTree) -> None:
    """A small repository that keeps every rule is left alone."""
    files = {
        "ARCHITECTURE.md": "- `backend/` — a\n- `backend/app/` — b\n",
        "backend/app/main.py": "from app.database import x\n",
        "backend/app/database.py": "x = 1\n",
    }

    assert command.problems(tree(files)) == []


def test_problems_fail_the_command(
    tree: MakeTree, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every problem is a line; any problem is exit code 1."""
    broken = tree({"backend/app/main.py": "import app.main\n"})
    monkeypatch.setattr(command, "ROOT", broken.root)
    code = command.main([])

    assert code == 1
    assert "app.main → app.main" in capsys.readouterr().out
