"""All parameters of a record and of what it depends on, in one list."""

from collections.abc import Iterator
from typing import Any

from kingpost._plan.body import body_field, body_of
from kingpost._plan.dependants import Dependant
from kingpost._plan.fields import ModelField
from kingpost._plan.parameters import param_plan

__all__ = ["get_body_field", "get_flat_body_params", "get_flat_params"]


def get_flat_params(dependant: Dependant) -> list[ModelField]:
    """Return the parameters outside the body: path, query, header, cookie.

    Those of all dependencies are among them, each dependency once; for a model that stands for
    several parameters its fields are.
    """
    found: list[ModelField] = []
    for name in ("path_params", "query_params", "header_params", "cookie_params"):
        for record in _each_once(dependant):
            for field in getattr(record, name):
                found += [part.field for part in param_plan(field).parts]
    return found


def get_flat_body_params(dependant: Dependant) -> list[ModelField]:
    """Return the body parameters, those of all dependencies among them."""
    return [field for record in _walk(dependant) for field in record.body_params]


def get_body_field(
    *, body_params: list[ModelField], name: str, embed_body_fields: bool
) -> ModelField | None:
    """Return the whole body as one value; None for no body.

    Args:
        body_params: The body parameters.
        name: The operation's id; several parameters become a model named after it.
        embed_body_fields: Whether each parameter is a key of the body.

    Raises:
        ParameterError: A field says not that its value comes from the body.
    """
    params = [param_plan(field) for field in body_params]
    return body_field(body_of(params, embed=embed_body_fields), name) if params else None


def _each_once(dependant: Dependant) -> Iterator[Dependant]:
    seen: set[Any] = set()
    for record in _walk(dependant):
        scopes = {*(record.own_oauth_scopes or ()), *(record.parent_oauth_scopes or ())}
        key = (record.call, frozenset(scopes), record.scope)
        if key not in seen:
            seen.add(key)
            yield record


def _walk(dependant: Dependant) -> Iterator[Dependant]:
    yield dependant
    for inner in dependant.dependencies:
        yield from _walk(inner)
