"""Whether forms can be parsed."""

from functools import lru_cache
from importlib.util import find_spec

from kingpost._http.errors import KingpostError

__all__ = ["ensure_multipart_is_installed"]


@lru_cache(maxsize=1)
def ensure_multipart_is_installed() -> None:
    """Make sure that the parser of forms is there.

    Raises:
        KingpostError: It is not; perhaps another package with nearly its name is.
    """
    try:
        from python_multipart import __version__  # noqa: F401 - whether it is there is the question
    except ImportError:
        raise KingpostError(_reason()) from None


def _reason() -> str:
    need = 'Form data requires "python-multipart" to be installed.'
    install = "pip install python-multipart"
    if find_spec("multipart") is None:
        return f"{need} Install it with: {install}"
    return (
        f'{need} It seems you installed "multipart" instead, another package, which cannot parse '
        f"forms for us. Remove it with: pip uninstall multipart\nThen: {install}"
    )
