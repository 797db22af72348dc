"""JSON text of values that are made of JSON's own types only."""

import json
import json.encoder
from collections.abc import Callable, Iterable
from typing import Any

__all__ = ["encode_native", "write_json"]

_TEXT = frozenset({str})
_SCALARS = frozenset({str, int, float, bool, type(None)})

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
    if not _is_native(value):
        return None
    text = "".join(_chunks(value, 0))
    # Keys that begin so are SQLAlchemy's own, and are left out.
    return None if '"_sa' in text else text.encode("utf-8")


def _is_native(value: Any) -> bool:
    kind = type(value)
    if kind is dict:
        if not _TEXT.issuperset(map(type, value)):
            return False
        parts = value.values()
    elif kind is list:
        parts = value
    else:
        return kind in _SCALARS
    if _SCALARS.issuperset(map(type, parts)):
        return True
    return all(map(_is_native, parts))


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
