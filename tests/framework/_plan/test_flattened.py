from typing import Annotated

from pydantic import BaseModel

from kingpost import Body, Cookie, Depends, Form, Header, Query
from kingpost._plan.dependants import get_dependant
from kingpost._plan.flattened import get_body_field, get_flat_body_params, get_flat_params


class Filters(BaseModel):
    """Stands for two query parameters."""

    limit: int = 10
    tags: list[str] = []


def inner(q: str, note: Annotated[str, Body()], x_a: Annotated[str, Header()]) -> None:
    """A dependency with parameters."""


def endpoint(
    item_id: int,
    filters: Annotated[Filters, Query()],
    text: Annotated[str, Body()],
    session: Annotated[str, Cookie()],
    value: Annotated[None, Depends(inner)],
) -> None:
    """Has parameters of every source."""


DEPENDANT = get_dependant(path="/items/{item_id}", call=endpoint)


def test_parameters_of_dependencies_and_models_are_among_them() -> None:
    """Sources come in their order; within one the outer call comes first."""
    names = [field.name for field in get_flat_params(DEPENDANT)]

    assert names == ["item_id", "limit", "tags", "q", "x_a", "session"]


def test_body_parameters_of_dependencies_are_among_them() -> None:
    """They read one body together."""
    assert [field.name for field in get_flat_body_params(DEPENDANT)] == ["text", "note"]


class TestBodyField:
    def test_of_several_parameters_is_a_model(self) -> None:
        """It is named after the operation."""
        field = get_body_field(
            body_params=get_flat_body_params(DEPENDANT), name="create", embed_body_fields=True
        )

        assert field is not None
        assert field.type_.__name__ == "Body_create"
        assert list(field.type_.model_fields) == ["text", "note"]

    def test_of_one_parameter_is_that_one(self) -> None:
        """Nothing is wrapped that is not embedded."""

        def single(form: Annotated[Filters, Form()]) -> None:
            """Reads a whole form."""

        fields = get_flat_body_params(get_dependant(path="/", call=single))

        assert get_body_field(body_params=fields, name="x", embed_body_fields=False) is fields[0]

    def test_of_nothing_is_none(self) -> None:
        """There is no body."""
        assert get_body_field(body_params=[], name="x", embed_body_fields=False) is None
