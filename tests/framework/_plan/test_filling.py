from typing import Any

import pytest
from pydantic.fields import FieldInfo

from kingpost import BackgroundTasks, Cookie, Header, Path, Query, Request
from kingpost._plan.dependants import Dependant
from kingpost._plan.errors import ParameterError
from kingpost._plan.fields import ModelField
from kingpost._plan.filling import (
    add_non_field_param_to_dependency,
    add_param_to_fields,
    get_validation_alias,
)


def test_injected_parameters_are_noted() -> None:
    """A parameter's type says what it receives; others are left to the caller."""
    record = Dependant()
    types: dict[str, Any] = {"request": Request, "tasks": BackgroundTasks, "number": int}

    noted = [
        add_non_field_param_to_dependency(param_name=name, type_annotation=type_, dependant=record)
        for name, type_ in types.items()
    ]

    assert noted == [True, True, None]
    assert (record.request_param_name, record.background_tasks_param_name) == ("request", "tasks")


@pytest.mark.parametrize(
    ("marker", "name"),
    [
        (Path(), "path_params"),
        (Query(), "query_params"),
        (Header(), "header_params"),
        (Cookie(), "cookie_params"),
    ],
)
def test_fields_are_noted_by_their_source(marker: FieldInfo, name: str) -> None:
    """The marker says in which list a field belongs."""
    record, field = Dependant(), ModelField(marker, "value")

    add_param_to_fields(field=field, dependant=record)

    assert getattr(record, name) == [field]


def test_a_field_without_a_source_is_refused() -> None:
    """Nothing says where its value comes from."""
    field = ModelField(FieldInfo(annotation=int), "value")

    with pytest.raises(ParameterError, match="must be in path, query, header or cookie: value"):
        add_param_to_fields(field=field, dependant=Dependant())


def test_names_to_read() -> None:
    """The alias to read goes before the alias, the alias before the name."""
    markers = [Query(validation_alias="v", alias="a"), Query(alias="a"), Query()]

    assert [get_validation_alias(ModelField(marker, "n")) for marker in markers] == ["v", "a", "n"]
