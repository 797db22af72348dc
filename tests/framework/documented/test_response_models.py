"""What becomes of a result: return types, response models, filters and unions."""

from dataclasses import dataclass
from typing import Annotated, Any

import pytest
from pydantic import BaseModel, ConfigDict, EmailStr, Field

from kingpost import Body, Kingpost, Response
from kingpost.exceptions import KingpostError
from kingpost.responses import JSONResponse, RedirectResponse
from kingpost.testclient import TestClient


class Account(BaseModel):
    """What anybody may see."""

    name: str
    email: EmailStr
    nickname: str | None = None


class AccountIn(Account):
    """What the owner sends."""

    password: str


class Vehicle(BaseModel):
    """What all vehicles have."""

    kind: str
    wheels: int = 4


class Truck(Vehicle):
    """A vehicle that carries."""

    kind: str = "truck"
    load: float


class Bicycle(Vehicle):
    """A vehicle that does not."""

    kind: str = "bicycle"
    wheels: int = 2


SENT = {"name": "ada", "email": "ada@example.com", "password": "secret"}
SHOWN = {"name": "ada", "email": "ada@example.com", "nickname": None}


def test_return_type_filters() -> None:
    """The annotated type is what is sent, whatever else the result holds."""
    app = Kingpost()

    @app.post("/accounts")
    async def create(account: AccountIn) -> Account:
        return account

    answer = TestClient(app).post("/accounts", json=SENT)

    assert answer.json() == SHOWN
    responses = app.openapi()["paths"]["/accounts"]["post"]["responses"]
    assert responses["200"]["content"]["application/json"]["schema"] == {
        "$ref": "#/components/schemas/Account"
    }


def test_response_model_goes_before_the_return_type() -> None:
    """Where both are given, the option holds."""
    app = Kingpost()

    @app.post("/accounts", response_model=Account)
    async def create(account: AccountIn) -> AccountIn:
        return account

    assert TestClient(app).post("/accounts", json=SENT).json() == SHOWN


def test_internal_fields_stay_inside() -> None:
    """A stored record of more fields than the answer is given away in none of them."""

    class Stored(Account):
        id: int
        password_hash: str
        is_admin: bool = False

    app = Kingpost()

    @app.get("/accounts/{id}", response_model=Account)
    async def read(id: int) -> Any:
        return Stored(id=id, password_hash="x", name="ada", email="ada@example.com")

    assert TestClient(app).get("/accounts/3").json() == SHOWN


def test_lists_and_optional_results() -> None:
    """A list of models, and a result that may be nothing."""
    app = Kingpost()

    @app.get("/accounts", response_model=list[Account])
    async def every() -> Any:
        return [{**SHOWN, "secret": 1}, {"name": "bob", "email": "bob@example.com"}]

    @app.get("/accounts/{id}", response_model=Account | None)
    async def read(id: int) -> Any:
        return SHOWN if id == 1 else None

    client = TestClient(app)

    assert [account["name"] for account in client.get("/accounts").json()] == ["ada", "bob"]
    assert all("secret" not in account for account in client.get("/accounts").json())
    assert client.get("/accounts/1").json() == SHOWN
    assert client.get("/accounts/2").json() is None
    assert client.get("/accounts/2").status_code == 200


def test_no_return_type_sends_everything() -> None:
    """Without a type the result is encoded as it is."""
    app = Kingpost()

    @app.post("/accounts")
    async def create(account: AccountIn):  # type: ignore[no-untyped-def]  # noqa: ANN202, RUF100
        return account

    assert TestClient(app).post("/accounts", json=SENT).json() == {**SHOWN, "password": "secret"}


def test_return_type_that_is_a_response() -> None:
    """A response, or a class of it, is sent as it is and documented without a model."""
    app = Kingpost()

    @app.get("/portal")
    async def portal(teleport: bool = False) -> Response:
        if teleport:
            return RedirectResponse(url="https://example.com/there")
        return JSONResponse(content={"message": "here"})

    @app.get("/teleport")
    async def teleport() -> RedirectResponse:
        return RedirectResponse(url="https://example.com/there")

    client = TestClient(app, follow_redirects=False)

    assert client.get("/portal").json() == {"message": "here"}
    assert client.get("/portal?teleport=yes").headers["location"] == "https://example.com/there"
    assert client.get("/teleport").status_code == 307


def test_type_that_is_no_model_is_refused() -> None:
    """A response or something else cannot be validated, unless the model is switched off."""
    app = Kingpost()

    with pytest.raises(KingpostError, match="response_model=None"):

        @app.get("/refused")
        async def refused() -> Response | dict[str, str]:
            return {}

    @app.get("/accepted", response_model=None)
    async def accepted(plain: bool = True) -> Response | dict[str, str]:
        return {"a": "b"} if plain else Response(status_code=204)

    client = TestClient(app)
    assert client.get("/accepted").json() == {"a": "b"}
    assert client.get("/accepted?plain=0").status_code == 204


def test_fields_that_were_not_set() -> None:
    """Only what was set is sent, a value equal to its default included."""

    class Dish(BaseModel):
        name: str
        tax: float = 10.5
        tags: list[str] = []

    dishes = {
        "plain": {"name": "Stew"},
        "full": {"name": "Pie", "tax": 20, "tags": ["hot"]},
        "same": {"name": "Soup", "tax": 10.5, "tags": []},
    }
    app = Kingpost()

    @app.get("/dishes/{key}", response_model=Dish, response_model_exclude_unset=True)
    async def read(key: str) -> Any:
        return dishes[key]

    client = TestClient(app)

    assert {key: client.get(f"/dishes/{key}").json() for key in dishes} == {
        "plain": {"name": "Stew"},
        "full": {"name": "Pie", "tax": 20.0, "tags": ["hot"]},
        "same": {"name": "Soup", "tax": 10.5, "tags": []},
    }


def test_fields_included_and_excluded() -> None:
    """Sets and lists of names will both do."""
    app = Kingpost()

    @app.get("/public", response_model=AccountIn, response_model_include={"name", "nickname"})
    async def public() -> Any:
        return SENT

    @app.get(
        "/private",
        response_model=AccountIn,
        response_model_exclude=["password"],  # type: ignore[arg-type]
    )
    async def private() -> Any:
        return SENT

    client = TestClient(app)

    assert client.get("/public").json() == {"name": "ada", "nickname": None}
    assert client.get("/private").json() == SHOWN


def test_union_of_models() -> None:
    """The first member that fits best is sent; the document names all."""
    app = Kingpost()
    vehicles = {"a": {"kind": "truck", "load": 3}, "b": {"kind": "bicycle", "wheels": 2}}

    @app.get("/vehicles/{key}", response_model=Truck | Bicycle)
    async def read(key: str) -> Any:
        return vehicles[key]

    client = TestClient(app)

    assert client.get("/vehicles/a").json() == {"kind": "truck", "wheels": 4, "load": 3.0}
    assert client.get("/vehicles/b").json() == {"kind": "bicycle", "wheels": 2}
    responses = app.openapi()["paths"]["/vehicles/{key}"]["get"]["responses"]
    assert len(responses["200"]["content"]["application/json"]["schema"]["anyOf"]) == 2


def test_plain_dict_as_model() -> None:
    """A dict of any keys with values of one type."""
    app = Kingpost()

    @app.get("/weights", response_model=dict[str, float])
    async def weights() -> Any:
        return {"lead": "11.3", "cork": 1}

    assert TestClient(app).get("/weights").json() == {"lead": 11.3, "cork": 1.0}


def test_input_copied_to_output() -> None:
    """One model's data makes another, with what the server adds."""

    class Stored(Account):
        password_hash: str

    app = Kingpost()

    @app.post("/accounts", response_model=Account, status_code=201)
    async def create(account: AccountIn) -> Any:
        return Stored(**account.model_dump(), password_hash="hashed " + account.password)

    answer = TestClient(app).post("/accounts", json=SENT)

    assert (answer.status_code, answer.json()) == (201, SHOWN)


def test_objects_read_by_their_attributes() -> None:
    """Any object with the model's attributes will do, a row of a database for one."""

    class Row:
        def __init__(self, name: str) -> None:
            self.name = name
            self.email = f"{name}@example.com"
            self.secret = "kept"

    class FromRow(Account):
        model_config = ConfigDict(from_attributes=True)

    app = Kingpost()

    @app.get("/rows", response_model=list[FromRow])
    async def rows() -> Any:
        return [Row("ada"), Row("bob")]

    assert TestClient(app).get("/rows").json()[1] == {
        "name": "bob",
        "email": "bob@example.com",
        "nickname": None,
    }


def test_dataclasses_in_and_out() -> None:
    """Dataclasses of the standard library are bodies and answers, nested ones too."""

    @dataclass
    class Leaf:
        colour: str

    @dataclass
    class Plant:
        name: str
        leaves: list[Leaf]
        height: float = 1.0

    app = Kingpost()

    @app.post("/plants")
    async def add(plant: Plant) -> Plant:
        return plant

    client = TestClient(app)
    sent = client.post("/plants", json={"name": "ivy", "leaves": [{"colour": "green"}]})
    wrong = client.post("/plants", json={"name": "ivy", "leaves": [{}]})

    assert sent.json() == {"name": "ivy", "leaves": [{"colour": "green"}], "height": 1.0}
    assert wrong.json()["detail"][0]["loc"] == ["body", "leaves", 0, "colour"]


def test_aliases_in_answers() -> None:
    """Fields are sent under their aliases, unless the operation says otherwise."""

    class Part(BaseModel):
        model_config = ConfigDict(populate_by_name=True)

        number: Annotated[int, Field(alias="partNumber")]

    app = Kingpost()

    @app.post("/aliased")
    async def aliased(part: Part) -> Part:
        return part

    @app.post("/named", response_model_by_alias=False)
    async def named(part: Annotated[Part, Body()]) -> Part:
        return part

    client = TestClient(app)

    assert client.post("/aliased", json={"number": 3}).json() == {"partNumber": 3}
    assert client.post("/named", json={"partNumber": 3}).json() == {"number": 3}
