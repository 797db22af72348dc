"""A path operation as the document sees it: what was written, and what it means."""

import dataclasses
import itertools
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any, Protocol

from starlette.routing import BaseRoute

from kingpost._declare.contexts import RouteContext
from kingpost._declare.route import RouteDeclaration
from kingpost._openapi.forms import is_one_model
from kingpost._plan.body import body_field
from kingpost._plan.fields import ModelField
from kingpost._plan.model import CacheKey, CallPlan, ParamPlan, ResponsePlan, RoutePlan, Source

__all__ = ["Described", "Documented", "describe", "describe_one", "fields_of"]

_SOURCES = (Source.PATH, Source.QUERY, Source.HEADER, Source.COOKIE)


class Documented(Protocol):
    """A route that can be documented."""

    @property
    def declaration(self) -> RouteDeclaration:
        """What was written, with the options of the routers around it."""

    @property
    def plan(self) -> RoutePlan:
        """What it means."""


@dataclasses.dataclass(frozen=True)
class Described:
    """A documented route, with what several sections of its operations need."""

    declaration: RouteDeclaration
    plan: RoutePlan
    response: ResponsePlan
    callbacks: "tuple[Described, ...]"

    @cached_property
    def body_params(self) -> tuple[ParamPlan, ...]:
        """The parameters of the body; of several with one name, as the document shows, the last."""
        body = self.plan.body
        if body is None or not body.embed:
            return () if body is None else body.params
        return tuple(
            {param.name: param for plan in self.calls() for param in plan.body_params}.values()
        )

    @cached_property
    def body(self) -> ModelField | None:
        """The whole body as one value; None for no body."""
        body = self.plan.body
        if body is None:
            return None
        embed = not is_one_model(body) if body.is_form else body.embed
        body = dataclasses.replace(body, params=self.body_params, embed=embed)
        return body_field(body, self.plan.unique_id)

    @cached_property
    def params(self) -> tuple[ParamPlan, ...]:
        """The parameters outside the body, of the operation and all it depends on, by source.

        A dependency that occurs again is left out: of several parameters with one name the last
        counts.
        """
        calls = list(_each_once(self.plan.endpoint, set()))
        return tuple(param for source in _SOURCES for plan in calls for param in plan.of(source))

    def calls(self) -> Iterator[CallPlan]:
        """Yield everything that is called for the operation, the endpoint first."""
        return self.plan.endpoint.walk()

    def fields(self) -> Iterator[ModelField]:
        """Yield every value of the operation and its callbacks."""
        return itertools.chain.from_iterable(self.groups())

    def groups(self) -> tuple[list[ModelField], ...]:
        """Return the values by what they are: body, responses, parameters, those of callbacks."""
        responses = [self.response.field, self.response.item_field]
        return (
            [self.body] if self.body is not None else [],
            [*filter(None, responses), *self.plan.extra_responses.values()],
            [part.field for param in self.params for part in param.parts],
            [
                field
                for callback in self.callbacks
                if callback.declaration.include_in_schema
                for field in callback.fields()
            ],
        )


def _each_once(plan: CallPlan, seen: set[CacheKey]) -> Iterator[CallPlan]:
    yield plan
    for dependency in plan.dependencies:
        if dependency.cache_key not in seen:
            seen.add(dependency.cache_key)
            yield from _each_once(dependency.plan, seen)


def describe(routes: Iterable[Documented | Any]) -> list[Described]:
    """Return the routes that belong into a document; others (mounts, WebSockets) are left out."""
    return [route for route in _describe(routes) if route.declaration.include_in_schema]


def describe_one(route: Documented) -> Described:
    """Return a single path operation, also one that is hidden from documents."""
    return next(_describe([route]))


def _describe(routes: Iterable[Documented | Any]) -> Iterator[Described]:
    for route in routes:
        plan = getattr(route, "plan", None)
        if isinstance(plan, RoutePlan) and plan.response is not None:
            declaration: RouteDeclaration = route.declaration
            callbacks = tuple(_describe(declaration.callbacks))
            yield Described(declaration, plan, plan.response, callbacks)


def fields_of(routes: Sequence[BaseRoute | RouteContext]) -> list[ModelField]:
    """Return every value that the document of some routes shows.

    All bodies come first, then all responses, then all parameters, as with FastAPI.
    """
    groups = zip(*(route.groups() for route in describe(routes)), strict=True)
    return [field for group in groups for fields in group for field in fields]
