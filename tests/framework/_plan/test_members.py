"""The plans of a model's fields, and the names under which they are read."""

from pydantic import AliasChoices, BaseModel, ConfigDict, Field

from kingpost._declare.markers import Body, Form, Header, Query
from kingpost._plan.members import members_of, models_in
from kingpost._plan.model import Source


class Reading(BaseModel):
    """A measurement and where it was made."""

    station_id: int = Field(validation_alias=AliasChoices("station", "st"))
    taken_at: str


class ByEither(Reading):
    """Filled by alias or by name."""

    model_config = ConfigDict(validate_by_name=True)


class ByName(Reading):
    """Filled by name alone."""

    model_config = ConfigDict(validate_by_name=True, validate_by_alias=False)


def names(model: type[BaseModel]) -> list[list[tuple[str, str]]]:
    """The names of each field of a header model: in the request, and for the model."""
    return [[*member.names] for member in members_of(model, Source.HEADER, Header())]


def test_names_of_a_header() -> None:
    """A name without alias has hyphens in the request; choices stand for themselves."""
    assert names(Reading) == [
        [("station", "station"), ("st", "st")],
        [("taken-at", "taken_at")],
    ]


def test_names_of_a_model_that_is_filled_by_alias_or_name() -> None:
    """The field's name comes after its aliases."""
    assert names(ByEither)[0] == [
        ("station", "station"),
        ("st", "st"),
        ("station-id", "station_id"),
    ]


def test_names_of_a_model_that_is_filled_by_name() -> None:
    """Aliases are no names there, and the documents show the field's own."""
    station = members_of(ByName, Source.QUERY, Query())[0]

    assert [*station.names] == [("station_id", "station_id")]
    assert station.key == "station_id"
    assert station.field.document_name == "station_id"


def test_only_models_have_members() -> None:
    """A scalar has none, nor has a JSON body; a form has."""
    assert members_of(int, Source.QUERY, Query()) == ()
    assert members_of(Reading, Source.BODY, Body()) == ()
    assert len(members_of(Reading, Source.BODY, Form())) == 2


def test_each_model_of_a_form_is_a_member() -> None:
    """A union in a form is one of its models; elsewhere a union stands for nothing else."""
    form = members_of(Reading | ByName | None, Source.BODY, Form())

    assert [(member.name, len(member.members)) for member in form] == [
        ("Reading", 2),
        ("ByName", 2),
    ]
    assert members_of(Reading | ByName, Source.QUERY, Query()) == ()


def test_models_of_a_union() -> None:
    """None may stand beside a model, nothing else."""
    assert models_in(Reading | None) == [Reading]
    assert models_in(Reading | int) == []
