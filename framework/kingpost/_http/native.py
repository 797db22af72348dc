"""JSON text of values that are made of JSON's own types only."""

import json
import json.encoder
from collections.abc import Callable, Iterable
from itertools import repeat
from typing import Any

from pydantic_core import PydanticSerializationError, to_json

__all__ = ["encode_native", "write_json"]

_TEXT = frozenset({str})
_ALIKE = frozenset({str, int, bool, type(None)})
"""What Pydantic writes as Python does, whatever the value."""
_SCALARS = _ALIKE | {float}
_SMALL = 6
"""Parts of a dictionary that are looked at one by one sooner than all at once."""
_UNDERSCORE = ord("_")

_encoder = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def write_json(value: Any) -> bytes:
    """Return data as JSON text.

    Raises:
        ValueError: It holds a number that JSON does not have (RFC 8259, section 6).
        TypeError: It is not made of what the `json` module writes.
    """
    return _encoder.encode(value).encode("utf-8")


def encode_native(value: Any) -> bytes | None:
    """Return a value as JSON text; None where something in it would have to be converted first.

    What it writes is what `write_json` writes of ``jsonable_encoder(value)``, without the copy.

    Raises:
        ValueError: It holds a number that JSON does not have.
        RecursionError: It contains itself.
    """
    floats: list[float] | None = None
    # Most answers are a small dictionary, for which any call is much.
    is_flat = type(value) is dict and len(value) <= _SMALL
    if is_flat:
        for key, part in value.items():
            if type(key) is not str or type(part) not in _ALIKE:
                is_flat = False
                break
    if not is_flat:
        floats = []
        if not _is_native(value, floats):
            return None
    try:
        content = _write(value) if floats and _differ(floats) else to_json(value)
    except PydanticSerializationError:
        # Half of a surrogate pair, or deeper than it goes.
        content = _write(value)
    # Keys that begin so are SQLAlchemy's own, and are left out. To look for one byte is quicker.
    return None if _UNDERSCORE in content and content.find(b'"_sa') >= 0 else content


def _is_native(value: Any, floats: list[float]) -> bool:
    """Tell whether a value is made of JSON's own types; `floats` takes the floats in it."""
    kind = type(value)
    if kind is dict:
        if not _TEXT.issuperset(map(type, value)):
            return False
        parts = value.values()
    elif kind is list:
        parts = value
    elif kind is float:
        floats.append(value)
        return True
    else:
        return kind in _ALIKE
    kinds = set(map(type, parts))
    if kinds <= _ALIKE:
        return True
    if kinds <= _SCALARS:
        floats += [part for part in parts if type(part) is float]
        return True
    return all(map(_is_native, parts, repeat(floats)))


def _differ(floats: list[float]) -> bool:
    """Tell whether Pydantic may write floats in another way than Python: those with an exponent."""
    for number in floats:
        if not (1e-4 <= number < 1e16 or -1e16 < number <= -1e-4 or number == 0):
            return True
    return False


def _make_writer() -> Callable[[Any, int], Iterable[str]]:
    """Return the function that writes native values, in one piece or more.

    The `json` module makes an encoder in C for each call; one is enough where nothing is converted.
    Circles have been found before.
    """
    make: Any = getattr(json.encoder, "c_make_encoder", None)
    if make is None:
        return lambda value, _: _encoder.iterencode(value)
    escape = json.encoder.encode_basestring
    writer: Callable[[Any, int], Iterable[str]] = make(
        None, _encoder.default, escape, None, ":", ",", False, False, False
    )
    return writer


_chunks = _make_writer()


def _write(value: Any) -> bytes:
    return "".join(_chunks(value, 0)).encode("utf-8")
