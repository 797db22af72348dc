"""Results that are data, where a response model was declared: written without its instances."""

import sys
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias
from weakref import WeakKeyDictionary

from kingpost._compile.code import CodeBuilder
from kingpost._plan.fields import ModelField
from kingpost._plan.outlines import Outline, outline_of

__all__ = ["DataWriter"]

_Read: TypeAlias = Callable[[list[Any]], list[dict[str, Any]]]

_STANDARD = sys.stdlib_module_names - {"__main__"}


class DataWriter:
    """Writes dictionaries, and objects whose attributes are read, as JSON.

    What it needs is made when the first such result comes: most operations return instances.

    Args:
        field: The response, a model or a list of a model.
    """

    __slots__ = ("_field", "_is_known", "_outline", "_read", "_readable")

    _readable: WeakKeyDictionary[type, bool]

    def __init__(self, field: ModelField) -> None:
        self._field = field
        self._is_known = False
        self._outline: Outline | None = None
        self._read: _Read | None = None

    def __call__(self, result: Any) -> bytes | None:
        """Return a result as JSON; None where it takes the response model to tell.

        Args:
            result: What the operation returned.
        """
        outline = self._outline
        if outline is None:
            if self._is_known:
                return None
            outline = self._learn()
            if outline is None:
                return None
        items = result if outline.is_list else [result]
        if type(items) is not list:
            return None
        kinds = set(map(type, items))
        if len(kinds) != 1:
            return None
        try:
            data = self._data_of(kinds.pop(), items, outline)
            if data is None:
                return None
            return outline.text_of(data if outline.is_list else data[0])
        except Exception:  # noqa: BLE001 - the model meets it again, and says what is wrong
            return None

    def _learn(self) -> Outline | None:
        self._is_known = True
        outline = self._outline = outline_of(self._field)
        if outline is not None and outline.attributes:
            self._readable = WeakKeyDictionary()
            self._read = _reader_of(outline.model.__qualname__, outline.attributes)
        return outline

    def _data_of(
        self, kind: type, items: list[Any], outline: Outline
    ) -> list[dict[str, Any]] | None:
        """Return dictionaries; None where these are none and cannot be made."""
        if kind is dict:
            return items if outline.takes_dicts else None
        if self._read is None or not self._is_readable(kind, outline):
            return None
        return self._read(items)

    def _is_readable(self, kind: type, outline: Outline) -> bool:
        """Tell whether Pydantic reads the attributes of such an object.

        An instance of the model, also of a class made of it, stays as it is, and what has keys is
        read by them.
        """
        known = self._readable.get(kind)
        if known is None:
            module = str(getattr(kind, "__module__", "")).partition(".")[0]
            known = self._readable[kind] = module not in _STANDARD and not issubclass(
                kind, (outline.model, Mapping)
            )
        return known


def _reader_of(name: str, attributes: tuple[str, ...]) -> _Read:
    """Return a function that makes dictionaries of objects' attributes."""
    code = CodeBuilder(f"kingpost attributes of {name}", reserved=("read", "items", "item"))
    pairs = ", ".join(f"{name!r}: item.{name}" for name in attributes)
    with code.block("def read(items):"):
        code.line(f"return [{{{pairs}}} for item in items]")
    read, _ = code.compile("read")
    return read
