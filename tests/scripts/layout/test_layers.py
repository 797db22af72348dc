"""Arrows point one way: the framework's stages, the backend's domain."""

from collections.abc import Callable

import pytest

from layout import layers
from layout.tree import Tree

MakeTree = Callable[[dict[str, str]], Tree]
BASE = "framework/kingpost"


def _framework(importer: str, statement: str) -> dict[str, str]:
    targets = ["_http/errors", "_spec/models", "_declare/route", "_plan/model", "_compile/code"]
    targets += ["_openapi/pages", "_serve/router", "_cli/dev", "routing", "__init__"]
    files = {f"{BASE}/{name}.py": "" for name in targets}
    return files | {f"{BASE}/{importer}.py": statement}


@pytest.mark.parametrize(
    ("importer", "statement"),
    [
        ("_http/responses", "from kingpost._declare.route import x"),
        ("_http/responses", "from kingpost._spec import models"),
        ("_declare/markers", "import kingpost._plan.model"),
        ("_plan/route", "from kingpost._compile.code import x"),
        ("_compile/handler", "from kingpost._openapi.pages import x"),
        ("_openapi/document", "from kingpost._compile import code"),
        ("_compile/handler", "def f():\n    from kingpost._serve.router import x"),
        ("_serve/route", "from kingpost.routing import x"),
        ("_serve/route", "from kingpost import x"),
        ("_serve/route", "from .. import routing"),
        ("_serve/route", "from .._cli import dev"),
        ("_cli/run", "from kingpost import x"),
    ],
)
def test_an_arrow_back_is_reported(tree: MakeTree, importer: str, statement: str) -> None:
    """An import of a later stage, or of a neighbour, is named with its file and its target."""
    problems = list(layers.framework(tree(_framework(importer, statement))))

    assert len(problems) == 1
    assert problems[0].startswith(f"{BASE}/{importer}.py:")


@pytest.mark.parametrize(
    ("importer", "statement"),
    [
        ("_declare/markers", "from kingpost._http.errors import x"),
        ("_declare/markers", "from kingpost._declare import route"),
        ("_plan/route", "from kingpost._declare.route import x\nimport kingpost._spec.models"),
        ("_compile/handler", "from kingpost._plan.model import x"),
        ("_serve/route", "from kingpost._compile.code import x\nfrom .._openapi import pages"),
        ("_cli/run", "from kingpost._serve.router import x"),
        ("applications", "from kingpost._serve.router import x\nfrom kingpost.routing import y"),
        ("__main__", "from kingpost._cli import dev"),
        ("_http/types", "from starlette.types import Scope"),
    ],
)
def test_an_arrow_forward_is_fine(tree: MakeTree, importer: str, statement: str) -> None:
    """Earlier stages, the same folder and third parties may be imported."""
    assert list(layers.framework(tree(_framework(importer, statement)))) == []


def test_an_unknown_private_folder_is_reported(tree: MakeTree) -> None:
    """A private folder that is no stage has no place in the order."""
    files = _framework("_extra/thing", "from kingpost._http import errors")

    assert "_extra is no stage" in "".join(layers.framework(tree(files)))


def _backend(importer: str, statement: str) -> dict[str, str]:
    targets = ["routers/items", "internal/admin", "dependencies", "main", "database"]
    targets += ["features/items/queries", "features/users/queries", "features/users/service"]
    files = {f"backend/app/{name}.py": "" for name in targets}
    return files | {f"backend/app/{importer}.py": statement}


@pytest.mark.parametrize(
    "statement",
    [
        "from app.routers import items",
        "from app.internal.admin import x",
        "from app.dependencies import x",
        "import app.main",
        "from app.features.users import queries",
        "from app.features.users.queries import x",
        "from ..users import queries",
    ],
)
def test_a_feature_that_reaches_too_far_is_reported(tree: MakeTree, statement: str) -> None:
    """A feature knows neither the edge nor another feature's queries."""
    files = _backend("features/items/service", statement)
    problems = list(layers.backend(tree(files)))

    assert len(problems) == 1
    assert problems[0].startswith("backend/app/features/items/service.py:1:")


@pytest.mark.parametrize(
    ("importer", "statement"),
    [
        ("features/items/service", "from app.features.items import queries"),
        ("features/items/service", "from app.features.users import service"),
        ("features/items/service", "from app.database import x"),
        ("routers/items", "from app.dependencies import x\nfrom app.features.users import service"),
    ],
)
def test_a_feature_that_keeps_to_itself_is_fine(
    tree: MakeTree, importer: str, statement: str
) -> None:
    """Own queries, another's service, what is below, and an edge over all of it."""
    assert list(layers.backend(tree(_backend(importer, statement)))) == []
