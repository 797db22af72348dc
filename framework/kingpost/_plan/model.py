"""The records between the stages: what a route does, with every question already answered.

`_compile` turns them into code, `_openapi` into documents, and the exact path of `_serve` follows
them step by step. None of the three looks at a signature.
"""

import dataclasses
from collections.abc import Callable, Iterator
from enum import Enum
from typing import Any, Literal, NamedTuple, TypeAlias

from starlette.responses import Response

from kingpost._declare.markers import Depends, Marker
from kingpost._http.errors import EndpointContext
from kingpost._http.types import FormLimits, IncEx
from kingpost._plan.fields import ModelField

__all__ = [
    "BodyPlan",
    "CacheKey",
    "CallKind",
    "CallPlan",
    "DependencyPlan",
    "Injected",
    "ParamPlan",
    "ResponseKind",
    "ResponsePlan",
    "RoutePlan",
    "Source",
]

CacheKey: TypeAlias = tuple[Callable[..., Any], tuple[str, ...], str]
"""What makes two dependencies of one request the same: callable, OAuth2 scopes, lifetime."""


class CallKind(Enum):
    """How a callable has to be called."""

    SYNC = "sync"
    ASYNC = "async"
    SYNC_GENERATOR = "sync generator"
    ASYNC_GENERATOR = "async generator"

    @property
    def is_generator(self) -> bool:
        """Whether the callable yields."""
        return self in (CallKind.SYNC_GENERATOR, CallKind.ASYNC_GENERATOR)


class Source(Enum):
    """Where a parameter's value comes from; the value is the first part of an error's `loc`."""

    PATH = "path"
    QUERY = "query"
    HEADER = "header"
    COOKIE = "cookie"
    BODY = "body"


class Injected(Enum):
    """What a parameter receives because of its type."""

    REQUEST = "request"
    WEBSOCKET = "websocket"
    CONNECTION = "connection"
    RESPONSE = "response"
    BACKGROUND_TASKS = "background tasks"
    SECURITY_SCOPES = "security scopes"


class SentName(NamedTuple):
    """A name under which the value of a model's field may come."""

    sent: str
    """The name in the request: with ``-`` for ``_`` in headers."""
    key: str
    """The key that the model looks for."""


@dataclasses.dataclass(frozen=True, slots=True)
class ParamPlan:
    """One parameter that is read from the request."""

    name: str
    """The callable's keyword."""
    source: Source
    field: ModelField
    """Its type, default and constraints; `field.alias` is its name in the request."""
    marker: Marker
    """What it was declared with, or would have been."""
    key: str
    """The name to read: the alias, with ``-`` for ``_`` in headers."""
    is_sequence: bool
    """Takes every value of its name, not just the last."""
    is_spread: bool = False
    """Is a model that stands for several parameters, or a union of such models in a form."""
    members: "tuple[ParamPlan, ...]" = ()
    """For a model that stands for several parameters: one plan for each of its fields; for a union
    of such models: one for each of these."""
    names: tuple[SentName, ...] = ()
    """For such a field: its names, the first that was sent counts."""

    @property
    def parts(self) -> "tuple[ParamPlan, ...]":
        """What the request holds for it: the fields of such a model, if any; else itself."""
        return self.members if self.is_spread else (self,)

    @property
    def is_choice(self) -> bool:
        """Whether the members are models, one of which is chosen."""
        return any(not member.names for member in self.members)


@dataclasses.dataclass(frozen=True, slots=True, weakref_slot=True)
class CallPlan:
    """How to call an endpoint or a dependency."""

    call: Callable[..., Any]
    kind: CallKind
    params: tuple[ParamPlan, ...]
    """Parameters outside the body, in the order path, query, header, cookie."""
    body_params: tuple[ParamPlan, ...]
    injected: tuple[tuple[str, Injected], ...]
    """Keyword and what it receives."""
    dependencies: "tuple[DependencyPlan, ...]"
    """In the order of execution."""
    scopes: tuple[str, ...] = ()
    """The OAuth2 scopes that it sees in `SecurityScopes`, outermost first."""
    requires_scopes: bool = False
    """Was declared with scopes, or is a security scheme."""

    def of(self, source: Source) -> tuple[ParamPlan, ...]:
        """Return the parameters of one source."""
        return tuple(param for param in self.params if param.source is source)

    def walk(self) -> "Iterator[CallPlan]":
        """Yield this plan and those of all dependencies, each before the dependencies it needs."""
        yield self
        for dependency in self.dependencies:
            yield from dependency.plan.walk()

    @property
    def uses_scopes(self) -> bool:
        """Whether the value can depend on the OAuth2 scopes."""
        return (
            self.requires_scopes
            or any(kind is Injected.SECURITY_SCOPES for _, kind in self.injected)
            or any(dependency.plan.uses_scopes for dependency in self.dependencies)
        )


@dataclasses.dataclass(frozen=True, slots=True)
class DependencyPlan:
    """One use of a dependency."""

    name: str | None
    """The keyword that receives the value; None where it is only run."""
    plan: CallPlan
    use_cache: bool
    scope: Literal["function", "request"]
    """When the code after `yield` runs."""
    cache_key: CacheKey
    marker: Depends


@dataclasses.dataclass(frozen=True, slots=True)
class BodyPlan:
    """The shape of the body, of all body parameters of the operation and its dependencies."""

    is_form: bool
    params: tuple[ParamPlan, ...]
    """Each name once."""
    embed: bool
    """Whether each parameter is a key of the body, or the only one is the body itself."""
    media_type: str
    required: bool


class ResponseKind(Enum):
    """What becomes of a path operation's result."""

    MODEL = "model"
    """Validated, filtered and written straight to JSON."""
    RENDERED = "rendered"
    """Made JSON-able (and filtered, where there is a model), then handed to a response class."""
    JSON_LINES = "json lines"
    EVENTS = "server-sent events"
    RETURNED_EVENTS = "server-sent events of what is returned"
    """Returned by a plain function whose response class is that of events, and iterated."""
    CHUNKS = "chunks"
    """Yielded, and handed to the response class as they come."""

    @property
    def is_stream(self) -> bool:
        """Whether there are items, to be sent one by one."""
        return self not in (ResponseKind.MODEL, ResponseKind.RENDERED)


@dataclasses.dataclass(frozen=True, slots=True)
class ResponsePlan:
    """What is validated and sent."""

    kind: ResponseKind
    field: ModelField | None
    """The response model."""
    item_field: ModelField | None
    """The type of what a generator yields."""
    response_class: type[Response]
    status_code: int | None
    include: IncEx | None
    exclude: IncEx | None
    by_alias: bool
    exclude_unset: bool
    exclude_defaults: bool
    exclude_none: bool
    merges_injected: bool = False
    """Whether a response that is returned takes over what was set on the injected one."""

    @property
    def dump_options(self) -> dict[str, Any]:
        """The keyword arguments for the serialiser."""
        return {
            "include": self.include,
            "exclude": self.exclude,
            "by_alias": self.by_alias,
            "exclude_unset": self.exclude_unset,
            "exclude_defaults": self.exclude_defaults,
            "exclude_none": self.exclude_none,
        }


@dataclasses.dataclass(frozen=True, slots=True)
class RoutePlan:
    """A path operation, or a WebSocket one (then without methods, body and response)."""

    path: str
    path_format: str
    name: str
    methods: tuple[str, ...]
    """In alphabetical order, so that everything made from them is the same in every process."""
    endpoint: CallPlan
    """Its `dependencies` start with those of the application, the routers and the decorator."""
    body: BodyPlan | None
    response: ResponsePlan | None
    extra_responses: dict[int | str, ModelField]
    """The models of the further answers to document."""
    unique_id: str
    context: EndpointContext
    strict_content_type: bool
    max_body_size: int | None
    form_limits: FormLimits
    declared: object = None
    """What the endpoint's parameters were made of: something else once these have changed."""
