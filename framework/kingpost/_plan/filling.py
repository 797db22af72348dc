"""A record of a call, filled parameter by parameter, for packages that make records themselves."""

from typing import Any

from pydantic.fields import FieldInfo

from kingpost._declare.markers import Cookie, Header, Path, Query
from kingpost._plan.dependants import INJECTED_NAMES, Dependant
from kingpost._plan.errors import ParameterError
from kingpost._plan.fields import ModelField
from kingpost._plan.parameters import injected_by

__all__ = ["add_non_field_param_to_dependency", "add_param_to_fields", "get_validation_alias"]

_LISTS: tuple[tuple[type[FieldInfo], str], ...] = (
    (Path, "path_params"),
    (Query, "query_params"),
    (Header, "header_params"),
    (Cookie, "cookie_params"),
)


def add_non_field_param_to_dependency(
    *, param_name: str, type_annotation: Any, dependant: Dependant
) -> bool | None:
    """Note a parameter that receives something because of its type.

    Args:
        param_name: Its name.
        type_annotation: Its type, without `Annotated`.
        dependant: The record.

    Returns:
        True, or None where the type is no such one.
    """
    kind = injected_by(type_annotation)
    if kind is None:
        return None
    setattr(dependant, INJECTED_NAMES[kind], param_name)
    return True


def add_param_to_fields(*, field: ModelField, dependant: Dependant) -> None:
    """Note a parameter that is read from the request, outside the body.

    Args:
        field: Made with `Path`, `Query`, `Header` or `Cookie`.
        dependant: The record.

    Raises:
        ParameterError: The field says not where its value comes from.
    """
    for marker, name in _LISTS:
        if isinstance(field.field_info, marker):
            getattr(dependant, name).append(field)
            return
    raise ParameterError(
        f"non-body parameters must be in path, query, header or cookie: {field.name}",
        hint="Make the field with Path(), Query(), Header() or Cookie().",
    )


def get_validation_alias(field: ModelField) -> str:
    """Return the name under which a field's value is read."""
    return field.validation_alias or field.alias
