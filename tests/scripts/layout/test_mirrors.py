"""Tests of the same name."""

from collections.abc import Callable

import pytest

from layout import mirrors
from layout.tree import Tree

MakeTree = Callable[[dict[str, str]], Tree]
LOGIC = "def f(x: int) -> int:\n    return x + 1\n"


@pytest.mark.parametrize(
    ("module", "test"),
    [
        ("_plan/route.py", "_plan/test_route.py"),
        ("_declare/security/base.py", "_declare/security/test_base.py"),
        ("telemetry.py", "test_telemetry.py"),
    ],
)
def test_a_module_of_the_framework_needs_its_test(tree: MakeTree, module: str, test: str) -> None:
    """The test stands where its module stands, under tests/framework."""
    files = {f"framework/kingpost/{module}": LOGIC}
    missing = list(mirrors.framework(tree(files)))
    there = list(mirrors.framework(tree(files | {f"tests/framework/{test}": ""})))

    assert missing == [
        f"framework/kingpost/{module}: has no test of its name; write tests/framework/{test}"
    ]
    assert there == []


@pytest.mark.parametrize(
    ("module", "text"),
    [
        ("_http/types.py", "A = int | str\n"),
        ("routing.py", "from kingpost._serve.router import APIRouter as APIRouter\n"),
        (
            "_http/unset.py",
            "from typing import Protocol\nclass P(Protocol):\n    def f(self): ...\n",
        ),
        ("_plan/model.py", LOGIC),
        ("_spec/models.py", LOGIC),
        ("security/__init__.py", LOGIC),
    ],
)
def test_what_only_declares_needs_none(tree: MakeTree, module: str, text: str) -> None:
    """Aliases, re-exports, protocols and records have nothing to test by themselves."""
    assert list(mirrors.framework(tree({f"framework/kingpost/{module}": text}))) == []


@pytest.mark.parametrize(
    ("module", "test"),
    [
        ("features/items/service.py", "features/items/test_service.py"),
        ("routers/items.py", "routers/test_items.py"),
        ("internal/admin.py", "internal/test_admin.py"),
    ],
)
def test_services_and_routers_need_their_test(tree: MakeTree, module: str, test: str) -> None:
    """The rules and the edge of every feature are tested under their own name."""
    files = {f"backend/app/{module}": ""}
    missing = list(mirrors.backend(tree(files)))
    there = list(mirrors.backend(tree(files | {f"tests/backend/{test}": ""})))

    assert len(missing) == 1
    assert there == []


@pytest.mark.parametrize(
    "module", ["features/items/models.py", "features/items/schemas.py", "routers/__init__.py"]
)
def test_tables_and_shapes_need_none(tree: MakeTree, module: str) -> None:
    """They are tested through the service and the router."""
    assert list(mirrors.backend(tree({f"backend/app/{module}": LOGIC}))) == []
