"""One parameter of a signature → where its value comes from."""

import copy
import inspect
from collections.abc import Callable
from typing import Annotated, Any, TypeAlias, get_args, get_origin

from pydantic import AliasChoices, Json
from pydantic.errors import PydanticSchemaGenerationError
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined
from starlette.background import BackgroundTasks
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response
from starlette.websockets import WebSocket

from kingpost._declare.markers import (
    Body,
    Cookie,
    Depends,
    File,
    Form,
    Header,
    Marker,
    Path,
    Query,
)
from kingpost._declare.security.oauth2 import SecurityScopes
from kingpost._http.multipart import ensure_multipart_is_installed
from kingpost._http.naming import NAMES
from kingpost._plan.errors import ParameterError, ResponseModelError
from kingpost._plan.fields import (
    ModelField,
    gather,
    is_scalar,
    is_scalar_sequence,
    is_sequence,
    is_type_alias,
    is_upload,
    lenient_issubclass,
    strip_annotated,
    union_members,
)
from kingpost._plan.members import is_spread, members_of, models_in
from kingpost._plan.model import Injected, ParamPlan, Source

__all__ = ["Analysed", "analyse", "injected_by", "param_plan", "reject_type"]

Analysed: TypeAlias = ParamPlan | Depends | Injected
"""What a parameter turns out to be."""

_INJECTED: tuple[tuple[type, Injected], ...] = (
    (Request, Injected.REQUEST),
    (WebSocket, Injected.WEBSOCKET),
    (HTTPConnection, Injected.CONNECTION),
    (Response, Injected.RESPONSE),
    (BackgroundTasks, Injected.BACKGROUND_TASKS),
    (SecurityScopes, Injected.SECURITY_SCOPES),
)
_SOURCES: tuple[tuple[type[Marker], Source], ...] = (
    (Path, Source.PATH),
    (Query, Source.QUERY),
    (Header, Source.HEADER),
    (Cookie, Source.COOKIE),
    (Body, Source.BODY),
)


def analyse(
    parameter: inspect.Parameter, path_names: frozenset[str], call: Callable[..., Any]
) -> Analysed:
    """Decide where a parameter's value comes from.

    Args:
        parameter: With its annotation resolved.
        path_names: The names in the route's path.
        call: The function it belongs to, for error messages.

    Raises:
        ParameterError: The declaration contradicts itself or no request can fill it.
        ResponseModelError: Pydantic does not know the type.
    """
    return _Analysis(parameter, path_names, call).run()


class _Analysis:
    """The steps of `analyse`, sharing the parameter that they speak of in errors."""

    def __init__(
        self, parameter: inspect.Parameter, path_names: frozenset[str], call: Callable[..., Any]
    ) -> None:
        self.name = parameter.name
        self.call = call
        self.path_names = path_names
        self.in_path = parameter.name in path_names
        self.default = parameter.default
        annotation = parameter.annotation
        if is_type_alias(annotation):
            # It may stand for a type with a marker; one of another alias keeps its name.
            annotation = annotation.__value__
        self.annotation = Any if annotation is inspect.Parameter.empty else annotation
        self.type = strip_annotated(self.annotation)

    def run(self) -> Analysed:
        marker = self._from_annotated() or self._from_default()
        if isinstance(marker, Depends):
            return self._dependency(marker)
        injected = injected_by(self.type)
        if injected is not None:
            if marker is not None:
                raise self._error(
                    f"Cannot specify {NAMES.product} annotation for type {self.type!r}: the "
                    f"parameter {self.name!r} receives it because of its type.",
                    f"Remove {type(marker).__name__}().",
                )
            return injected
        if marker is None:
            marker = self._unmarked()
        return self._parameter(marker)

    # --- what was written -------------------------------------------------------------------

    def _from_annotated(self) -> Marker | Depends | None:
        if get_origin(self.annotation) is not Annotated:
            return None
        metadata = get_args(self.annotation)[1:]
        found = [item for item in metadata if isinstance(item, Marker | Depends)]
        if not found:
            return None
        marker = found[-1]
        if isinstance(self.default, Depends):
            first = (
                "`Depends` in `Annotated` and"
                if isinstance(marker, Depends)
                else f"a {NAMES.product} annotation in `Annotated` and `Depends` as a"
            )
            raise self._error(
                f"Cannot specify {first} default value together for {self.name!r}: only one of "
                "them can give the value.",
                "Keep the one in Annotated.",
            )
        if isinstance(marker, Depends):
            return marker
        if isinstance(self.default, FieldInfo):
            raise self._error(
                f"Cannot specify {NAMES.product} annotations in `Annotated` and default value "
                f"together for {self.name!r}: it is not clear which one holds.",
                "Keep the one in Annotated and write the default after =.",
            )
        return self._copy(marker, metadata)

    def _copy(self, marker: Marker, metadata: tuple[Any, ...]) -> Marker:
        """Return the marker for this parameter alone: aliases of `Annotated` are shared."""
        fields = [item for item in metadata if isinstance(item, FieldInfo)]
        if any(field.default not in (PydanticUndefined, ...) for field in fields):
            raise self._error(
                f"`{type(marker).__name__}` default value cannot be set in `Annotated` for "
                f"{self.name!r}. Set the default value with `=` instead.",
                f"Write {self.name}: Annotated[...] = default",
            )
        marker = copy.copy(marker)
        gather(marker, get_args(self.annotation)[0], metadata)
        if self.default is not inspect.Parameter.empty:
            if self.in_path:
                raise self._error(
                    f"Path parameters cannot have default values, and {self.name!r} has one: a "
                    "request without it has another path.",
                    "Remove the default, or give it to another route without the parameter.",
                )
            if marker.default_factory is not None:
                raise TypeError("cannot specify both default and default_factory")
            marker.default = self.default
        return marker

    def _from_default(self) -> Marker | Depends | None:
        if isinstance(self.default, Depends):
            return self.default
        if isinstance(self.default, Marker):
            marker = copy.copy(self.default)
            # The marker speaks for itself: what `Annotated` says beside it is left out.
            annotated = get_origin(self.annotation) is Annotated
            marker.annotation = get_args(self.annotation)[0] if annotated else self.annotation
            return marker
        if isinstance(self.default, FieldInfo):
            if self.in_path:
                raise self._error(
                    f"Cannot use `FieldInfo` for path param {self.name!r}: the path names it.",
                    "Write Path(...), with the same arguments.",
                )
            raise self._error(
                "non-body parameters must be in path, query, header or cookie: "
                f"{self.name} has the default Field(), which does not say where it comes from.",
                "Write Query(...), Body(...) or the like, with the same arguments.",
            )
        return None

    def _dependency(self, marker: Depends) -> Depends:
        if marker.dependency is not None:
            return marker
        return type(marker)(
            **{
                **{name: getattr(marker, name) for name in marker.__dataclass_fields__},
                "dependency": self.type,
            }
        )

    # --- what follows from the type ---------------------------------------------------------

    def _unmarked(self) -> Marker:
        marker: Marker
        if self.in_path:
            marker = Path()
        else:
            cls = File if self._holds_files() else Query if is_scalar(self.type) else Body
            empty = self.default is inspect.Parameter.empty
            marker = cls(PydanticUndefined if empty else self.default)
        if get_origin(self.annotation) is Annotated:
            base, *metadata = get_args(self.annotation)
            gather(marker, base, metadata)
        else:
            marker.annotation = self.annotation
        return marker

    def _holds_files(self) -> bool:
        """Tell whether the type is a file, or may be a sequence of nothing but files.

        A sequence that says nothing of its items is one of those.
        """
        return is_upload(self.type) or any(
            is_sequence(member) and all(is_upload(arg) for arg in get_args(member))
            for member in union_members(self.type)
        )

    # --- what it becomes --------------------------------------------------------------------

    def _parameter(self, marker: Marker) -> ParamPlan:
        source = next(source for cls, source in _SOURCES if isinstance(marker, cls))
        if self.in_path and source is not Source.PATH:
            raise self._error(
                f"Cannot use `{type(marker).__name__}` for path param {self.name!r}: the path "
                "names it.",
                "Use Path(), or rename the parameter.",
            )
        if isinstance(marker, Form):
            ensure_multipart_is_installed()
        choices = marker.validation_alias
        if source is Source.PATH and isinstance(choices, AliasChoices):
            # A part of the path has one name: the first of them that the path has.
            names = ModelField(marker, self.name).choices
            marker.validation_alias = next(filter(self.path_names.__contains__, names), None)
        field = ModelField(marker, self.name)
        sent_as = _sent_as(marker)
        self._check(field, source, sent_as)
        key = field.validation_alias or field.alias
        if (
            isinstance(marker, Header)
            and marker.convert_underscores
            and not (marker.alias or field.validation_alias or field.choices)
        ):
            key = self.name.replace("_", "-")
            marker.alias = key
        return ParamPlan(
            name=self.name,
            source=source,
            field=field,
            marker=marker,
            key=key,
            is_sequence=is_sequence(sent_as),
            is_spread=is_spread(sent_as, source, marker),
            members=members_of(sent_as, source, marker),
        )

    def _check(self, field: ModelField, source: Source, sent_as: Any) -> None:
        if source is Source.PATH and self.in_path and not is_scalar(self.type):
            raise self._error(
                f"Path params must be of one of the supported types: {self.name!r} is "
                f"{self.type!r}, and one path segment cannot hold it.",
                "Use str, int, float, bool, a UUID, a date, an Enum or the like.",
            )
        if source is Source.QUERY and not (
            is_scalar(sent_as) or is_scalar_sequence(sent_as) or len(models_in(sent_as)) == 1
        ):
            raise self._error(
                f"Query parameter {self.name!r} must be one of the supported types, not "
                f"{self.type!r}.",
                "Use a scalar, a list of scalars, or a model of them.",
            )
        try:
            field.check()
        except PydanticSchemaGenerationError as exc:
            given = [member for member in union_members(self.type) if injected_by(member)]
            if given:
                raise ResponseModelError(
                    f"Invalid args for response field! {self.name!r} is {field.type_!r}, and "
                    f"{given[0].__name__} is only given to a parameter of that very type.",
                    hint=f"Write {self.name}: {given[0].__name__}; it is always there.",
                    call=self.call,
                ) from exc
            raise reject_type(field.type_, self.call) from exc

    def _error(self, problem: str, hint: str) -> ParameterError:
        return ParameterError(problem, hint=hint, call=self.call)


def injected_by(type_: Any) -> Injected | None:
    """Return what a class receives; None for any other type."""
    return next((kind for cls, kind in _INJECTED if lenient_issubclass(type_, cls)), None)


def _sent_as(marker: Marker) -> Any:
    """Return what one value of a query, header, cookie or form field is, before it is validated.

    ``Json[...]`` is text that holds the value as JSON.
    """
    is_text = any(item is Json or type(item) is Json for item in marker.metadata)
    return str if is_text else strip_annotated(marker.annotation)


def param_plan(field: ModelField) -> ParamPlan:
    """Return the plan of a parameter of which only the field is known.

    Raises:
        ParameterError: The field says not where the value comes from.
    """
    marker = field.field_info
    source = next((source for cls, source in _SOURCES if isinstance(marker, cls)), None)
    if not isinstance(marker, Marker) or source is None:
        raise ParameterError(
            f"{field.name!r} says not where its value comes from.",
            hint="Make the field with Query(), Body() or the like as its field_info.",
        )
    sent_as = _sent_as(marker)
    return ParamPlan(
        name=field.name,
        source=source,
        field=field,
        marker=marker,
        key=field.validation_alias or field.alias,
        is_sequence=is_sequence(sent_as),
        is_spread=is_spread(sent_as, source, marker),
        members=members_of(sent_as, source, marker),
    )


def reject_type(type_: Any, call: Callable[..., Any] | None) -> ResponseModelError:
    """Return the error for a type that Pydantic does not know."""
    return ResponseModelError(
        f"Invalid args for response field! {type_!r} is not a valid Pydantic field type.",
        hint="Use a Pydantic model or a standard type; for a return annotation that is not meant "
        "as a response model, give the decorator the parameter response_model=None.",
        call=call,
    )
