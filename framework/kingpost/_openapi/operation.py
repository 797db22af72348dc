"""A path operation → Operation Objects, one for each of its methods (OpenAPI 3.1.0, 4.8.10)."""

import dataclasses
import re
import warnings
from collections.abc import Iterator
from enum import Enum
from typing import Any

from kingpost._declare.route import RouteDeclaration
from kingpost._http.unset import given
from kingpost._openapi.bodies import METHODS_WITH_BODY, describe_body
from kingpost._openapi.merging import deep_merge
from kingpost._openapi.parameters import describe_parameters
from kingpost._openapi.responses import (
    VALIDATION_RESPONSE,
    VALIDATION_SCHEMAS,
    answers_invalid,
    describe_responses,
)
from kingpost._openapi.route import Described
from kingpost._openapi.schemas import Schemas
from kingpost._openapi.security import describe_security

__all__ = ["Operations", "operation_id", "summary_of"]


@dataclasses.dataclass(frozen=True)
class Operations:
    """Writes operations, and remembers what the whole document needs to know of them.

    Args:
        schemas: Those of the document.
    """

    schemas: Schemas
    security_schemes: dict[str, Any] = dataclasses.field(default_factory=dict)
    """Every security scheme that an operation names."""
    extra_schemas: dict[str, Any] = dataclasses.field(default_factory=dict)
    """Schemas that operations name and that belong to no value of theirs."""
    ids: set[str] = dataclasses.field(default_factory=set)

    def of(self, route: Described) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield each method of a route, in lower case, with its operation."""
        for method in route.plan.methods if route.declaration.include_in_schema else ():
            yield method.lower(), self._describe(route, method)

    def _describe(self, route: Described, method: str) -> dict[str, Any]:
        operation = self.metadata(route, method)
        requirements, schemes = describe_security(route.calls())
        if requirements:
            operation["security"] = requirements
            self.security_schemes.update(schemes)
        parameters = describe_parameters(route, self.schemas)
        if parameters:
            operation["parameters"] = parameters
        body = describe_body(route, self.schemas) if method in METHODS_WITH_BODY else None
        if body is not None:
            operation["requestBody"] = body
        if route.callbacks:
            operation["callbacks"] = self._callbacks(route)
        responses = describe_responses(route, self.schemas)
        if answers_invalid(route, responses):
            responses["422"] = VALIDATION_RESPONSE
            self.extra_schemas.update(VALIDATION_SCHEMAS)
        operation["responses"] = responses
        if route.declaration.openapi_extra:
            deep_merge(operation, route.declaration.openapi_extra)
        return operation

    def metadata(self, route: Described, method: str) -> dict[str, Any]:
        """Return what an operation says of itself; what it does not say is left out."""
        declaration = route.declaration
        metadata = {
            "tags": [tag.value if isinstance(tag, Enum) else tag for tag in declaration.tags],
            "summary": summary_of(declaration),
            "description": declaration.description,
            "operationId": self._unique(operation_id(route, method), route),
            "deprecated": bool(declaration.deprecated),
        }
        return {name: value for name, value in metadata.items() if value}

    def _unique(self, id_: str, route: Described) -> str:
        if id_ in self.ids:
            endpoint = route.declaration.endpoint
            name = getattr(endpoint, "__name__", type(endpoint).__name__)
            file = getattr(endpoint, "__globals__", {}).get("__file__")
            place = f" at {file}" if file else ""
            warnings.warn(f"Duplicate Operation ID {id_} for function {name}{place}", stacklevel=1)
        self.ids.add(id_)
        return id_

    def _callbacks(self, route: Described) -> dict[str, Any]:
        # As with FastAPI, what callbacks name is not added to the components, and a hidden one
        # keeps its place.
        operations = dataclasses.replace(self, security_schemes={}, extra_schemas={})
        return {
            callback.plan.name: {callback.plan.path_format: dict(operations.of(callback))}
            for callback in route.callbacks
        }


def summary_of(declaration: RouteDeclaration) -> str:
    """Return the summary of an operation: its own, or else one made of its name."""
    return declaration.summary or declaration.name.replace("_", " ").title()


def operation_id(route: Described, method: str) -> str:
    """Return the id of one method of a route.

    A route with one method has the id that its plan names. With several, each method has an id of
    its own, since ids must differ (OpenAPI 3.1.0, section 4.8.10.1).
    """
    declaration, plan = route.declaration, route.plan
    if declaration.operation_id:
        return declaration.operation_id
    if len(plan.methods) == 1:
        return plan.unique_id
    if given(declaration.generate_unique_id_function):
        return f"{plan.unique_id}_{method.lower()}"
    stem = re.sub(r"\W", "_", plan.name + plan.path_format)
    return f"{stem}_{method.lower()}"
