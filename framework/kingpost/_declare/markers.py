"""Marker classes: where a parameter comes from, and what a dependency is.

Each is plain data. The functions of the same names, which users call, are in `parameters` and
`depends`.

Pydantic marks `FieldInfo` as final for type checkers, so each class ignores that one complaint: a
marker has to be a field, or Pydantic would not find the constraints in it.
"""

import dataclasses
import warnings
from collections.abc import Callable, Sequence
from enum import Enum
from typing import Any, Literal, Unpack

from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from kingpost._declare.options import CONSTRAINTS, PARAMETER, ParamOptions
from kingpost._http.concurrency import DependencyConcurrency
from kingpost._http.errors import KingpostDeprecationWarning
from kingpost._http.stack import user_stacklevel
from kingpost._http.unset import Unset, given

__all__ = [
    "Body",
    "Cookie",
    "Depends",
    "File",
    "Form",
    "Header",
    "Marker",
    "Param",
    "ParamTypes",
    "Path",
    "Query",
    "Security",
]


class ParamTypes(Enum):
    """Where a parameter travels, as OpenAPI names it (3.1.0, section 4.8.12.1)."""

    query = "query"
    header = "header"
    path = "path"
    cookie = "cookie"


class Marker(FieldInfo):  # type: ignore[misc]
    """A Pydantic field with what only a request's parameter has.

    Args:
        default: The value when the request has none; without it the parameter is required.
        annotation: The parameter's type, filled in when the signature is read.
        options: See `ParamOptions`.
    """

    include_in_schema: bool
    example: Any
    openapi_examples: dict[str, Any] | None

    @PARAMETER.written_out
    def __init__(
        self,
        default: Any = PydanticUndefined,
        *,
        annotation: Any | None = None,
        **options: Unpack[ParamOptions],
    ):
        PARAMETER.check(f"{type(self).__name__}.__init__", options)
        self.include_in_schema = options.pop("include_in_schema", True)
        self.openapi_examples = options.pop("openapi_examples", None)
        self.example = options.pop("example", Unset)
        if given(self.example):
            _warn("`example` has been deprecated, please use `examples` instead")
        regex = options.pop("regex", None)
        if regex is not None:
            _warn("`regex` has been deprecated, please use `pattern` instead")
            if options.get("pattern") is None:
                options["pattern"] = regex
        field: dict[str, Any] = {
            name: value
            for name, value in options.items()
            if given(value) and not (value is None and name in CONSTRAINTS)
        }
        alias = field.get("alias")
        if alias is not None:
            if field.get("validation_alias") is None:
                field["validation_alias"] = alias
            if field.get("serialization_alias") is None:
                field["serialization_alias"] = alias
        if default is not PydanticUndefined or "default_factory" not in field:
            field["default"] = default
        super().__init__(annotation=annotation, **field)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.default})"


class Param(Marker):  # type: ignore[misc]
    """A parameter outside the body."""

    in_: ParamTypes


class Path(Param):  # type: ignore[misc]
    """A parameter in the path; always required."""

    in_ = ParamTypes.path

    @PARAMETER.written_out
    def __init__(
        self,
        default: Any = ...,
        *,
        annotation: Any | None = None,
        **options: Unpack[ParamOptions],
    ):
        if default is not ...:
            raise AssertionError(
                "Path parameters cannot have a default value: a request without the parameter "
                "has another path. Write Path() without one."
            )
        super().__init__(default, annotation=annotation, **options)


class Query(Param):  # type: ignore[misc]
    """A parameter in the query string."""

    in_ = ParamTypes.query


class Header(Param):  # type: ignore[misc]
    """A request header; ``_`` in the parameter's name stands for ``-`` in the header's."""

    in_ = ParamTypes.header
    convert_underscores: bool

    @PARAMETER.written_out
    def __init__(
        self,
        default: Any = PydanticUndefined,
        *,
        annotation: Any | None = None,
        convert_underscores: bool = True,
        **options: Unpack[ParamOptions],
    ):
        self.convert_underscores = convert_underscores
        super().__init__(default, annotation=annotation, **options)


class Cookie(Param):  # type: ignore[misc]
    """A cookie."""

    in_ = ParamTypes.cookie


class Body(Marker):  # type: ignore[misc]
    """The JSON body, or one key of it."""

    embed: bool | None
    media_type: str

    @PARAMETER.written_out
    def __init__(
        self,
        default: Any = PydanticUndefined,
        *,
        annotation: Any | None = None,
        embed: bool | None = None,
        media_type: str = "application/json",
        **options: Unpack[ParamOptions],
    ):
        self.embed = embed
        self.media_type = media_type
        super().__init__(default, annotation=annotation, **options)


class Form(Body):  # type: ignore[misc]
    """A field of a form."""

    @PARAMETER.written_out
    def __init__(
        self,
        default: Any = PydanticUndefined,
        *,
        annotation: Any | None = None,
        media_type: str = "application/x-www-form-urlencoded",
        **options: Unpack[ParamOptions],
    ):
        # The fields of a form are found by name: there is nothing to embed.
        PARAMETER.check(f"{type(self).__name__}.__init__", options)
        super().__init__(default, annotation=annotation, media_type=media_type, **options)


class File(Form):  # type: ignore[misc]
    """A file in a form."""

    @PARAMETER.written_out
    def __init__(
        self,
        default: Any = PydanticUndefined,
        *,
        annotation: Any | None = None,
        media_type: str = "multipart/form-data",
        **options: Unpack[ParamOptions],
    ):
        super().__init__(default, annotation=annotation, media_type=media_type, **options)


@dataclasses.dataclass(frozen=True)
class Depends:
    """A callable whose result is a parameter's value.

    Args:
        dependency: What to call; None stands for the parameter's annotation.
        use_cache: Call it once in a request, however often it is needed.
        scope: When code after `yield` runs: before ("function") or after ("request") the response
            is sent.
        max_concurrency: How many calls of this dependency may run at once in an event loop.
    """

    dependency: Callable[..., Any] | None = None
    use_cache: bool = True
    scope: Literal["function", "request"] | None = None
    max_concurrency: int | None = dataclasses.field(default=None, kw_only=True)
    _concurrency: DependencyConcurrency | None = dataclasses.field(
        default=None, kw_only=True, repr=False
    )

    def __post_init__(self) -> None:
        limit = self.max_concurrency
        if limit is not None and (type(limit) is not int or limit < 1):
            raise ValueError(
                f"max_concurrency must be a positive integer or None, not {limit!r}: it counts the "
                "calls that may run at once. Leave it out for no limit."
            )
        if limit is not None and self._concurrency is None:
            object.__setattr__(self, "_concurrency", DependencyConcurrency(limit))

    @property
    def concurrency(self) -> DependencyConcurrency | None:
        """Counts the calls of this declaration; None for no limit."""
        return self._concurrency


@dataclasses.dataclass(frozen=True)
class Security(Depends):
    """A dependency that also requires OAuth2 scopes (RFC 6749, section 3.3).

    Args:
        scopes: The scopes to require, on top of those that outer `Security` require.
    """

    scopes: Sequence[str] | None = None

    def __hash__(self) -> int:
        return hash((self.dependency, self.use_cache, self.scope, tuple(self.scopes or ())))


def _warn(message: str) -> None:
    warnings.warn(message, category=KingpostDeprecationWarning, stacklevel=user_stacklevel())
