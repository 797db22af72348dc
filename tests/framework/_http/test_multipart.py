import sys
from types import ModuleType

import pytest

from kingpost._http.errors import KingpostError
from kingpost._http.multipart import ensure_multipart_is_installed


def module(name: str, **attributes: object) -> ModuleType:
    """Make a module."""
    made = ModuleType(name)
    vars(made).update(attributes)
    return made


def test_the_parser_is_found() -> None:
    """With the package there is nothing to say."""
    ensure_multipart_is_installed()


def test_an_old_version_of_it_will_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """Before 0.0.13 its module had the name of the other package."""
    monkeypatch.setitem(sys.modules, "python_multipart", None)
    monkeypatch.setitem(sys.modules, "multipart", module("multipart", __version__="0.0.9"))
    parser = module("multipart.multipart", parse_options_header=len)
    monkeypatch.setitem(sys.modules, "multipart.multipart", parser)

    ensure_multipart_is_installed()


@pytest.mark.parametrize(
    ("other", "message"),
    [
        (None, r"requires \"python-multipart\" to be installed. \n.*\n\npip install"),
        (module("multipart", __version__="1.0"), r"you installed \"multipart\" instead"),
    ],
)
def test_the_right_package_is_named(
    monkeypatch: pytest.MonkeyPatch, other: ModuleType | None, message: str
) -> None:
    """A package of nearly the same name is the usual cause, and is named where it is there."""
    monkeypatch.setitem(sys.modules, "python_multipart", None)
    monkeypatch.setitem(sys.modules, "multipart", other)
    monkeypatch.setitem(sys.modules, "multipart.multipart", None)

    with pytest.raises(KingpostError, match=message):
        ensure_multipart_is_installed()
