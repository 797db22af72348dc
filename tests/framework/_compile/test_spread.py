"""Models that stand for several parameters."""

from typing import Annotated, Any, Literal
from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import AliasChoices, BaseModel, ConfigDict, Field, field_validator

from kingpost import Cookie, Form, Header, Kingpost, Query
from kingpost.routing import APIRoute
from kingpost.testclient import TestClient


class Plain(BaseModel):
    """Fields of several kinds."""

    size: int = Field(1, gt=0)
    tags: list[str] = []
    order: Literal["up", "down"] = "up"
    note: str | None = None
    other: str = Field("none", validation_alias=AliasChoices("other", "another"))


class Needing(BaseModel):
    """Cannot be made of nothing, and minds what it does not know."""

    model_config = ConfigDict(extra="forbid")

    size: int
    tag: str = Field("none", alias="the-tag")


class Keeping(BaseModel):
    """Keeps what it does not know."""

    model_config = ConfigDict(extra="allow")

    size: int = 0


class Coded(BaseModel):
    """Has code of its own."""

    size: int = 0

    @field_validator("size")
    @classmethod
    def double(cls, size: int) -> int:
        """Count twice."""
        return size * 2


SOURCES = [("query", Query()), ("header", Header()), ("cookie", Cookie()), ("form", Form())]
TYPES = [Plain, Needing, Keeping, Plain | None, Needing | None]


def application(type_: Any, marker: Any, default: Any = ...) -> Kingpost:
    """An application with one operation that takes a model."""
    app = Kingpost(openapi_url=None)

    def take(model: Any) -> Any:
        return repr(model)

    take.__annotations__["model"] = Annotated[type_, marker]
    if default is not ...:
        take.__defaults__ = (default,)
    app.api_route("/", methods=["GET", "POST"])(take)
    return app


def source_of(app: Kingpost) -> str:
    """The generated handler of the last operation."""
    route = app.routes[-1]
    assert isinstance(route, APIRoute)
    return route.handler_source


def send(app: Kingpost, source: str, pairs: list[tuple[str, str]]) -> tuple[int, str]:
    """Send pairs of name and value, and return the answer."""
    client = TestClient(app)
    if source == "query":
        answer = client.get("/", params=urlencode(pairs))
    elif source == "form":
        content = urlencode(pairs)
        kind = "application/x-www-form-urlencoded"
        answer = client.post("/", content=content, headers={"content-type": kind})
    elif source == "header":
        answer = client.get("/", headers=pairs)
    else:
        cookies = "; ".join(f"{name}={value}" for name, value in pairs)
        answer = client.get("/", headers={"cookie": cookies})
    return answer.status_code, answer.text


names = st.sampled_from(
    ["size", "tags", "order", "note", "other", "another", "tag", "the-tag", "x"]
)
values = st.sampled_from(["", "1", "0", "up", "text"])


@pytest.mark.parametrize("type_", TYPES, ids=str)
@pytest.mark.parametrize(("source", "marker"), SOURCES)
@given(pairs=st.lists(st.tuples(names, values), max_size=4))
@settings(max_examples=25, deadline=None)
def test_both_paths_give_the_same_answer(
    type_: Any, source: str, marker: Any, pairs: list[tuple[str, str]]
) -> None:
    """The generated handler's, and that of the exact path, which an override leads to."""
    default = None if type_ not in (Plain, Needing, Keeping) else ...
    compiled, exact = (application(type_, marker, default) for _ in range(2))
    exact.dependency_overrides[send] = send

    assert "Not compiled" not in source_of(compiled)
    assert send(compiled, source, pairs) == send(exact, source, pairs)


@pytest.mark.parametrize("marker", [Query(), Header(), Cookie(), Form()])
def test_a_model_with_code_of_its_own_has_its_turn(marker: Any) -> None:
    """Nobody can tell beforehand what the code does, so the exact path calls it in its turn."""
    app = application(Coded, marker)

    assert "Not compiled" in source_of(app)


def test_a_value_of_the_same_name_is_not_the_model() -> None:
    """The model's own name is none of the request's."""
    app = application(Plain | None, Form(), None)

    assert send(app, "form", [("model", "x")]) == (200, '"None"')
