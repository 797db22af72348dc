import dataclasses
from typing import Annotated, Any

import pytest
from pydantic import BaseModel

from kingpost._declare.depends import Depends
from kingpost._declare.markers import Body as BodyMarker
from kingpost._declare.markers import File as FileMarker
from kingpost._declare.markers import Form as FormMarker
from kingpost._declare.parameters import Body, File, Form
from kingpost._http.datastructures import UploadFile
from kingpost._plan.body import body_field, plan_body
from kingpost._plan.dependencies import plan_call
from kingpost._plan.fields import ModelField
from kingpost._plan.model import BodyPlan


class Item(BaseModel):
    """A body."""

    name: str


def body(call: Any) -> BodyPlan:
    """Return the body of an operation that has one."""
    found = plan_body(plan_call(call, path_names=frozenset()))
    assert found is not None
    return found


def one(item: Item) -> None:
    """Read the body."""


def two(item: Item, user: Item) -> None:
    """Read two keys of the body."""


def embedded(item: Annotated[Item, Body(embed=True)]) -> None:
    """Read one key of the body."""


def form(name: Annotated[str, Form()]) -> None:
    """Read a form."""


def model_form(item: Annotated[Item, Form()]) -> None:
    """Read a form as a model."""


def upload(name: Annotated[str, Form()], file: UploadFile) -> None:
    """Read a form with a file."""


def test_there_may_be_none() -> None:
    """An operation without body parameters reads no body."""

    def none(q: str) -> None:
        """Read the query."""

    assert plan_body(plan_call(none, path_names=frozenset())) is None


@pytest.mark.parametrize(
    ("call", "is_form", "embed", "media_type"),
    [
        (one, False, False, "application/json"),
        (two, False, True, "application/json"),
        (embedded, False, True, "application/json"),
        (form, True, True, "application/x-www-form-urlencoded"),
        (model_form, True, False, "application/x-www-form-urlencoded"),
        (upload, True, True, "multipart/form-data"),
    ],
)
def test_the_shape_follows_from_the_parameters(
    call: Any, is_form: bool, embed: bool, media_type: str
) -> None:
    """One parameter is the body, several are its keys, and one of a form is a key as well."""
    found = body(call)

    assert (found.is_form, found.embed, found.media_type) == (is_form, embed, media_type)


def test_dependencies_read_the_same_body() -> None:
    """Their parameters are keys beside those of the endpoint; the same name is the same key."""

    def user(user: Item, item: Item) -> None:
        """Read two keys."""

    def create(item: Item, user: Annotated[None, Depends(user)]) -> None:
        """Read a key and need a dependency that reads others."""

    found = body(create)

    assert [param.name for param in found.params] == ["item", "user"]
    assert found.embed


def test_it_is_required_when_a_part_is() -> None:
    """A body of optional parts may be left out."""

    def optional(a: Annotated[int, Body()] = 1, b: Annotated[int, Body()] = 2) -> None:
        """Need nothing."""

    def mixed(a: Annotated[int, Body()], b: Annotated[int, Body()] = 2) -> None:
        """Need one of two."""

    assert not body(optional).required
    assert body(mixed).required


def test_a_media_type_is_kept_when_all_agree() -> None:
    """A body has one type; where parameters disagree it is that of their kind."""

    def agree(
        a: Annotated[str, Body(media_type="text/yaml")],
        b: Annotated[str, Body(media_type="text/yaml")],
    ) -> None:
        """Agree."""

    def disagree(
        a: Annotated[str, Body(media_type="text/yaml")], b: Annotated[str, Body()]
    ) -> None:
        """Disagree."""

    assert body(agree).media_type == "text/yaml"
    assert body(disagree).media_type == "application/json"


class One(BaseModel):
    """A form of one field."""

    x: int


def documented(function: Any) -> ModelField:
    """Return the body of a form in which even a single model is one part."""
    return body_field(dataclasses.replace(body(function), embed=True), "id")


class TestField:
    def test_of_a_single_parameter_is_its_own(self) -> None:
        """There is nothing to put around it."""
        found = body(one)

        assert body_field(found, "id") is found.params[0].field

    @pytest.mark.parametrize(
        ("call", "marker", "names"),
        [
            (two, BodyMarker, ["item", "user"]),
            (embedded, BodyMarker, ["item"]),
            (form, FormMarker, ["name"]),
            (upload, FileMarker, ["name", "file"]),
        ],
    )
    def test_of_several_is_a_model(self, call: Any, marker: type, names: list[str]) -> None:
        """The model is named after the operation and has the parameters as fields."""
        found = body_field(body(call), "create_item")

        assert found.type_.__name__ == "Body_create_item"
        assert list(found.type_.model_fields) == names
        assert type(found.field_info) is marker
        assert found.required

    def test_is_optional_with_all_of_its_parts(self) -> None:
        """Documents must not ask for what no request needs."""

        def optional(a: Annotated[bytes | None, File()] = None) -> None:
            """Need nothing."""

        assert not body_field(body(optional), "id").required

    def test_shows_what_stands_for_a_model(self) -> None:
        """A form of one model that may be left out has that model's default."""

        def optional(a: Annotated[One | None, Form()] = One(x=1)) -> None:
            """Need nothing."""

        def made(a: One | None = Form(default_factory=lambda: One(x=1))) -> None:
            """Need nothing, and say not what it is."""

        assert documented(optional).field_info.default == One(x=1)
        assert documented(made).field_info.default is None
