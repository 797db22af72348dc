"""Forms that are one of several models: each reads the form as if it stood alone."""

from typing import Annotated, Any, Literal

from pydantic import (
    AliasChoices,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    model_validator,
)

from kingpost import Form, Kingpost, UploadFile
from tests.parity.harness import Log, case, post


class Card(BaseModel):
    """Takes nothing that it does not name."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal["card"] = "card"
    number: int
    codes: list[str] = []


class Account(BaseModel):
    """Takes nothing either, and has a name of its own."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal["account"] = "account"
    holder: int = Field(alias="held-by")


class Cash(BaseModel):
    """Does not mind what else there is."""

    kind: Literal["cash"] = "cash"
    number: str = Field("none", validation_alias=AliasChoices("amount", "number"))
    codes: str = ""


EMPTY = {"kind": "", "number": "", "held-by": ""}
REPEATED = {"number": "1", "codes": ["a", ""], "more": ["1", "2"]}


@case(
    post("/", data={"number": "1"}),
    post("/", data={"held-by": "1"}),
    post("/", 422, data=EMPTY),
    post("/", 422, data=REPEATED),
    post("/", 422, data={"number": "1", "held-by": ""}),
    post("/", 422),
)
def test_fields_left_empty() -> Kingpost:
    """An empty field is none for the model that has it, and one too many for another."""
    app = Kingpost()

    @app.post("/")
    def create(paid: Annotated[Card | Account, Form()]) -> Any:
        return repr(paid)

    return app


@case(
    post("/", data={"number": "1"}),
    post("/", data={"number": ["1", "2"], "codes": "a"}),
    post("/", data={"amount": "", "number": "7", "codes": ["a", ""]}),
    post("/", data=EMPTY),
    post("/", 422, data={"kind": "account", "held-by": "x"}),
    post("/", data={}),
)
def test_a_field_of_several_models() -> Kingpost:
    """One name is a list to one model, and text to another, under another alias."""
    app = Kingpost()

    @app.post("/")
    def create(paid: Annotated[Card | Account | Cash, Form()]) -> Any:
        return repr(paid)

    return app


@case(
    post("/", data={"kind": "card", "number": "1", "codes": "a"}),
    post("/", data={"kind": "cash", "number": "", "more": ""}),
    post("/", 422, data={"kind": "card", "number": ""}),
    post("/", 422, data=EMPTY),
    post("/", 422, data={"kind": ["card", "cash"], **REPEATED}),
    post("/", 422, data={}),
)
def test_discriminated_by_a_field() -> Kingpost:
    """The field that tells is looked for in what was sent."""
    app = Kingpost()

    @app.post("/")
    def create(
        paid: Annotated[Card | Account | Cash, Field(discriminator="kind"), Form()],
    ) -> Any:
        return repr(paid)

    return app


@case(
    post("/", data={"number": "1", "codes": "a"}),
    post("/", data={"amount": ["1", "2"], "codes": ""}),
    post("/", 422, data={"number": "x"}),
    post("/", data={}),
    post("/", files={"file": b"x"}),
)
def test_discriminated_by_a_function(log: Log) -> Kingpost:
    """The function sees everything as it was sent, and so does a validator of the whole."""

    def tell(sent: Any) -> str:
        log.append(repr(sorted(sent)))
        return "card" if "number" in sent else "cash"

    def look(sent: Any) -> Any:
        log.append(repr({**sent, "file": None}))
        return sent

    union = Annotated[Card, Tag("card")] | Annotated[Cash, Tag("cash")]
    app = Kingpost()

    @app.post("/")
    def create(
        paid: Annotated[union, Discriminator(tell), BeforeValidator(look), Form()],
    ) -> Any:
        return repr(paid)

    return app


class Seen(BaseModel):
    """Keeps what it was made of."""

    tags: list[str] = []
    sent: Any = None

    @model_validator(mode="before")
    @classmethod
    def _keep(cls, data: Any) -> Any:
        return {**data, "sent": repr(data)}


class Kept(Seen):
    """Has a field more."""

    extra: Annotated[int | None, BeforeValidator(str)] = None


@case(
    post("/", data={"tags": "a", "extra": ""}),
    post("/", data={"tags": ["a", ""], "extra": "1", "other": ["", "x"]}),
    post("/", 422, data={"tags": "a", "extra": "x"}),
    post("/", data={}),
    post("/", data={"other": "x"}),
)
def test_validators_of_the_models() -> Kingpost:
    """A model's own validators see what the model reads."""
    app = Kingpost()

    @app.post("/")
    def create(
        form: Annotated[Annotated[Kept, BeforeValidator(dict)] | Card | None, Form()] = None,
    ) -> Any:
        return repr(form)

    return app


class Photo(BaseModel):
    """A picture."""

    model_config = ConfigDict(extra="allow", arbitrary_types_allowed=True)

    picture: UploadFile


class Note(BaseModel):
    """A text."""

    text: str


@case(
    post("/", files={"picture": b"x"}, data={"text": ""}),
    post("/", data={"text": "a", "n": "2"}),
    post("/"),
    post("/", 422, data={"n": "2"}),
    post("/", 422, data={"text": "", "n": "2"}),
    post("/", 422, data={"text": "a", "picture": "b", "n": "x"}),
)
def test_optional_and_beside_a_field() -> Kingpost:
    """One of several models, or none, beside a field."""
    app = Kingpost()

    @app.post("/")
    async def create(
        n: Annotated[int, Form()] = 1,
        form: Annotated[Note | Photo | None, Form()] = None,
    ) -> Any:
        if isinstance(form, Photo):
            return [n, (await form.picture.read()).decode(), sorted(form.model_extra or {})]
        return [n, form]

    return app
