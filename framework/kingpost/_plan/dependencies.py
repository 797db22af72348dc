"""Signatures → a tree of calls: parameters by source, dependencies in order of execution."""

import dataclasses
from collections.abc import Callable, Sequence
from typing import Any, ForwardRef, Literal, TypeAlias
from weakref import WeakValueDictionary

from kingpost._declare.markers import Depends, Form, Security
from kingpost._declare.security.base import SecurityBase
from kingpost._http.errors import DependencyScopeError
from kingpost._http.multipart import ensure_multipart_is_installed
from kingpost._plan.callables import call_kind, name_of
from kingpost._plan.errors import DependencyError, ParameterError, PlanError
from kingpost._plan.model import (
    CacheKey,
    CallPlan,
    DependencyPlan,
    Injected,
    ParamPlan,
    Source,
)
from kingpost._plan.parameters import analyse
from kingpost._plan.signature import Declared, declared_by, parameters_of

__all__ = ["cache_key", "is_open", "plan_call", "plan_dependency", "with_more_first"]

_SharedKey: TypeAlias = tuple[Declared, frozenset[str], tuple[str, ...], tuple[str, ...]]

_ORDER = (Source.PATH, Source.QUERY, Source.HEADER, Source.COOKIE)


def plan_call(
    call: Callable[..., Any],
    *,
    path_names: frozenset[str],
    outer_scopes: tuple[str, ...] = (),
    own_scopes: tuple[str, ...] = (),
    first: Sequence[Depends] = (),
) -> CallPlan:
    """Read the signature of an endpoint or a dependency, and those of everything it depends on.

    Args:
        call: The function, class or callable object.
        path_names: The names in the route's path.
        outer_scopes: The OAuth2 scopes that everything around it requires, outermost first.
        own_scopes: Those that are required of it itself.
        first: Dependencies to run before its own, results discarded.

    Raises:
        ParameterError: A parameter cannot be filled.
        DependencyScopeError: A dependency would outlive one that it needs.
    """
    params: list[ParamPlan] = []
    body_params: list[ParamPlan] = []
    injected: list[tuple[str, Injected]] = []
    inner_scopes = outer_scopes + own_scopes
    dependencies = [_needed(call, None, each, path_names, inner_scopes) for each in first]
    for parameter in parameters_of(call):
        found = analyse(parameter, path_names, call)
        if isinstance(found, Depends):
            dependencies.append(_needed(call, parameter.name, found, path_names, inner_scopes))
        elif isinstance(found, Injected):
            injected.append((parameter.name, found))
        elif found.source is Source.BODY:
            body_params.append(found)
        else:
            params.append(found)
    return CallPlan(
        call=call,
        kind=call_kind(call),
        params=tuple(sorted(params, key=lambda param: _ORDER.index(param.source))),
        body_params=tuple(body_params),
        injected=tuple(injected),
        dependencies=tuple(dependencies),
        scopes=outer_scopes + tuple(dict.fromkeys(s for s in own_scopes if s not in outer_scopes)),
        requires_scopes=bool(own_scopes) or isinstance(call, SecurityBase),
    )


def with_more_first(
    endpoint: CallPlan, first: Sequence[Depends], *, path_names: frozenset[str]
) -> CallPlan:
    """Return an endpoint's plan with more dependencies in front.

    Args:
        endpoint: The plan without them.
        first: What to run before everything else, results discarded.
        path_names: The names in the route's path.

    Raises:
        ParameterError: A parameter of theirs cannot be filled.
        DependencyScopeError: One of them would outlive one that it needs.
    """
    if not first:
        return endpoint
    more = [_needed(endpoint.call, None, each, path_names, ()) for each in first]
    return dataclasses.replace(endpoint, dependencies=(*more, *endpoint.dependencies))


def is_open(plan: CallPlan) -> bool:
    """Tell whether an annotation names what was not there yet: planned later, it may be."""
    return any(
        isinstance(param.field.type_, ForwardRef)
        for call in plan.walk()
        for param in (*call.params, *call.body_params)
    )


def _needed(
    call: Callable[..., Any],
    name: str | None,
    depends: Depends,
    path_names: frozenset[str],
    outer_scopes: tuple[str, ...],
) -> DependencyPlan:
    try:
        return plan_dependency(name, depends, path_names=path_names, outer_scopes=outer_scopes)
    except PlanError as exc:
        exc.needed_by.insert(0, name_of(call))
        raise


def plan_dependency(
    name: str | None,
    depends: Depends,
    *,
    path_names: frozenset[str],
    outer_scopes: tuple[str, ...] = (),
) -> DependencyPlan:
    """Plan one use of a dependency.

    Args:
        name: The keyword that receives the value; None where it is only run.
        depends: The declaration.
        path_names: The names in the route's path.
        outer_scopes: The OAuth2 scopes that everything around it requires, outermost first.

    Raises:
        ParameterError: There is nothing to call.
        DependencyError: What a parameter depends on is no callable.
        DependencyScopeError: It would outlive a dependency that it needs.
    """
    call = depends.dependency
    if call is None or not callable(call):
        hint = "Write Depends(function)."
        if name is None:
            raise ParameterError(
                f"A parameter-less dependency must have a callable dependency, not {call!r}.",
                hint=hint,
            )
        raise DependencyError(f"{call!r} is not a callable object.", hint=hint)
    own = tuple(depends.scopes or ()) if isinstance(depends, Security) else ()
    plan = _shared_plan(call, path_names, outer_scopes, own)
    lifetime = depends.scope or "request"
    if lifetime == "request" and plan.kind.is_generator:
        _check_lifetime(plan)
    return DependencyPlan(
        name=name,
        plan=plan,
        # One that is only run need not run again: nobody would see another result.
        use_cache=depends.use_cache or name is None,
        scope="function" if lifetime == "function" else "request",
        cache_key=cache_key(plan, depends.scope),
        marker=depends,
    )


_shared: "WeakValueDictionary[_SharedKey, CallPlan]" = WeakValueDictionary()
"""Plans that some route has, so that the next one with the same dependency takes them over."""


def _shared_plan(
    call: Callable[..., Any],
    path_names: frozenset[str],
    outer_scopes: tuple[str, ...],
    own_scopes: tuple[str, ...],
) -> CallPlan:
    declared = declared_by(call)
    if declared is None:
        return plan_call(
            call, path_names=path_names, outer_scopes=outer_scopes, own_scopes=own_scopes
        )
    key = (declared, path_names, outer_scopes, own_scopes)
    plan = _shared.get(key)
    if plan is None:
        plan = plan_call(
            call, path_names=path_names, outer_scopes=outer_scopes, own_scopes=own_scopes
        )
        if not is_open(plan):
            _shared[key] = plan
    elif _reads_form(plan):
        # The plan says that there was a parser when it was made.
        ensure_multipart_is_installed()
    return plan


def _reads_form(plan: CallPlan) -> bool:
    return any(isinstance(param.marker, Form) for call in plan.walk() for param in call.body_params)


def cache_key(plan: CallPlan, scope: Literal["function", "request"] | None) -> CacheKey:
    """Return what makes two uses of a dependency the same.

    Args:
        plan: The dependency.
        scope: Its lifetime, as declared.
    """
    return (
        plan.call,
        tuple(sorted(set(plan.scopes))) if plan.uses_scopes else (),
        scope or "request" if plan.kind.is_generator else scope or "",
    )


def _check_lifetime(plan: CallPlan) -> None:
    for dependency in plan.dependencies:
        if dependency.marker.scope == "function":
            raise DependencyScopeError(
                f'The dependency "{name_of(plan.call)}" has a scope of "request", it cannot depend '
                'on dependencies with scope "function", which end before it. Give '
                f'{name_of(plan.call)} the scope "function", or '
                f'{name_of(dependency.plan.call)} the scope "request".'
            )
