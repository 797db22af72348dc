"""Under which names the fields of a model that stands for several parameters are read."""

from collections.abc import Callable
from typing import Annotated, Any
from urllib.parse import urlencode

from pydantic import AliasChoices, AliasPath, BaseModel, ConfigDict, Field

from kingpost import Body, Cookie, Form, Header, Kingpost, Query
from tests.parity.harness import Call, case, get, post, request

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
    calls = []
    for model in MODELS:
        for sent in SENT:
            options: Any = {key: make(sent) for key, make in keywords.items()}
            calls.append(request("POST", f"/{model.__name__}", None, **options))
    return calls


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


class Deep(BaseModel):
    """Names that point into data, which parameters have not."""

    first: str | None = Field(None, validation_alias=AliasPath("z", 0))
    either: str | None = Field(None, validation_alias=AliasChoices("q", AliasPath("z", 1)))
    many: list[str] = Field([], validation_alias=AliasChoices(AliasPath("z", 1), "k"))


class Count(BaseModel):
    """May be left out."""

    count: int = 1


class Need(BaseModel):
    """Must be sent."""

    need: int


class Kept(Count):
    """Keeps what it does not name."""

    model_config = ConfigDict(extra="allow")


DEFAULTS: list[tuple[Any, dict[str, Any]]] = [
    (Need | None, {}),
    (Need | None, {"default": None}),
    (Need, {"default": Need(need=9)}),
    (Need, {"default": None}),
    (Count | None, {}),
    (Count | None, {"default": Count(count=7)}),
    (Count, {"default": Count(count=7)}),
    (Kept | None, {"default": None}),
    (Kept | None, {"default_factory": lambda: None}),
]
QUERIES = ("", "?need=1", "?need=x", "?count=2", "?other=3")


@case(
    *[request("GET", f"/{place}{sent}", None) for place in range(len(DEFAULTS)) for sent in QUERIES]
)
def test_default_of_a_model() -> Kingpost:
    """A default counts where None may stand beside the model; a model alone is always filled."""
    app = Kingpost()
    for place, (type_, options) in enumerate(DEFAULTS):

        def echo(group: Any) -> Any:
            return group

        echo.__annotations__["group"] = type_
        echo.__defaults__ = (Query(**options),)
        app.get(f"/{place}", name=f"echo{place}")(echo)
    return app


@case(
    get("/model?z=1&z=2", 422),
    get("/model?first=1&either=2&many=3"),
    get("/model?either=1&either=2&many=3&many=4&q=5&k=6", 422),
    get("/one?either=1"),
    get("/one?q=1", 422),
)
def test_paths_into_data() -> Kingpost:
    """Where one of the names is a path into data, the field's own name is read."""
    app = Kingpost()

    @app.get("/model")
    def model(deep: Annotated[Deep, Query()]) -> Any:
        return deep

    @app.get("/one")
    def one(
        either: Annotated[str, Query(validation_alias=AliasChoices("q", AliasPath("z", 1)))],
    ) -> Any:
        return either

    return app


@case(
    post("/", 422),
    post("/", 422, json=[]),
    post("/", 422, json=None),
    post("/", 422, json={"text": "x"}),
    post("/", json={"words": "x"}),
    post("/", json={"title": "x"}),
)
def test_missing_choices_of_the_body() -> Kingpost:
    """A missing part of the body is named by its first choice, whatever was sent."""
    app = Kingpost()

    @app.post("/")
    def echo(
        text: Annotated[str, Body(embed=True, validation_alias=AliasChoices("words", "title"))],
    ) -> str:
        return text

    return app
