import typing
from collections.abc import AsyncGenerator, AsyncIterator, Generator, Iterable, Iterator
from typing import Any

import pytest
from pydantic import BaseModel
from starlette.responses import HTMLResponse, JSONResponse, Response

from kingpost._plan.errors import ParameterError, ResponseModelError
from kingpost._plan.model import ResponseKind
from kingpost._plan.response import (
    extra_responses,
    plan_response,
    response_model_of,
    stream_item_type,
)
from tests.framework._plan.declarations import declare


class Item(BaseModel):
    """A response model."""

    name: str


class Opaque:
    """A class that Pydantic does not know."""


class EventStream(Response):
    """A response class for server-sent events."""

    is_event_stream = True


def returning(annotation: Any) -> Any:
    """Return a function with a return annotation."""

    def endpoint() -> None:
        """Answer."""

    endpoint.__annotations__["return"] = annotation
    return endpoint


def unannotated():  # type: ignore[no-untyped-def]
    """Answer with anything."""


def items() -> Iterator[Item]:
    """Answer item by item."""
    yield Item(name="x")


async def events() -> AsyncIterator[Item]:
    """Answer item by item."""
    yield Item(name="x")


class TestModel:
    @pytest.mark.parametrize(
        "annotation", [Item, list[Item], int, Item | None, dict[str, int], Any]
    )
    def test_is_the_return_annotation(self, annotation: Any) -> None:
        """What a function says it returns is what is validated."""
        assert response_model_of(declare(returning(annotation))) == annotation

    @pytest.mark.parametrize("annotation", [None, Response, HTMLResponse])
    def test_is_none_for_responses_and_nothing(self, annotation: Any) -> None:
        """A ready response is sent as it is."""
        assert response_model_of(declare(returning(annotation))) is None
        assert response_model_of(declare(unannotated)) is None

    def test_may_be_given_instead(self) -> None:
        """The argument goes before the annotation, and None switches it off."""
        assert response_model_of(declare(returning(int), response_model=Item)) is Item
        assert response_model_of(declare(returning(int), response_model=None)) is None

    def test_of_a_generator_is_that_of_its_items(self) -> None:
        """A stream as a whole is never validated."""
        assert response_model_of(declare(items)) is None

    @pytest.mark.parametrize("annotation", [Opaque, Item | Response])
    def test_has_to_be_a_type_that_can_be_validated(self, annotation: Any) -> None:
        """The message offers the way out for annotations that are meant otherwise."""
        with pytest.raises(ResponseModelError, match="response_model=None"):
            plan_response(declare(returning(annotation)), "id")

    @pytest.mark.parametrize("status", [100, 204, 205, 304])
    def test_does_not_go_with_a_status_without_a_body(self, status: int) -> None:
        """What is never sent cannot have a model."""
        with pytest.raises(ParameterError, match=f"Status code {status} must not have a response"):
            plan_response(declare(returning(Item), status_code=status), "id")
        assert plan_response(declare(unannotated, status_code=status), "id").field is None


class TestKind:
    @pytest.mark.parametrize(
        ("endpoint", "options", "kind"),
        [
            (returning(Item), {}, ResponseKind.MODEL),
            (unannotated, {}, ResponseKind.RENDERED),
            (returning(Item), {"response_model": None}, ResponseKind.RENDERED),
            (returning(Item), {"response_class": JSONResponse}, ResponseKind.RENDERED),
            (items, {}, ResponseKind.JSON_LINES),
            (events, {}, ResponseKind.JSON_LINES),
            (events, {"response_class": EventStream}, ResponseKind.EVENTS),
            (items, {"response_class": HTMLResponse}, ResponseKind.CHUNKS),
        ],
    )
    def test_follows_from_function_and_options(
        self, endpoint: Any, options: dict[str, Any], kind: ResponseKind
    ) -> None:
        """Straight to JSON only where nobody chose another class; generators are streams."""
        assert plan_response(declare(endpoint, **options), "id").kind is kind

    def test_of_a_stream_has_the_type_of_its_items(self) -> None:
        """Each item is validated on its own."""
        lines = plan_response(declare(items), "id")
        chunks = plan_response(declare(items, response_class=HTMLResponse), "id")

        assert lines.item_field is not None
        assert lines.item_field.type_ is Item
        assert chunks.item_field is None


def test_the_options_reach_the_serialiser() -> None:
    """Every filter is one of Pydantic's."""
    plan = plan_response(
        declare(
            returning(Item),
            status_code=201,
            response_model_include={"name"},
            response_model_exclude={"id"},
            response_model_by_alias=False,
            response_model_exclude_unset=True,
            response_model_exclude_defaults=True,
            response_model_exclude_none=True,
        ),
        "id",
    )

    assert plan.status_code == 201
    assert plan.dump_options == {
        "include": {"name"},
        "exclude": {"id"},
        "by_alias": False,
        "exclude_unset": True,
        "exclude_defaults": True,
        "exclude_none": True,
    }


@pytest.mark.parametrize(
    "annotation",
    [
        Iterable[Item],
        Iterator[Item],
        Generator[Item, None, None],
        AsyncIterator[Item],
        AsyncGenerator[Item, None],
    ],
)
def test_a_stream_has_items(annotation: Any) -> None:
    """Every type that yields says what it yields."""
    assert stream_item_type(annotation) is Item


def test_other_types_have_no_items() -> None:
    """A list is a value; a bare class says nothing; `typing`'s stand for streams of anything."""
    assert stream_item_type(list[Item]) is None
    assert stream_item_type(Item) is None
    assert stream_item_type(Iterator) is None
    assert stream_item_type(typing.Iterator) is Any


class TestExtraResponses:
    def test_have_a_field_each(self) -> None:
        """Only those with a model have anything to document."""
        fields = extra_responses(
            declare(unannotated, responses={404: {"model": Item}, "5XX": {"description": "x"}}),
            "read",
        )

        assert [(status, field.name, field.type_) for status, field in fields.items()] == [
            (404, "Response_404_read", Item)
        ]

    def test_do_not_go_with_a_status_without_a_body(self) -> None:
        """The message names the entry."""
        with pytest.raises(ParameterError, match="no model") as caught:
            extra_responses(declare(unannotated, responses={204: {"model": Item}}), "id")

        assert caught.value.hint == "Remove the model from responses[204]."

    def test_are_dicts(self) -> None:
        """A model alone, say, is refused where it is declared."""
        with pytest.raises(ParameterError, match=r"must be a dict; responses\[404\] is"):
            extra_responses(declare(unannotated, responses={404: Item}), "id")
