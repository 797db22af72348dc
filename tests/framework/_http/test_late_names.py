"""Names of a package that are loaded when they are first asked for."""

import sys
from pathlib import Path

import pytest

SOURCE = """
from kingpost._http.late_names import late_names

__all__ = ["inner", "number", "other"]
__getattr__, __dir__ = late_names(
    __name__, __all__, homes={"number": f"{__name__}.hidden", "other": "colorsys"}
)
"""


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The name of a package of three names."""
    name = f"late_{tmp_path.name}"
    folder = tmp_path / name
    folder.mkdir()
    (folder / "__init__.py").write_text(SOURCE, encoding="utf-8")
    # Called as the module itself is, which is not what is asked for.
    (folder / "inner.py").write_text("inner = 1", encoding="utf-8")
    (folder / "hidden.py").write_text("number = 7", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    return name


def test_a_name_is_loaded_when_it_is_asked_for(package: str) -> None:
    """Not before, and once."""
    module = __import__(package)

    assert {name for name in sys.modules if name.startswith(package)} == {package}
    assert module.number == 7
    assert vars(module)["number"] == 7
    assert f"{package}.inner" not in sys.modules


def test_a_name_may_stand_for_a_module(package: str) -> None:
    """One of the package's own, or another."""
    module = __import__(package)

    assert module.inner is sys.modules[f"{package}.inner"]
    assert module.other is sys.modules["colorsys"]


def test_a_star_takes_all(package: str) -> None:
    """And before that they can be listed."""
    namespace: dict[str, object] = {}

    assert {"inner", "number", "other"} <= set(dir(__import__(package)))
    exec(f"from {package} import *", namespace)  # noqa: S102
    assert {"inner", "number", "other"} <= namespace.keys()


def test_a_name_that_is_not_there_is_refused(package: str) -> None:
    """As in any other module, also where there is a file of that name."""
    module = __import__(package)

    with pytest.raises(AttributeError, match=f"'{package}' has no attribute 'nomber'") as refused:
        _ = module.nomber
    assert refused.value.name == "nomber"
    with pytest.raises(ImportError, match="cannot import name 'nomber'"):
        exec(f"from {package} import nomber")  # noqa: S102
