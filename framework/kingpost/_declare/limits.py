"""Bounds on what a request may send."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Annotated, Any

from pydantic import ConfigDict, Field, TypeAdapter, with_config
from typing_extensions import TypedDict

from kingpost._http.types import FormLimits

__all__ = ["checked_body_size", "checked_form_limits"]

_Count = Annotated[int, Field(ge=0, strict=True)]


@with_config(ConfigDict(extra="forbid"))
class _FormLimits(TypedDict, total=False):
    max_fields: _Count
    max_files: _Count
    max_part_size: _Count


@lru_cache(maxsize=1)
def _adapter() -> "TypeAdapter[_FormLimits]":
    return TypeAdapter(_FormLimits)


def checked_body_size(size: Any) -> int | None:
    """Return a bound for the body, in bytes.

    Raises:
        ValueError: It is not a number of bytes.
    """
    if size is not None and (type(size) is not int or size < 0):
        raise ValueError(
            f"max_body_size must be a non-negative integer or None, not {size!r}: it counts bytes."
        )
    return size


def checked_form_limits(limits: Any) -> FormLimits:
    """Return bounds for the parsing of forms.

    Raises:
        ValueError: It is no mapping, a key is unknown, or a value is not a count.
    """
    if limits is None or limits == {}:
        return {}
    given = dict(limits) if isinstance(limits, Mapping) else limits
    return _adapter().validate_python(given)
