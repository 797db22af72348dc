"""Request to the values of its parameters."""

from collections.abc import Callable
from io import BytesIO
from typing import Annotated, Any

import pytest
from pydantic import BaseModel
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request

from kingpost import Body, Cookie, File, Form, Header, Query
from kingpost._compile.spread import ABSENT
from kingpost._plan.body import plan_body
from kingpost._plan.dependencies import plan_call
from kingpost._serve.reading import read_body_params, read_params


class Headers(BaseModel):
    """Headers as a model."""

    x_one: int
    x_two: list[str] = []


def request(query: str = "", headers: list[tuple[str, str]] | None = None, **path: str) -> Request:
    """A request with parameters."""
    return Request(
        {
            "type": "http",
            "query_string": query.encode(),
            "headers": [(k.encode(), v.encode()) for k, v in headers or []],
            "path_params": path,
        }
    )


def read(function: Callable[..., Any], connection: Request) -> tuple[dict[str, Any], list[Any]]:
    """Read a function's parameters; errors as (type, loc)."""
    plan = plan_call(function, path_names=frozenset(connection.path_params))
    values, errors = read_params(plan.params, connection)
    return values, [(error["type"], error["loc"]) for error in errors]


def test_every_source_is_read() -> None:
    """Path, query, header and cookie, each under its own name."""

    def endpoint(
        p: int, q: str, x_h: Annotated[str, Header()], c: Annotated[str, Cookie()] = "none"
    ) -> None:
        """Take one of each."""

    values, errors = read(endpoint, request("q=a", [("x-h", "b"), ("cookie", "c=d")], p="3"))

    assert (values, errors) == ({"p": 3, "q": "a", "x_h": "b", "c": "d"}, [])


def test_every_problem_is_reported_in_order() -> None:
    """One error each: path, query, header, cookie, whatever the order of the parameters."""

    def endpoint(
        c: Annotated[int, Cookie()], x_h: Annotated[int, Header()], q: int, p: int
    ) -> None:
        """Take one of each."""

    _, errors = read(endpoint, request("q=x", [("x-h", "y")], p="z"))

    assert errors == [
        ("int_parsing", ("path", "p")),
        ("int_parsing", ("query", "q")),
        ("int_parsing", ("header", "x-h")),
        ("missing", ("cookie", "c")),
    ]


def test_defaults_are_taken_unchecked_unless_asked_for() -> None:
    """A default is the application's own business."""

    def endpoint(
        a: Annotated[int, Query()] = "text",  # type: ignore[assignment]
        b: Annotated[int, Query(validate_default=True)] = "7",  # type: ignore[assignment]
    ) -> None:
        """Take two."""

    assert read(endpoint, request()) == ({"a": "text", "b": 7}, [])


def test_a_model_takes_all_there_is() -> None:
    """Errors name the headers as they are sent."""

    def endpoint(headers: Annotated[Headers, Header()]) -> None:
        """Take a model."""

    values, _ = read(endpoint, request(headers=[("x-one", "1"), ("x-two", "a"), ("x-two", "b")]))
    assert values["headers"] == Headers(x_one=1, x_two=["a", "b"])
    _, errors = read(endpoint, request(headers=[("host", "h")]))
    assert errors == [("missing", ("header", "x-one"))]


async def read_body(function: Callable[..., Any], received: Any) -> tuple[Any, list[Any]]:
    """Read a function's body; errors as (type, loc)."""
    plan = plan_call(function, path_names=frozenset())
    body = plan_body(plan)
    assert body is not None
    values, errors = await read_body_params(plan.body_params, body.embed, received)
    return values, [(error["type"], error["loc"]) for error in errors]


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("received", "expected"),
    [
        ({"x_one": 1}, ({"item": Headers(x_one=1)}, [])),
        (ABSENT, ({}, [("missing", ("body",))])),
        (None, ({}, [("model_attributes_type", ("body",))])),
        ("text", ({}, [("model_attributes_type", ("body",))])),
    ],
)
async def test_a_single_body_is_the_value(received: Any, expected: Any) -> None:
    """Nothing sent is something else than null."""

    def endpoint(item: Headers) -> None:
        """Take a body."""

    assert await read_body(endpoint, received) == expected


@pytest.mark.anyio
async def test_several_are_keys_and_each_is_missed() -> None:
    """A body that is no object has none of them."""

    def endpoint(a: Annotated[int, Body()], b: Annotated[int, Body()] = 2) -> None:
        """Take two."""

    assert await read_body(endpoint, {"a": 1}) == ({"a": 1, "b": 2}, [])
    missing = [("missing", ("body", name)) for name in "ab"]
    assert await read_body(endpoint, [1]) == ({}, missing)


@pytest.mark.anyio
async def test_empty_fields_of_a_form_were_not_filled_in() -> None:
    """Browsers send them all the same."""

    def endpoint(a: Annotated[str, Form()], b: Annotated[str, Form()] = "none") -> None:
        """Take two."""

    form = FormData([("a", ""), ("b", "")])
    assert await read_body(endpoint, form) == ({"b": "none"}, [("missing", ("body", "a"))])


class Filters(BaseModel):
    """Fields that have defaults."""

    limit: int = 10


def test_only_a_model_that_may_be_none_is_left_out() -> None:
    """Any other is made of what there is, even if that is nothing."""

    def endpoint(
        a: Annotated[Filters, Query()] = Filters(limit=1),
        b: Annotated[Filters | None, Query()] = Filters(limit=2),
    ) -> None:
        """Take two."""

    def required(a: Annotated[Filters | None, Query()]) -> None:
        """Take one."""

    values = {"a": Filters(limit=10), "b": Filters(limit=2)}
    assert read(endpoint, request("other=1")) == (values, [])
    assert read(required, request("other=1")) == ({}, [("missing", ("query",))])
    assert read(required, request("limit=3")) == ({"a": Filters(limit=3)}, [])


@pytest.mark.anyio
@pytest.mark.parametrize("form", [FormData([("limit", "")]), FormData([("limit", "10")])])
async def test_an_empty_field_shows_that_the_model_was_meant(form: FormData) -> None:
    """The form had it, so the model is made."""

    def endpoint(a: Annotated[Filters | None, Form()] = None) -> None:
        """Take one."""

    assert await read_body(endpoint, form) == ({"a": Filters()}, [])


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("annotation", "kind"),
    [(bytes, bytes), (bytes | None, bytes), (str | bytes, bytes), (Any, UploadFile)],
)
async def test_contents_are_read_where_bytes_are_declared(annotation: Any, kind: type) -> None:
    """Whatever else is declared gets the file."""

    def endpoint(a: Any = File()) -> None:
        """Take a file."""

    endpoint.__annotations__["a"] = annotation
    form = FormData([("a", UploadFile(BytesIO(b"content")))])
    values, errors = await read_body(endpoint, form)

    assert errors == []
    assert type(values["a"]) is kind
