"""Published packages that import `fastapi`, on our framework.

They are installed in an environment of their own, beside the real peer, which must stay unloaded.
"""

import sys
from collections.abc import Iterator
from importlib.machinery import PathFinder
from importlib.util import find_spec
from pathlib import Path

import pytest

import kingpost

HOME = Path(kingpost.__file__).parent

if find_spec("fastapi_users") is None:
    # The project's own environment does not have the packages; ./scripts/test makes theirs.
    collect_ignore_glob = ["test_*.py"]
else:
    kingpost.install_as_fastapi()


def foreign_modules() -> list[str]:
    """Return the loaded modules under the name `fastapi` whose file is not ours."""
    return [
        name
        for name, module in sys.modules.items()
        if name.partition(".")[0] == "fastapi" and HOME not in Path(str(module.__file__)).parents
    ]


@pytest.fixture(autouse=True)
def _no_file_of_the_peer_is_loaded() -> Iterator[None]:
    assert PathFinder.find_spec("fastapi") is not None, "the real peer has to be installed"
    assert foreign_modules() == []
    yield
    assert foreign_modules() == []


@pytest.fixture
def anyio_backend() -> str:
    """Run asynchronous tests on the event loop that the server uses."""
    return "asyncio"
