import sys
from collections.abc import Iterator
from types import ModuleType

import pytest

from kingpost._http import multipart
from kingpost._http.errors import KingpostError
from kingpost._http.multipart import ensure_multipart_is_installed


@pytest.fixture(autouse=True)
def _ask_again() -> Iterator[None]:
    ensure_multipart_is_installed.cache_clear()
    yield
    ensure_multipart_is_installed.cache_clear()


def test_the_parser_is_found() -> None:
    """With the package there is nothing to say."""
    ensure_multipart_is_installed()


@pytest.mark.parametrize(
    ("other", "message"),
    [
        (None, r"requires \"python-multipart\" to be installed\. Install it with: pip install"),
        (ModuleType("multipart"), r"you installed \"multipart\" instead.*pip uninstall multipart"),
    ],
)
def test_the_right_package_is_named(
    monkeypatch: pytest.MonkeyPatch, other: ModuleType | None, message: str
) -> None:
    """A package of nearly the same name is the usual cause, and is named where it is there."""
    monkeypatch.setitem(sys.modules, "python_multipart", None)
    monkeypatch.setattr(multipart, "find_spec", lambda name: other)

    with pytest.raises(KingpostError, match=message):
        ensure_multipart_is_installed()
