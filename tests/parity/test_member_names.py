"""Under which names the fields of a model that stands for several parameters are read."""

from collections.abc import Callable
from typing import Annotated, Any
from urllib.parse import urlencode

from pydantic import AliasChoices, BaseModel, ConfigDict, Field

from kingpost import Cookie, Form, Header, Kingpost, Query
from tests.parity.harness import Call, case, post

Pairs = list[tuple[str, str]]

SENT: list[Pairs] = [
    [],
    [("save_data", "1")],
    [("save-data", "1")],
    [("x-save", "1"), ("save_data", "2")],
    [("x-save", "1"), ("save-data", "2")],
    [("x-save", "")],
    [("x-save", ""), ("save_data", "3")],
    [("x-save", "1"), ("tag", "a"), ("tag", "b"), ("tags", "c"), ("tags", "d")],
    [("x-save", "1"), ("tag", ""), ("own", "")],
    [("save_data", "1"), ("tags", "c"), ("tags", "d")],
    [("x-save", "1"), ("own", "2"), ("ch", "3")],
    [("x-save", "1"), ("o_v", "2"), ("c_a", "3"), ("c-b", "4")],
    [("x-save", "1"), ("c-b", "4")],
    [("Save-Data", "1"), ("Tags", "r"), ("tags", "s"), ("z", "1"), ("z", "2")],
]


class Plain(BaseModel):
    """No other names."""

    save_data: str
    tags: list[str] = []


class Aliased(BaseModel):
    """Other names of every kind."""

    save_data: str = Field(alias="x-save")
    tags: list[str] = Field([], alias="tag")
    own: str | None = Field(None, validation_alias="o_v")
    ch: str | None = Field(None, validation_alias=AliasChoices("c_a", "c-b"))


class ByEither(Aliased):
    """Filled by alias or by name."""

    model_config = ConfigDict(populate_by_name=True)


class ByName(Aliased):
    """Filled by name alone."""

    model_config = ConfigDict(validate_by_name=True, validate_by_alias=False)


class Strict(ByEither):
    """Refuses what it does not name."""

    model_config = ConfigDict(extra="forbid")


class Open(ByEither):
    """Keeps what it does not name."""

    model_config = ConfigDict(extra="allow")


class Generated(BaseModel):
    """Names made by a rule."""

    model_config = ConfigDict(
        alias_generator=lambda name: name.title().replace("_", "-"), populate_by_name=True
    )

    save_data: str
    tags: list[str] = []


MODELS = (Plain, Aliased, ByEither, ByName, Strict, Open, Generated)


def application(marker: Callable[..., Any]) -> Kingpost:
    """An operation for each model."""
    app = Kingpost()
    for model in MODELS:

        def echo(group: Any) -> Any:
            return group

        echo.__annotations__["group"] = Annotated[model, marker()]
        app.post(f"/{model.__name__}", name=model.__name__)(echo)
    return app


def every(**keywords: Callable[[Pairs], Any]) -> list[Call]:
    """All that can be sent, to each model; the keywords say how."""
    return [
        post(f"/{model.__name__}", None, **{k: make(sent) for k, make in keywords.items()})  # type: ignore[arg-type]
        for model in MODELS
        for sent in SENT
    ]


@case(*every(params=list))
def test_names_in_the_query() -> Kingpost:
    """Query parameters are found under alias, choices and name, as the model's settings say."""
    return application(Query)


@case(*every(headers=list))
def test_names_in_headers() -> Kingpost:
    """A field's name stands for a header with hyphens, an alias for itself."""
    return application(Header)


@case(*every(headers=lambda sent: {"cookie": "; ".join(map("=".join, sent))}))
def test_names_in_cookies() -> Kingpost:
    """Cookies have one value each."""
    return application(Cookie)


@case(
    *every(
        content=urlencode,
        headers=lambda _: {"content-type": "application/x-www-form-urlencoded"},
    )
)
def test_names_in_a_form() -> Kingpost:
    """An empty field of a form counts as not sent, under each name."""
    return application(Form)
