"""What a route's plan says, as the attributes that FastAPI's routes have.

Packages read them, and some change them. They are made when they are asked for.
"""

import dataclasses
from functools import cached_property
from typing import Any

from starlette.routing import BaseRoute

from kingpost._plan.body import body_field, plan_body
from kingpost._plan.dependants import Dependant, call_plan, dependant_of
from kingpost._plan.fields import ModelField
from kingpost._plan.model import ResponseKind, ResponsePlan, RoutePlan

__all__ = ["PlanViews", "dependant_of_route"]


def dependant_of_route(plan: RoutePlan) -> Dependant:
    """Return an operation's endpoint as a record."""
    return dependant_of(plan.endpoint, path=plan.path_format, scope="function")


class PlanViews(BaseRoute):
    """A route that shows its plan."""

    _plan: RoutePlan

    @property
    def plan(self) -> RoutePlan:
        """What the declaration means, with what was changed in `dependant` since."""
        if "dependant" in self.__dict__:
            self._follow()
        return self._plan

    @plan.setter
    def plan(self, plan: RoutePlan) -> None:
        for name in _VIEWS:
            self.__dict__.pop(name, None)
        self._plan = plan

    def _follow(self) -> None:
        """Plan anew where somebody changed `dependant`."""
        endpoint = call_plan(self.dependant)
        if endpoint is not self._plan.endpoint:
            self._plan = dataclasses.replace(
                self._plan, endpoint=endpoint, body=plan_body(endpoint)
            )
            self._forget()

    def _forget(self) -> None:
        """Drop what was made from the plan."""

    @cached_property
    def dependant(self) -> Dependant:
        """The endpoint with its parameters and dependencies; may be changed."""
        return dependant_of_route(self._plan)

    @cached_property
    def body_field(self) -> ModelField | None:
        """The whole body as one value."""
        plan = self.plan
        return body_field(plan.body, plan.unique_id) if plan.body is not None else None

    @cached_property
    def response_field(self) -> ModelField | None:
        """The response model."""
        return self._response.field if self._response else None

    @cached_property
    def response_fields(self) -> dict[int | str, ModelField]:
        """The models of the further answers to document."""
        return dict(self._plan.extra_responses)

    @cached_property
    def stream_item_field(self) -> ModelField | None:
        """The type of what a generator yields."""
        return self._response.item_field if self._response else None

    @cached_property
    def stream_item_type(self) -> Any | None:
        """The type of what a generator yields."""
        return self.stream_item_field.type_ if self.stream_item_field else None

    @cached_property
    def is_sse_stream(self) -> bool:
        """Whether server-sent events are sent."""
        return self._response is not None and self._response.kind is ResponseKind.EVENTS

    @cached_property
    def is_json_stream(self) -> bool:
        """Whether JSON Lines are sent."""
        return self._response is not None and self._response.kind is ResponseKind.JSON_LINES

    @cached_property
    def _embed_body_fields(self) -> bool:
        body = self.plan.body
        return body is not None and body.embed

    @property
    def _response(self) -> ResponsePlan | None:
        return self._plan.response


_VIEWS = [name for name, value in vars(PlanViews).items() if isinstance(value, cached_property)]
