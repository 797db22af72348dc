"""Whether forms can be parsed."""

import importlib
from typing import Any

from kingpost._http.errors import KingpostError

__all__ = [
    "ensure_multipart_is_installed",
    "multipart_incorrect_install_error",
    "multipart_not_installed_error",
]

multipart_not_installed_error = (
    'Form data requires "python-multipart" to be installed. \n'
    'You can install "python-multipart" with: \n\n'
    "pip install python-multipart\n"
)
multipart_incorrect_install_error = (
    'Form data requires "python-multipart" to be installed. '
    'It seems you installed "multipart" instead. \n'
    'You can remove "multipart" with: \n\n'
    "pip uninstall multipart\n\n"
    'And then install "python-multipart" with: \n\n'
    "pip install python-multipart\n"
)

_FIRST_OF_ITS_NAME = (0, 0, 13)
"""Before this version the package's module was `multipart`, as that of another package."""


def ensure_multipart_is_installed() -> None:
    """Make sure that the parser of forms is there.

    Raises:
        KingpostError: It is not; perhaps another package with nearly its name is.
    """
    version = _attribute("python_multipart", "__version__")
    if isinstance(version, str) and _numbers(version) >= _FIRST_OF_ITS_NAME:
        return
    if not _attribute("multipart", "__version__"):
        raise KingpostError(multipart_not_installed_error)
    if _attribute("multipart.multipart", "parse_options_header") is None:
        raise KingpostError(multipart_incorrect_install_error)


def _attribute(module: str, name: str) -> Any:
    try:
        return getattr(importlib.import_module(module), name, None)
    except ImportError:
        return None


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".")[:3] if part.isdigit())
