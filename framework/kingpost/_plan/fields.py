"""One typed value: its type, default, validation and serialisation.

With `schemas`, the only module that touches Pydantic below its model classes.
"""

import dataclasses
import sys
import types
import warnings
from collections import deque
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Annotated, Any, Literal, TypeGuard, TypeVar, Union, get_args, get_origin

from pydantic import AliasChoices, BaseModel, ConfigDict, TypeAdapter, ValidationError
from pydantic.errors import PydanticUndefinedAnnotation
from pydantic.fields import FieldInfo
from pydantic_core import (
    CoreSchema,
    PydanticUndefined,
    SchemaSerializer,
    SchemaValidator,
    core_schema,
)
from starlette.datastructures import UploadFile as StarletteUploadFile
from typing_extensions import TypeAliasType

from kingpost._http.errors import PydanticV1NotSupportedError
from kingpost._http.naming import NAMES
from kingpost._http.types import IncEx

__all__ = [
    "ModelField",
    "errors_at",
    "gather",
    "holds_old_model",
    "is_model",
    "is_scalar",
    "is_scalar_sequence",
    "is_sequence",
    "is_type_alias",
    "is_upload",
    "lenient_issubclass",
    "missing_error",
    "strip_annotated",
    "union_members",
]

_T = TypeVar("_T")

_SEQUENCES = (list, tuple, set, frozenset, deque, Sequence)
_TEXT = (str, bytes)


@dataclasses.dataclass(eq=False)
class ModelField:
    """A value with a name, a type and constraints.

    Args:
        field_info: Alias, default and constraints; `field_info.annotation` is the type.
        name: The name in the code.
        mode: Whether the value comes in or goes out; the two can have different JSON schemas.
        config: Pydantic's settings for the type, where it is not a model with its own.
    """

    field_info: FieldInfo
    name: str
    mode: Literal["validation", "serialization"] = "validation"
    config: ConfigDict | None = None

    @property
    def type_(self) -> Any:
        """The type, without the constraints."""
        return self.field_info.annotation

    @property
    def alias(self) -> str:
        """The name in the documents."""
        return self.field_info.alias or self.name

    @property
    def validation_alias(self) -> str | None:
        """The name to read, where it is a plain one of its own."""
        alias = self.field_info.validation_alias
        return alias if isinstance(alias, str) and alias else None

    @property
    def document_name(self) -> str:
        """The name in the documents: the first one to read, or else the alias."""
        return next(iter(self.choices), None) or self.validation_alias or self.alias

    @property
    def choices(self) -> tuple[str, ...]:
        """The names to read, where there are several; none if one of them is a path into data."""
        alias = self.field_info.validation_alias
        if not isinstance(alias, AliasChoices):
            return ()
        names = tuple(choice for choice in alias.choices if isinstance(choice, str))
        return names if len(names) == len(alias.choices) else ()

    @property
    def serialization_alias(self) -> str | None:
        """The name to write, where it is one of its own."""
        return self.field_info.serialization_alias or None

    @property
    def definition(self) -> Any:
        """What Pydantic's `create_model` takes for a field like this one."""
        if self.field_info.default_factory is not None:
            return self.type_, self.field_info
        annotated: Any = Annotated[self.type_, self.field_info]
        if self.required:
            return annotated, ...
        # Pydantic merges the field with what else the type is annotated with, and drops a default
        # that was not given to the field's constructor.
        return annotated, self.field_info.default

    @property
    def required(self) -> bool:
        """Whether there is no default."""
        return self.field_info.is_required()

    @property
    def default(self) -> Any:
        """The default as declared; `PydanticUndefined` for a required field."""
        return self.get_default()

    def get_default(self) -> Any:
        """Return a default of its own for this caller; `PydanticUndefined` if it is required."""
        if self.field_info.is_required():
            return PydanticUndefined
        return self.field_info.get_default(call_default_factory=True)

    @property
    def adapter(self) -> "TypeAdapter[Any]":
        """The validator and serialiser, made at first use and shared between equal types."""
        found = self.__dict__.get("_adapter")
        if found is None:
            found = self.__dict__["_adapter"] = _adapter_of(self.field_info, self.config)
        return found

    @property
    def document_schema(self) -> CoreSchema:
        """The core schema for documents: with the default, title, description and the like."""
        info = self.field_info
        if not _is_annotated(info):
            schema = self.adapter.core_schema
            if info.is_required() or info.default_factory is not None or info.default is ...:
                return schema
            return core_schema.with_default_schema(schema, default=info.default)
        with warnings.catch_warnings():
            # An alias, say, says nothing of the type; here it belongs to the parameter.
            warnings.filterwarnings("ignore", ".*no effect in the context it was used")
            documented: Any = Annotated[self.type_, info]
            return TypeAdapter[Any](documented).core_schema

    @property
    def validator(self) -> SchemaValidator:
        """The compiled validator."""
        return self.adapter.validator  # type: ignore[return-value]

    @property
    def serializer(self) -> SchemaSerializer:
        """The compiled serialiser."""
        return self.adapter.serializer

    def check(self) -> None:
        """Make sure that Pydantic can make a validator of the type and its constraints.

        Raises:
            PydanticSchemaGenerationError: It does not know the type.
            PydanticV1NotSupportedError: It is a model of Pydantic's version 1, or holds one.
            PydanticUserError: The members of a union cannot be told apart as declared.
            SchemaError: A constraint does not make sense, such as a pattern that does not compile.
        """
        if holds_old_model(self.type_):
            raise PydanticV1NotSupportedError(
                f"pydantic.v1 models are no longer supported by {NAMES.product}. Please update the "
                f"response model {self.type_!r}: derive it from pydantic.BaseModel."
            )
        info = self.field_info
        if info.metadata or info.discriminator is not None or not _is_known(self.type_):
            try:
                _ = self.adapter
            except PydanticUndefinedAnnotation:
                return

    def unresolved(self) -> str | None:
        """Return a name in the type that is defined nowhere; None where all are known by now."""
        try:
            if not self.adapter.pydantic_complete:
                self.adapter.rebuild()
        except PydanticUndefinedAnnotation as exc:
            return exc.name
        return None

    def validate(
        self,
        value: Any,
        values: dict[str, Any] = {},  # noqa: B006 - as it is elsewhere, and never written to
        *,
        loc: tuple[int | str, ...] = (),
    ) -> tuple[Any, list[dict[str, Any]]]:
        """Check a value.

        Args:
            value: What came in, or what an operation returned.
            values: Not used; other packages pass the other fields' values here.
            loc: Where it stands, put in front of each error's `loc`.

        Returns:
            The value in its declared type and no errors, or None and the errors.
        """
        try:
            return self.validator.validate_python(value, from_attributes=True), []
        except ValidationError as exc:
            return None, errors_at(exc, loc)

    def serialize(
        self,
        value: Any,
        *,
        mode: Literal["json", "python"] = "json",
        include: IncEx | None = None,
        exclude: IncEx | None = None,
        by_alias: bool = True,
        exclude_unset: bool = False,
        exclude_defaults: bool = False,
        exclude_none: bool = False,
    ) -> Any:
        """Return a checked value as plain data; the options are Pydantic's."""
        return self.serializer.to_python(
            value,
            mode=mode,
            include=include,
            exclude=exclude,
            by_alias=by_alias,
            exclude_unset=exclude_unset,
            exclude_defaults=exclude_defaults,
            exclude_none=exclude_none,
        )

    def serialize_json(
        self,
        value: Any,
        *,
        include: IncEx | None = None,
        exclude: IncEx | None = None,
        by_alias: bool = True,
        exclude_unset: bool = False,
        exclude_defaults: bool = False,
        exclude_none: bool = False,
    ) -> bytes:
        """Return a checked value as JSON; the options are Pydantic's."""
        return self.serializer.to_json(
            value,
            include=include,
            exclude=exclude,
            by_alias=by_alias,
            exclude_unset=exclude_unset,
            exclude_defaults=exclude_defaults,
            exclude_none=exclude_none,
        )


_SAID = (
    "alias",
    "alias_priority",
    "validation_alias",
    "serialization_alias",
    "title",
    "field_title_generator",
    "description",
    "examples",
    "deprecated",
    "json_schema_extra",
    "discriminator",
    "validate_default",
    "default_factory",
)


def gather(marker: FieldInfo, type_: Any, said: Sequence[Any]) -> None:
    """Make a marker say all that `Annotated` says of a type; of one thing, what was said last.

    Args:
        marker: A marker of its own for this parameter.
        type_: The type.
        said: What stands beside it in `Annotated`: fields, validators, constraints.
    """
    marker.annotation = type_
    marker.metadata = []
    marker._attributes_set = dict(marker._attributes_set)
    for part in said:
        if not isinstance(part, FieldInfo):
            marker.metadata.append(part)
            continue
        marker.metadata += part.metadata
        for name in _SAID:
            value = getattr(part, name, None)
            if value is not None:
                setattr(marker, name, value)
                # Pydantic forgets what is not noted here when the marker becomes a model's field.
                marker._attributes_set[name] = value


def _is_annotated(info: FieldInfo) -> bool:
    """Tell whether a field says more than its type, its constraints and its names."""
    said = (
        info.title,
        info.description,
        info.examples,
        info.deprecated,
        info.json_schema_extra,
        info.field_title_generator,
    )
    return any(value is not None for value in said)


def _adapter_of(info: FieldInfo, config: ConfigDict | None) -> "TypeAdapter[Any]":
    metadata: list[Any] = list(info.metadata)
    if info.discriminator is not None:
        metadata.append(FieldInfo(discriminator=info.discriminator))
    type_: Any = Annotated[info.annotation, *metadata] if metadata else info.annotation
    if config is not None:
        return TypeAdapter(type_, config=config)
    try:
        # Unions compare equal whatever the order of their members, and 1 equals True: the text
        # tells them apart.
        return _shared_adapter(type_, repr(type_))
    except TypeError:
        return TypeAdapter(type_)


@lru_cache(maxsize=1024)
def _shared_adapter(type_: Any, _text: str) -> "TypeAdapter[Any]":
    return TypeAdapter(type_)


_KNOWN = frozenset({str, int, float, bool, bytes, dict, list, None, type(None), Any})


def _is_known(type_: Any) -> bool:
    """Tell whether Pydantic is sure to know a type, without asking it, which is slow."""
    if isinstance(type_, type) and not get_args(type_):
        return type_ in _KNOWN or issubclass(type_, BaseModel)
    origin = get_origin(type_)
    if origin in (list, dict, Union, types.UnionType):
        return all(_is_known(arg) for arg in get_args(type_))
    return type_ is Any


def holds_old_model(type_: Any) -> bool:
    """Tell whether a type is a model of `pydantic.v1`, or a sequence or a union of one."""
    # Whoever has such a model has imported its module; asking for it here would load it.
    old = sys.modules.get("pydantic.v1.main")
    if old is None:
        return False
    origin = get_origin(type_)
    if origin is None:
        return isinstance(type_, type) and issubclass(type_, old.BaseModel)
    if origin in (Annotated, Union, types.UnionType) or _is_sequence_class(type_):
        return any(holds_old_model(arg) for arg in get_args(type_))
    return False


def errors_at(exc: ValidationError, loc: tuple[int | str, ...]) -> list[dict[str, Any]]:
    """Return the errors as dicts, each `loc` starting with `loc`."""
    return [{**error, "loc": loc + error["loc"]} for error in exc.errors(include_url=False)]


def missing_error(loc: tuple[int | str, ...], input_: Any = None) -> dict[str, Any]:
    """Return the error for a required value that is not there."""
    return {"type": "missing", "loc": loc, "msg": "Field required", "input": input_}


# --- questions about types ------------------------------------------------------------------


def strip_annotated(type_: Any) -> Any:
    """Return the type without `Annotated` and without a ``type X = …`` alias."""
    while True:
        if get_origin(type_) is Annotated:
            type_ = get_args(type_)[0]
        elif is_type_alias(type_):
            type_ = type_.__value__
        else:
            return type_


def is_type_alias(type_: Any) -> bool:
    """Tell whether this is a ``type X = …`` alias, the language's own or the one for before it."""
    return isinstance(type_, TypeAliasType) or type(type_).__name__ == "TypeAliasType"


def union_members(type_: Any) -> tuple[Any, ...]:
    """Return the members of a union, or the type alone."""
    type_ = strip_annotated(type_)
    if get_origin(type_) in (Union, types.UnionType):
        return tuple(strip_annotated(member) for member in get_args(type_))
    return (type_,)


def lenient_issubclass(
    cls: Any, class_or_tuple: type[_T] | tuple[type[_T], ...] | None
) -> TypeGuard[type[_T]]:
    """Tell whether something is a class, and a subclass; False where `issubclass` would fail."""
    if class_or_tuple is None or not isinstance(cls, type) or get_origin(cls) is not None:
        return False
    return issubclass(cls, class_or_tuple)


def is_model(type_: Any) -> bool:
    """Tell whether a type is a Pydantic model class."""
    type_ = strip_annotated(type_)
    if get_origin(type_) is not None:
        return False
    return isinstance(type_, type) and issubclass(type_, BaseModel)


def is_upload(type_: Any) -> bool:
    """Tell whether a type is a file, or may be one."""
    return any(
        isinstance(member, type) and issubclass(member, StarletteUploadFile)
        for member in union_members(type_)
    )


def is_sequence(type_: Any) -> bool:
    """Tell whether a type is a sequence other than text, or may be one."""
    return any(_is_sequence_class(member) for member in union_members(type_))


def _is_sequence_class(type_: Any) -> bool:
    cls = get_origin(type_) or type_
    return isinstance(cls, type) and issubclass(cls, _SEQUENCES) and not issubclass(cls, _TEXT)


def is_scalar(type_: Any) -> bool:
    """Tell whether one piece of text can stand for a value of the type."""
    return not any(_is_structured(member) for member in union_members(type_))


def _is_structured(type_: Any) -> bool:
    cls = get_origin(type_) or type_
    if cls is not type_ and hasattr(cls, "__get_pydantic_core_schema__"):
        # A generic type that says itself how it is read, such as `Secret[int]`.
        return True
    if not isinstance(cls, type):
        return False
    if _is_sequence_class(cls) or issubclass(cls, (BaseModel, Mapping, StarletteUploadFile)):
        return True
    return dataclasses.is_dataclass(cls)


def is_scalar_sequence(type_: Any) -> bool:
    """Tell whether repeated pieces of text can stand for a value of the type."""
    members = [member for member in union_members(type_) if member is not type(None)]
    return (
        bool(members)
        and all(
            _is_sequence_class(member) and all(is_scalar(arg) for arg in get_args(member))
            for member in members
            if not is_scalar(member)
        )
        and any(_is_sequence_class(member) for member in members)
    )
