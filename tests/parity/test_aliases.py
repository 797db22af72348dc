"""Aliases of parameters and fields: alias, validation_alias, AliasChoices, by_name."""

from typing import Annotated, Any

from pydantic import AliasChoices, AliasPath, BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from kingpost import APIRouter, Body, Cookie, Form, Header, Kingpost, Path, Query
from tests.parity.harness import case, get, post


class Camel(BaseModel):
    """Fields under camel-case names."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)

    first_name: str
    home_address: str | None = None


class TwoNames(BaseModel):
    """One name to read, another to write."""

    value: int = Field(validation_alias="in-name", serialization_alias="out-name")


@case(get("/?item-query=x"), get("/?q=x", 422))
def test_query_alias() -> Kingpost:
    """An alias replaces the argument's name in request, error and document."""
    app = Kingpost()

    @app.get("/")
    def read(q: Annotated[str, Query(alias="item-query")]) -> str:
        return q

    return app


@case(get("/?in=1"), get("/?q=1", 422), get("/?in=x", 422))
def test_validation_alias() -> Kingpost:
    """A validation_alias alone names the parameter in the request."""
    app = Kingpost()

    @app.get("/")
    def read(q: Annotated[int, Query(validation_alias="in")]) -> int:
        return q

    return app


@case(get("/?in=1"), get("/?out=1", 422), get("/?q=1", 422))
def test_alias_and_validation_alias() -> Kingpost:
    """With both, the validation alias is read."""
    app = Kingpost()

    @app.get("/")
    def read(q: Annotated[int, Query(alias="out", validation_alias="in")]) -> int:
        return q

    return app


@case(
    get("/?first=1"),
    get("/?second=2"),
    get("/?first=1&second=2"),
    get("/", 422),
    get("/?second=x", 422),
    get("/?first=x&second=2", 422),
)
def test_alias_choices() -> Kingpost:
    """Missing reports the first alias, a bad value the alias that was sent (behaviour 20)."""
    app = Kingpost()

    @app.get("/")
    def read(q: Annotated[int, Query(validation_alias=AliasChoices("first", "second"))]) -> int:
        return q

    return app


@case(
    post("/", json={"first": 1}),
    post("/", json={"second": 2}),
    post("/", 422, json={"second": "x"}),
    post("/", 422, json={}),
)
def test_alias_choices_in_body_model() -> Kingpost:
    """AliasChoices of a model's field (behaviour 20)."""

    class Item(BaseModel):
        value: int = Field(validation_alias=AliasChoices("first", "second"))

    app = Kingpost()

    @app.post("/")
    def create(item: Item) -> Item:
        return item

    return app


@case(
    get("/", headers={"X-A": "1", "Cookie": "cb=2"}),
    get("/", 422, headers={"X-A": "x", "Cookie": "cb=y"}),
    get("/", 422),
)
def test_alias_choices_in_header_and_cookie() -> Kingpost:
    """AliasChoices for headers and cookies (behaviour 20)."""
    app = Kingpost()

    @app.get("/")
    def read(
        a: Annotated[int, Header(validation_alias=AliasChoices("x-b", "x-a"))],
        c: Annotated[int, Cookie(validation_alias=AliasChoices("ca", "cb"))],
    ) -> list[int]:
        return [a, c]

    return app


@case(
    post("/", json={"firstName": "A", "homeAddress": "x"}),
    post("/", json={"first_name": "A"}),
    post("/", 422, json={"homeAddress": 5}),
)
def test_alias_generator() -> Kingpost:
    """Generated aliases in body, answer, error and document."""
    app = Kingpost()

    @app.post("/")
    def create(person: Camel) -> Camel:
        return person

    return app


@case(get("/names"), get("/aliases"), get("/x", 404))
def test_response_by_alias() -> Kingpost:
    """response_model_by_alias=False writes field names."""
    app = Kingpost()

    @app.get("/names", response_model=Camel, response_model_by_alias=False)
    def names() -> Any:
        return {"firstName": "A"}

    @app.get("/aliases", response_model=list[Camel])
    def aliases() -> Any:
        return [Camel(first_name="A")]

    return app


@case(
    post("/", json={"in-name": 1}),
    post("/", 422, json={"out-name": 1}),
    post("/", 422, json={"value": 1}),
)
def test_different_names_in_and_out() -> Kingpost:
    """A field read under one name and written under another has two schemas."""
    app = Kingpost()

    @app.post("/")
    def create(item: TwoNames) -> TwoNames:
        return item

    return app


@case(
    post("/", json={"the-a": 1, "b": 2}),
    post("/", 422, json={"a": 1, "b": 2}),
)
def test_alias_of_body_parameters() -> Kingpost:
    """Aliases of embedded scalar body parameters."""
    app = Kingpost()

    @app.post("/")
    def create(a: Annotated[int, Body(alias="the-a")], b: Annotated[int, Body()]) -> list[int]:
        return [a, b]

    return app


@case(
    post("/", data={"the-a": "1", "in-b": "2"}),
    post("/", 422, data={"a": "1", "b": "2"}),
)
def test_alias_of_form_fields() -> Kingpost:
    """Aliases and validation aliases of form fields."""
    app = Kingpost()

    @app.post("/")
    def create(
        a: Annotated[int, Form(alias="the-a")], b: Annotated[int, Form(validation_alias="in-b")]
    ) -> list[int]:
        return [a, b]

    return app


@case(
    get("/?a=1&first=2"),
    get("/?first=1", 422),
    get("/?a=x", 422),
)
def test_aliases_inside_query_model() -> Kingpost:
    """alias, validation alias and choices inside a query model."""

    class Search(BaseModel):
        one: int = Field(alias="a")
        two: int = Field(0, validation_alias=AliasChoices("first", "second"))

    app = Kingpost()

    @app.get("/")
    def read(search: Annotated[Search, Query()]) -> list[int]:
        return [search.one, search.two]

    return app


@case(
    post("/", json={"names": ["a", "b"]}),
    post("/", 422, json={"names": []}),
)
def test_alias_path_in_body_model() -> Kingpost:
    """An AliasPath reads from inside the body."""

    class Item(BaseModel):
        second: str = Field(validation_alias=AliasPath("names", 1))

    app = Kingpost()

    @app.post("/")
    def create(item: Item) -> str:
        return item.second

    return app


@case(get("/?page-size=5"), get("/?page-size=x", 422), get("/"))
def test_serialization_alias_is_not_read() -> Kingpost:
    """serialization_alias does not rename a parameter in the request."""
    app = Kingpost()

    @app.get("/")
    def read(
        size: Annotated[int, Query(alias="page-size", serialization_alias="ps")] = 1,
        other: Annotated[int, Query(serialization_alias="o")] = 2,
    ) -> list[int]:
        return [size, other]

    return app


@case(
    get("/a/1"),
    get("/b/1"),
    get("/both/1/2"),
    get("/both/2/x", 422),
    get("/own/1"),
    get("/mixed/1"),
    get("/wrong/1", 422),
    get("/included/1"),
)
def test_alias_choices_in_the_path() -> Kingpost:
    """The path itself says which of several names a part of it has."""
    app = Kingpost()
    either = Path(validation_alias=AliasChoices("a", "b"))

    @app.get("/a/{a}")
    @app.get("/b/{b}")
    @app.get("/both/{b}/{a}")
    @app.get("/own/{value}")
    @app.get("/wrong/{c}")
    def read(value: Annotated[int, either]) -> int:
        return value

    @app.get("/mixed/{value}")
    def mixed(
        value: Annotated[int, Path(validation_alias=AliasChoices("a", AliasPath("b", 0)))],
    ) -> int:
        return value

    router = APIRouter()

    @router.get("")
    def included(value: Annotated[int, either]) -> int:
        return value

    app.include_router(router, prefix="/included/{b}")
    return app


class Contact(BaseModel):
    """Fields with several names, required and not."""

    mail: str = Field(validation_alias=AliasChoices("mail", "e-mail"))
    name: str = Field("", validation_alias=AliasChoices("name", "full-name"))
    phone: int = Field(validation_alias=AliasChoices("tel", AliasPath("phones", 0)))
    town: str


class ByEither(BaseModel):
    """Filled by alias or by name."""

    model_config = ConfigDict(populate_by_name=True, title="Either", extra="forbid")

    first: str = Field(alias="1st", description="The first.")
    second: str = Field("x", alias="2nd")


@case(
    post("/beside", data={"e-mail": "m", "tel": "1", "town": "t", "n": "2"}),
    post("/beside", 422, data={"e-mail": "m", "phone": "1", "town": "t", "n": "2"}),
    post("/optional", data={"full-name": "n", "mail": "m", "tel": "1", "town": "t"}),
    post("/optional", 422, data={"full-name": "n", "mail": "m", "phone": "1", "town": "t"}),
    post("/optional", data={"tel": "1"}),
    post("/either", data={"first": "a", "2nd": "b"}),
    post("/either", 422, data={"full-name": "a"}),
    post("/alone", data={"1st": "a", "second": "b"}),
    post("/any", data={"first": "a"}),
)
def test_form_models_whose_fields_have_several_names() -> Kingpost:
    """Where a model is a part of a form, any name of a required field will do."""
    app = Kingpost()

    @app.post("/beside")
    def beside(contact: Annotated[Contact, Form(title="Who")], n: Annotated[int, Form()]) -> Any:
        return [contact, n]

    @app.post("/optional")
    def optional(contact: Annotated[Contact | None, Form()] = None) -> Any:
        return repr(contact)

    @app.post("/either")
    def either(value: Annotated[ByEither | None, Form()]) -> Any:
        return repr(value)

    @app.post("/alone")
    def alone(value: Annotated[ByEither, Form()]) -> Any:
        return repr(value)

    @app.post("/any")
    def several(value: Annotated[ByEither | Contact | None, Form()] = None) -> Any:
        return repr(value)

    return app


@case(
    post("/", data={"b": "x"}),
    post("/", 422, data={"b": ""}),
    post("/", 422, data={"a": "", "b": ""}),
)
def test_alias_choices_of_an_empty_form_field() -> Kingpost:
    """A field that was left empty counts as absent: the error names the first alias."""
    app = Kingpost()

    @app.post("/")
    def create(value: Annotated[str, Form(validation_alias=AliasChoices("a", "b"))]) -> str:
        return value

    return app
