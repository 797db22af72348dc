"""The names under which the package shows itself."""

from importlib.metadata import version

from kingpost import __version__
from kingpost._http.naming import NAMES, Names


def test_the_environment_s_prefix_is_the_package_s_name() -> None:
    """KINGPOST_… for kingpost."""
    assert Names(package="other").environment == "OTHER"


def test_the_version_is_the_package_s() -> None:
    """Spans, `__version__` and the installed package agree."""
    assert NAMES.version == __version__ == version("kingpost")
