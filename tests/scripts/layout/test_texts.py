"""What no file says."""

from collections.abc import Callable
from pathlib import Path

import pytest

from layout import texts
from layout.tree import Tree

MakeTree = Callable[[dict[str, str]], Tree]

# Put together here, so that this file keeps the rules that it tests.
HOSTS = [
    "py" + "pi.org",
    "files.python" + "hosted.org",
    "registry.np" + "mjs.org",
    "deb.deb" + "ian.org",
]
PATHS = ["/ho" + "me/me/kingpost", "/ro" + "ot/x", "/Us" + "ers/me/x", "C:\\Us" + "ers\\me"]
NOTES = ["# TO" + "DO: later", "// FIX" + "ME"]


@pytest.mark.parametrize("host", HOSTS)
def test_a_registry_is_reported(tree: MakeTree, host: str) -> None:
    """A host of a package registry, in a lock as elsewhere, is named with its line."""
    problems = list(texts.hosts(tree({"requirements/a.txt": f"one\nhttps://{host}/simple\n"})))

    assert len(problems) == 1
    assert problems[0].startswith("requirements/a.txt:2:")


@pytest.mark.parametrize("path", PATHS)
def test_a_path_of_one_machine_is_reported(tree: MakeTree, path: str) -> None:
    """A home folder in a file works on one machine only."""
    assert len(list(texts.machine_paths(tree({"docs/a.md": f"run `{path}`\n"})))) == 1


def test_this_clones_own_path_is_reported(tree: MakeTree, tmp_path: Path) -> None:
    """Wherever the repository stands, its place is not written down."""
    assert len(list(texts.machine_paths(tree({"a.txt": f"in {tmp_path}/x\n"})))) == 1


@pytest.mark.parametrize("note", NOTES)
def test_work_left_for_later_is_reported(tree: MakeTree, note: str) -> None:
    """Notes to oneself do not stay in the sources."""
    assert len(list(texts.undone(tree({"frontend/src/lib/a.ts": f"{note}\n"})))) == 1


def test_plain_text_is_fine(tree: MakeTree) -> None:
    """Routes, relative paths and words that only look alike are left alone."""
    text = "GET /users/me\n~/x\n./scripts/dev\nhttps://example.com/home/x\nmethodology, TODOS\n"
    made = tree({"docs/a.md": text, "a.py": "# a methodology\n"})

    assert [*texts.hosts(made), *texts.machine_paths(made), *texts.undone(made)] == []


def test_files_of_others_are_left_alone(tree: MakeTree) -> None:
    """A generated client and vendored scripts are kept as they came."""
    made = tree(
        {
            "frontend/src/client/a.ts": f"{NOTES[1]} {HOSTS[0]}\n",
            "framework/kingpost/_openapi/static/a.js": f"{NOTES[1]} {HOSTS[2]}\n",
        }
    )

    assert [*texts.hosts(made), *texts.undone(made)] == []
