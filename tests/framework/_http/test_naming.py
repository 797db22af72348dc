"""The names under which the package shows itself."""

import tomllib
from pathlib import Path

from kingpost import __version__
from kingpost._http.naming import NAMES, Names


def test_the_environment_s_prefix_is_the_package_s_name() -> None:
    """KINGPOST_… for kingpost."""
    assert Names(package="other").environment == "OTHER"


def test_the_version_is_the_package_s() -> None:
    """Spans, `__version__` and the package's manifest agree."""
    manifest = Path(__file__).parents[3] / "framework" / "pyproject.toml"

    assert NAMES.version == __version__
    assert tomllib.loads(manifest.read_text("utf-8"))["project"]["version"] == __version__
