"""The zones of the front end."""

from collections.abc import Callable

import pytest

from layout import front_end
from layout.tree import Tree

MakeTree = Callable[[dict[str, str]], Tree]
TARGETS = [
    "app/router.tsx",
    "components/ui/button.tsx",
    "lib/auth.ts",
    "config/paths.ts",
    "client/index.ts",
    "features/items/api.ts",
    "features/users/api.ts",
    "testing/factories.ts",
]


def _tree(make: MakeTree, importer: str, statement: str) -> Tree:
    files = {f"frontend/src/{name}": "" for name in TARGETS}
    return make(files | {f"frontend/src/{importer}": statement})


@pytest.mark.parametrize(
    ("importer", "statement"),
    [
        ("components/ui/menu.tsx", "import { x } from '@/features/items/api'"),
        ("lib/time.ts", "import { router } from '../app/router'"),
        ("config/env.ts", "export { x } from '@/features/items/api'"),
        ("features/items/page.tsx", "import { x } from '@/features/users/api'"),
        ("features/items/page.tsx", "import type { x } from '../users/api'"),
        ("features/items/page.tsx", "const page = import('@/app/router')"),
        ("features/items/page.tsx", "import {\n  one,\n  two,\n} from '@/app/router'"),
        ("features/items/page.tsx", "import '@/testing/factories'"),
    ],
)
def test_an_arrow_back_is_reported(tree: MakeTree, importer: str, statement: str) -> None:
    """Lower zones know nothing of higher ones, features nothing of each other."""
    problems = list(front_end.zones(_tree(tree, importer, statement)))

    assert len(problems) == 1
    assert problems[0].startswith(f"frontend/src/{importer}:")


@pytest.mark.parametrize(
    ("importer", "statement"),
    [
        ("features/items/page.tsx", "import { x } from '@/components/ui/button'"),
        ("features/items/page.tsx", "import { x } from './api'"),
        ("features/items/page.test.tsx", "import { x } from '@/testing/factories'"),
        ("app/layout.tsx", "const page = import('@/features/items/api')"),
        ("lib/time.ts", "import { paths } from '@/config/paths'\nimport { z } from 'zod'"),
        ("main.tsx", "import { router } from '@/app/router'"),
    ],
)
def test_an_arrow_forward_is_fine(tree: MakeTree, importer: str, statement: str) -> None:
    """Lower zones, the same feature and packages may be imported; tests may use testing."""
    assert list(front_end.zones(_tree(tree, importer, statement))) == []


def test_files_that_import_each_other_are_reported(tree: MakeTree) -> None:
    """A cycle of files is shown as its way round."""
    files = {
        "frontend/src/lib/a.ts": "import { b } from './b'",
        "frontend/src/lib/b.ts": "import type { a } from './a'",
    }

    assert list(front_end.cyclic_files(tree(files)))


def test_folders_that_import_each_other_are_reported(tree: MakeTree) -> None:
    """A cycle of folders is reported even where no two files form one."""
    files = {
        "frontend/src/lib/a.ts": "import { c } from '@/config/c'",
        "frontend/src/lib/b.ts": "",
        "frontend/src/config/c.ts": "",
        "frontend/src/config/d.ts": "import { b } from '@/lib/b'",
    }
    made = tree(files)

    assert list(front_end.cyclic_files(made)) == []
    assert list(front_end.cyclic_folders(made))
