"""How long files and bodies may be."""

from collections.abc import Callable

import pytest

from layout import sizes
from layout.tree import Tree

MakeTree = Callable[[dict[str, str]], Tree]


@pytest.mark.parametrize(
    ("name", "limit"),
    [("backend/app/one.py", 500), ("scripts/dev", 500), ("frontend/src/lib/one.ts", 250)],
)
def test_files_have_a_limit(tree: MakeTree, name: str, limit: int) -> None:
    """The last allowed line is fine, the next one is reported."""
    head = "#!/usr/bin/env python3\n" if name == "scripts/dev" else "\n"

    assert list(sizes.files(tree({name: head + "\n" * (limit - 1)}))) == []
    assert len(list(sizes.files(tree({name: head + "\n" * limit})))) == 1


@pytest.mark.parametrize("name", ["frontend/src/client/sdk.ts", "tests/framework/golden/a.py"])
def test_generated_files_have_none(tree: MakeTree, name: str) -> None:
    """What a program writes may be as long as it is."""
    assert list(sizes.files(tree({name: "\n" * 1000}))) == []


SIGNATURE = 'def f(\n    a: int,\n    b: int,\n) -> None:\n    """First.\n\n    More.\n    """\n'


def test_a_body_is_counted_without_signature_and_docstring(tree: MakeTree) -> None:
    """Fifty lines of body are fine, one more is reported with the function's name."""
    made = tree(
        {
            "backend/app/good.py": SIGNATURE + "    pass\n" * 50,
            "backend/app/long.py": SIGNATURE + "    pass\n" * 51,
        }
    )

    assert list(sizes.bodies(made)) == [
        "backend/app/long.py:1: the body of f has 51 lines, more than 50: name its steps"
    ]


def test_an_inner_function_counts_with_its_decorator(tree: MakeTree) -> None:
    """A function within a function is part of its body, from the decorator on."""
    text = "def f():\n    @g\n    def h():\n" + "        pass\n" * 49

    assert "the body of f has 51 lines" in "".join(sizes.bodies(tree({"backend/app/one.py": text})))
