"""Any value → data that the `json` module can write."""

import dataclasses
import datetime
from collections import deque
from collections.abc import Callable, Mapping
from decimal import Decimal
from enum import Enum
from importlib import import_module
from ipaddress import (
    IPv4Address,
    IPv4Interface,
    IPv4Network,
    IPv6Address,
    IPv6Interface,
    IPv6Network,
)
from pathlib import Path, PurePath
from re import Pattern
from types import GeneratorType
from typing import Any
from uuid import UUID

from pydantic import BaseModel
from pydantic.color import Color
from pydantic.networks import AnyUrl, NameEmail
from pydantic.types import SecretBytes, SecretStr
from pydantic_core import PydanticUndefinedType, Url

from kingpost._http.errors import PydanticV1NotSupportedError
from kingpost._http.types import IncEx

__all__ = [
    "ENCODERS_BY_TYPE",
    "PyExtraColor",
    "decimal_encoder",
    "encoders_by_class_tuples",
    "generate_encoders_by_class_tuples",
    "isoformat",
    "jsonable_encoder",
]


def _color_of_another_package() -> type[Any]:
    """Return `Color` of pydantic-extra-types; a class without instances where that is missing."""
    try:
        color: type[Any] = import_module("pydantic_extra_types.color").Color
    except ModuleNotFoundError:
        color = type("PyExtraColor", (), {})
    return color


PyExtraColor = _color_of_another_package()


def isoformat(o: datetime.date | datetime.time) -> str:
    """Return the ISO 8601 form of a date, time or both."""
    return o.isoformat()


def decimal_encoder(dec_value: Decimal) -> int | float:
    """Return an integer for a decimal without fractional digits, else a float.

    `Decimal("1.0")` has a fractional digit, and so becomes `1.0`, not `1`.
    """
    exponent = dec_value.as_tuple().exponent
    if isinstance(exponent, int) and exponent >= 0:
        return int(dec_value)
    return float(dec_value)


ENCODERS_BY_TYPE: dict[type[Any], Callable[[Any], Any]] = {
    bytes: lambda o: o.decode(),
    Color: str,
    PyExtraColor: str,
    datetime.date: isoformat,
    datetime.datetime: isoformat,
    datetime.time: isoformat,
    datetime.timedelta: lambda o: o.total_seconds(),
    Decimal: decimal_encoder,
    Enum: lambda o: o.value,
    frozenset: list,
    deque: list,
    GeneratorType: list,
    IPv4Address: str,
    IPv4Interface: str,
    IPv4Network: str,
    IPv6Address: str,
    IPv6Interface: str,
    IPv6Network: str,
    NameEmail: str,
    Path: str,
    Pattern: lambda o: o.pattern,
    SecretBytes: str,
    SecretStr: str,
    set: list,
    UUID: str,
    Url: str,
    AnyUrl: str,
}


def generate_encoders_by_class_tuples(
    type_encoder_map: dict[Any, Callable[[Any], Any]],
) -> dict[Callable[[Any], Any], tuple[Any, ...]]:
    """Turn ``{type: encoder}`` into ``{encoder: types}``, the form that `isinstance` takes."""
    grouped: dict[Callable[[Any], Any], tuple[Any, ...]] = {}
    for type_, encoder in type_encoder_map.items():
        grouped[encoder] = (*grouped.get(encoder, ()), type_)
    return grouped


encoders_by_class_tuples = generate_encoders_by_class_tuples(ENCODERS_BY_TYPE)
"""The encoders with the types that they are for, asked for in this order."""
_SCALARS = frozenset({str, int, float, bool, type(None)})
_SEQUENCES = (list, set, frozenset, GeneratorType, tuple, deque)


def jsonable_encoder(
    obj: Any,
    include: IncEx | None = None,
    exclude: IncEx | None = None,
    by_alias: bool = True,
    exclude_unset: bool = False,
    exclude_defaults: bool = False,
    exclude_none: bool = False,
    custom_encoder: dict[Any, Callable[[Any], Any]] | None = None,
    sqlalchemy_safe: bool = True,
) -> Any:
    """Convert a value to data that the `json` module can write.

    Args:
        obj: Models, dataclasses, containers, dates, or any object with attributes.
        include: Fields to keep; applies to the top level and through lists.
        exclude: Fields to leave out; applies as `include` does.
        by_alias: Write model fields under their serialisation alias.
        exclude_unset: Leave out model fields that were not set.
        exclude_defaults: Leave out model fields equal to their default.
        exclude_none: Leave out fields and keys that are None.
        custom_encoder: Encoders by type; an exact match goes before `isinstance`.
        sqlalchemy_safe: Leave out keys that start with ``_sa``, which SQLAlchemy adds.

    Raises:
        ValueError: The value has neither items nor attributes.
        PydanticV1NotSupportedError: It is a model of Pydantic's version 1.
    """
    encoder = _Encoder(
        by_alias=by_alias,
        exclude_unset=exclude_unset,
        exclude_defaults=exclude_defaults,
        exclude_none=exclude_none,
        custom_encoder=custom_encoder or {},
        sqlalchemy_safe=sqlalchemy_safe,
    )
    return encoder.encode(obj, _as_filter(include), _as_filter(exclude))


def _as_filter(names: Any) -> IncEx | None:
    """Return a list or tuple of names as a set, the form that Pydantic takes."""
    if names is None or isinstance(names, set | dict):
        return names
    return set(names)


@dataclasses.dataclass(frozen=True, slots=True)
class _Encoder:
    """The options that stay the same all the way down."""

    by_alias: bool
    exclude_unset: bool
    exclude_defaults: bool
    exclude_none: bool
    custom_encoder: Mapping[Any, Callable[[Any], Any]]
    sqlalchemy_safe: bool

    def encode(self, obj: Any, include: IncEx | None = None, exclude: IncEx | None = None) -> Any:
        """Convert one value; see `jsonable_encoder`."""
        if self.custom_encoder:
            encoder = self._custom(obj)
            if encoder is not None:
                return encoder(obj)
        kind = type(obj)
        if kind in _SCALARS:
            return obj
        if kind is dict:
            if include is None and exclude is None and not self.custom_encoder:
                return self._encode_whole(obj)
            return self._encode_dict(obj, include, exclude)
        if kind is list:
            return [self.encode(item, include, exclude) for item in obj]
        return self._encode_other(obj, include, exclude)

    def _encode_other(self, obj: Any, include: IncEx | None, exclude: IncEx | None) -> Any:
        if isinstance(obj, BaseModel):
            return self._encode_model(obj, include, exclude)
        if dataclasses.is_dataclass(obj) and not isinstance(obj, type):
            fields = {f.name: getattr(obj, f.name) for f in dataclasses.fields(obj)}
            return self.encode(fields, include, exclude)
        if isinstance(obj, Enum):
            return obj.value
        if isinstance(obj, PurePath):
            return str(obj)
        if isinstance(obj, str | int | float):
            return obj
        if isinstance(obj, PydanticUndefinedType):
            return None
        if isinstance(obj, dict):
            return self._encode_dict(obj, include, exclude)
        if isinstance(obj, _SEQUENCES):
            return [self.encode(item, include, exclude) for item in obj]
        if type(obj) in ENCODERS_BY_TYPE:
            return ENCODERS_BY_TYPE[type(obj)](obj)
        for encoder, classes in encoders_by_class_tuples.items():
            if isinstance(obj, classes):
                return encoder(obj)
        return self._encode_object(obj, include, exclude)

    def _custom(self, obj: Any) -> Callable[[Any], Any] | None:
        if type(obj) in self.custom_encoder:
            return self.custom_encoder[type(obj)]
        for type_, encoder in self.custom_encoder.items():
            if isinstance(obj, type_):
                return encoder
        return None

    def _encode_model(self, obj: BaseModel, include: IncEx | None, exclude: IncEx | None) -> Any:
        dumped = obj.model_dump(
            mode="json",
            include=include,
            exclude=exclude,
            by_alias=self.by_alias,
            exclude_unset=self.exclude_unset,
            exclude_none=self.exclude_none,
            exclude_defaults=self.exclude_defaults,
        )
        return _Encoder(
            by_alias=True,
            exclude_unset=False,
            exclude_defaults=False,
            exclude_none=self.exclude_none,
            custom_encoder={},
            sqlalchemy_safe=self.sqlalchemy_safe,
        ).encode(dumped)

    def _encode_whole(self, obj: dict[Any, Any]) -> dict[Any, Any]:
        """Do what `_encode_dict` does without a filter and without encoders of the caller's."""
        encoded = {}
        for key, value in obj.items():
            if type(key) is not str:
                return self._encode_dict(obj, None, None)
            if (value is None and self.exclude_none) or (
                self.sqlalchemy_safe and key.startswith("_sa")
            ):
                continue
            encoded[key] = value if type(value) in _SCALARS else self.encode(value)
        return encoded

    def _encode_dict(
        self, obj: dict[Any, Any], include: IncEx | None, exclude: IncEx | None
    ) -> dict[Any, Any]:
        encoded = {}
        allowed = set(obj)
        if include is not None:
            allowed &= set(include)
        if exclude is not None:
            allowed -= set(exclude)
        for key, value in obj.items():
            if self.sqlalchemy_safe and isinstance(key, str) and key.startswith("_sa"):
                continue
            if (value is None and self.exclude_none) or key not in allowed:
                continue
            encoded_key = key if type(key) is str and not self.custom_encoder else self.encode(key)
            encoded[encoded_key] = self.encode(value)
        return encoded

    def _encode_object(self, obj: Any, include: IncEx | None, exclude: IncEx | None) -> Any:
        if type(obj).__module__ == "pydantic_extra_types.color":
            # The colours of an optional package, which is not imported for their sake.
            return str(obj)
        if any(cls.__module__.startswith("pydantic.v1.") for cls in type(obj).__mro__):
            raise PydanticV1NotSupportedError(
                f"{type(obj).__name__} is a model of pydantic.v1, which is not supported. "
                "Derive it from pydantic.BaseModel."
            )
        try:
            data = dict(obj)
        except Exception as no_items:  # noqa: BLE001 - iterating runs the object's own code
            try:
                data = vars(obj)
            except TypeError as no_attributes:
                raise ValueError([no_items, no_attributes]) from no_attributes
        return self.encode(data, include, exclude)
