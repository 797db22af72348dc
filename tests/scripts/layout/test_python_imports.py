"""Who imports whom in Python."""

from collections.abc import Callable

import pytest

from layout import python_imports
from layout.tree import Tree

MakeTree = Callable[[dict[str, str]], Tree]


def _package(**modules: str) -> dict[str, str]:
    return {f"backend/app/{name.replace('__', '/')}.py": text for name, text in modules.items()}


@pytest.mark.parametrize(
    "back",
    [
        "import app.one",
        "from app import one",
        "from app.one import x",
        "from . import one",
        "from .one import x",
        "def f():\n    import app.one",
        "if TYPE_CHECKING:\n    import app.one",
    ],
)
def test_modules_that_import_each_other_are_reported(tree: MakeTree, back: str) -> None:
    """Every form of import counts, in a function and for types only as well."""
    files = _package(one="from app import two", two=back)
    problems = list(python_imports.cyclic_modules(tree(files), "backend", "app"))

    assert problems == ["backend/app: modules import each other: app.one → app.two → app.one"]


def test_one_way_is_fine(tree: MakeTree) -> None:
    """Modules that import in one direction, through a package too, are no cycle."""
    files = _package(one="from app.sub import x", sub__two="", three="import app.one")
    files["backend/app/sub/__init__.py"] = "from app.sub.two import x"
    made = tree(files)

    assert list(python_imports.cyclic_modules(made, "backend", "app")) == []
    assert list(python_imports.cyclic_folders(made, "backend", "app")) == []


def test_folders_that_import_each_other_are_reported(tree: MakeTree) -> None:
    """Folders form a cycle even where no two modules do."""
    files = _package(
        users__service="from app.sessions import models",
        users__models="",
        sessions__service="from app.users import models",
        sessions__models="",
    )
    made = tree(files)

    assert list(python_imports.cyclic_modules(made, "backend", "app")) == []
    assert list(python_imports.cyclic_folders(made, "backend", "app")) == [
        "backend/app: folders import each other: app/sessions → app/users → app/sessions"
    ]


def test_a_module_at_the_root_stands_for_itself(tree: MakeTree) -> None:
    """`main` over `routers` over `database` is one direction, though two are in one folder."""
    files = _package(main="from app.routers import items", routers__items="import app.database")
    files |= _package(database="")

    assert list(python_imports.cyclic_folders(tree(files), "backend", "app")) == []


@pytest.mark.parametrize(
    "text", ["from typing import TYPE_CHECKING\nif TYPE_CHECKING: pass", "typing.TYPE_CHECKING"]
)
def test_type_checking_is_reported(tree: MakeTree, text: str) -> None:
    """Importing for types only hides a cycle."""
    assert list(python_imports.type_checking(tree({"backend/app/one.py": text})))


def test_its_name_in_a_text_is_fine(tree: MakeTree) -> None:
    """A string or a comment may speak of it."""
    files = {"backend/app/one.py": "# TYPE_CHECKING\nx = 'TYPE_CHECKING'"}

    assert list(python_imports.type_checking(tree(files))) == []
