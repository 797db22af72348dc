"""Calls as mutable records, in the form in which FastAPI shows them and packages change them.

A `CallPlan` and a `Dependant` say the same. The plan is what the stages work with; the record is
made from it when somebody asks for it, and a plan is made from the record again if it was changed.
"""

import dataclasses
from collections.abc import Callable, Sequence
from typing import Any, Literal, TypeAlias

from kingpost._declare.markers import Depends, Security
from kingpost._http.concurrency import DependencyConcurrency
from kingpost._plan.callables import call_kind
from kingpost._plan.dependencies import cache_key, plan_call, plan_dependency
from kingpost._plan.errors import ParameterError
from kingpost._plan.fields import ModelField
from kingpost._plan.model import (
    CallPlan,
    DependencyPlan,
    Injected,
    ParamPlan,
    Source,
)
from kingpost._plan.parameters import param_plan
from kingpost._plan.paths import path_names

__all__ = [
    "INJECTED_NAMES",
    "Dependant",
    "call_plan",
    "dependant_of",
    "get_dependant",
    "get_parameterless_sub_dependant",
]

Scope: TypeAlias = Literal["function", "request"] | None


class _OfPlan:
    """Remembers the plan that a record stands for; no field of the record."""

    __slots__ = ("_made_of",)
    _made_of: "_Origin"

    def _remember(self, origin: "_Origin") -> "_Origin":
        self._made_of = origin
        return origin


@dataclasses.dataclass(slots=True)
class Dependant(_OfPlan):
    """A callable with the parameters that it needs from a request, and what it depends on."""

    path_params: list[ModelField] = dataclasses.field(default_factory=list)
    query_params: list[ModelField] = dataclasses.field(default_factory=list)
    header_params: list[ModelField] = dataclasses.field(default_factory=list)
    cookie_params: list[ModelField] = dataclasses.field(default_factory=list)
    body_params: list[ModelField] = dataclasses.field(default_factory=list)
    dependencies: list["Dependant"] = dataclasses.field(default_factory=list)
    name: str | None = None
    """The keyword that receives the value."""
    call: Callable[..., Any] | None = None
    request_param_name: str | None = None
    websocket_param_name: str | None = None
    http_connection_param_name: str | None = None
    response_param_name: str | None = None
    background_tasks_param_name: str | None = None
    security_scopes_param_name: str | None = None
    own_oauth_scopes: list[str] | None = None
    parent_oauth_scopes: list[str] | None = None
    use_cache: bool = True
    path: str | None = None
    scope: Scope = None
    concurrency: DependencyConcurrency | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class _Origin:
    """The plan that a record stands for, and what the record looked like then."""

    look: tuple[Any, ...]
    plan: CallPlan


_LISTS = {
    Source.PATH: "path_params",
    Source.QUERY: "query_params",
    Source.HEADER: "header_params",
    Source.COOKIE: "cookie_params",
}
INJECTED_NAMES = {
    Injected.REQUEST: "request_param_name",
    Injected.WEBSOCKET: "websocket_param_name",
    Injected.CONNECTION: "http_connection_param_name",
    Injected.RESPONSE: "response_param_name",
    Injected.BACKGROUND_TASKS: "background_tasks_param_name",
    Injected.SECURITY_SCOPES: "security_scopes_param_name",
}
"""The attribute with the name of the parameter that receives a thing."""


# --- plan → record --------------------------------------------------------------------------


def dependant_of(plan: CallPlan, *, path: str, **declared: Any) -> Dependant:
    """Return the record of a plan.

    Args:
        plan: The call.
        path: The operation's path.
        declared: Further attributes, as the declaration has them.
    """
    record = Dependant(call=plan.call, path=path, **declared)
    for param in plan.params:
        getattr(record, _LISTS[param.source]).append(param.field)
    record.body_params += [param.field for param in plan.body_params]
    for name, kind in plan.injected:
        setattr(record, INJECTED_NAMES[kind], name)
    for dependency in plan.dependencies:
        record.dependencies.append(_of_dependency(dependency, plan.scopes, path))
    record._remember(_Origin(_look(record), plan))
    return record


def _of_dependency(
    dependency: DependencyPlan, outer_scopes: tuple[str, ...], path: str
) -> Dependant:
    marker = dependency.marker
    own = marker.scopes if isinstance(marker, Security) else None
    return dependant_of(
        dependency.plan,
        path=path,
        name=dependency.name,
        own_oauth_scopes=list(own or ()),
        # What a route lists runs without a name, and has nothing around it.
        parent_oauth_scopes=None if dependency.name is None else list(outer_scopes),
        use_cache=marker.use_cache,
        scope=marker.scope,
        concurrency=marker.concurrency,
    )


def get_dependant(
    *,
    path: str,
    call: Callable[..., Any],
    name: str | None = None,
    own_oauth_scopes: list[str] | None = None,
    parent_oauth_scopes: list[str] | None = None,
    use_cache: bool = True,
    scope: Scope = None,
    concurrency: DependencyConcurrency | None = None,
) -> Dependant:
    """Read the signature of an endpoint or a dependency.

    Args:
        path: The operation's path.
        call: The function, class or callable object.
        name: The keyword that receives its value.
        own_oauth_scopes: The OAuth2 scopes that are required of it.
        parent_oauth_scopes: Those that everything around it requires, outermost first.
        use_cache: Call it once in a request.
        scope: Its lifetime.
        concurrency: Bounds its calls.

    Raises:
        ParameterError: A parameter cannot be filled.
        DependencyScopeError: A dependency would outlive one that it needs.
    """
    plan = plan_call(
        call,
        path_names=path_names(path),
        outer_scopes=tuple(parent_oauth_scopes or ()),
        own_scopes=tuple(own_oauth_scopes or ()),
    )
    return dependant_of(
        plan,
        path=path,
        name=name,
        own_oauth_scopes=own_oauth_scopes,
        parent_oauth_scopes=parent_oauth_scopes,
        use_cache=use_cache,
        scope=scope,
        concurrency=concurrency,
    )


def get_parameterless_sub_dependant(*, depends: Depends, path: str) -> Dependant:
    """Return the record of a dependency that is only run.

    Args:
        depends: The declaration.
        path: The operation's path.

    Raises:
        ParameterError: There is nothing to call, or a parameter cannot be filled.
        DependencyScopeError: A dependency would outlive one that it needs.
    """
    plan = plan_dependency(None, depends, path_names=path_names(path))
    return _of_dependency(plan, (), path)


# --- record → plan --------------------------------------------------------------------------


def call_plan(dependant: Dependant) -> CallPlan:
    """Return the plan of a record: the one that it was made of, unless it was changed since.

    Raises:
        ParameterError: It has nothing to call, or a parameter says not where it comes from.
    """
    look = _look(dependant)
    origin = getattr(dependant, "_made_of", None)
    if origin is None or origin.look != look:
        known = {} if origin is None else _params_by_field(origin.plan)
        origin = dependant._remember(_Origin(look, _plan_anew(dependant, known)))
    return origin.plan


def _look(dependant: Dependant) -> tuple[Any, ...]:
    """Return something that changes with the record."""
    own = [
        tuple(map(_identity, value)) if isinstance(value, list) else _identity(value)
        for value in (getattr(dependant, name) for name in _COMPARED)
    ]
    return (*own, *(_look(inner) for inner in dependant.dependencies))


def _identity(item: object) -> object:
    return item if isinstance(item, str | bool | None) else id(item)


_COMPARED = [field.name for field in dataclasses.fields(Dependant) if field.name != "dependencies"]


def _params_by_field(plan: CallPlan) -> dict[int, ParamPlan]:
    return {id(param.field): param for param in (*plan.params, *plan.body_params)}


def _plan_anew(dependant: Dependant, known: dict[int, ParamPlan]) -> CallPlan:
    call = dependant.call
    if call is None:
        raise ParameterError(
            "A Dependant without `call` cannot be called.", hint="Give it the function."
        )

    def planned(fields: Sequence[ModelField]) -> list[ParamPlan]:
        return [known.get(id(field)) or param_plan(field) for field in fields]

    names = [(getattr(dependant, name), kind) for kind, name in INJECTED_NAMES.items()]
    outer, own = tuple(dependant.parent_oauth_scopes or ()), dependant.own_oauth_scopes or ()
    return CallPlan(
        call=call,
        kind=call_kind(call),
        params=tuple(
            param for name in _LISTS.values() for param in planned(getattr(dependant, name))
        ),
        body_params=tuple(planned(dependant.body_params)),
        injected=tuple((name, kind) for name, kind in names if name is not None),
        dependencies=tuple(_dependency_plan(inner) for inner in dependant.dependencies),
        scopes=outer + tuple(dict.fromkeys(scope for scope in own if scope not in outer)),
        requires_scopes=bool(own),
    )


def _dependency_plan(dependant: Dependant) -> DependencyPlan:
    plan = call_plan(dependant)
    return DependencyPlan(
        name=dependant.name,
        plan=plan,
        use_cache=dependant.use_cache or dependant.name is None,
        scope=dependant.scope or "request",
        cache_key=cache_key(plan, dependant.scope),
        marker=Depends(
            plan.call, dependant.use_cache, dependant.scope, _concurrency=dependant.concurrency
        ),
    )
