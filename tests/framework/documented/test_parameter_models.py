"""Cookies, headers and query parameters that belong together, declared as one model."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from kingpost import Cookie, Header, Kingpost, Query
from kingpost.testclient import TestClient


class Visit(BaseModel):
    """What the shop remembers of a visitor."""

    basket_id: str
    currency: str = "EUR"
    referrer: str | None = None


class StrictVisit(BaseModel):
    """The same, and nothing else."""

    model_config = {"extra": "forbid"}

    basket_id: str
    currency: str = "EUR"


class Device(BaseModel):
    """What a reader sends along with each measurement."""

    serial_number: int
    firmware: str | None = None
    x_zone: list[str] = []


class StrictDevice(BaseModel):
    """The same, and nothing else."""

    model_config = {"extra": "forbid"}

    serial_number: int


class Page(BaseModel):
    """A page of a list."""

    size: int = Field(20, gt=0, le=100)
    start: int = Field(0, ge=0)
    sort: Literal["title", "year"] = "title"
    label: list[str] = []


class StrictPage(BaseModel):
    """The same, and nothing else."""

    model_config = {"extra": "forbid"}

    size: int = Field(20, gt=0, le=100)


def test_cookies_in_one_model() -> None:
    """Each field of the model is a cookie."""
    app = Kingpost()

    @app.get("/visit")
    async def visit(visit: Annotated[Visit, Cookie()]) -> Visit:
        return visit

    client = TestClient(app)
    sent = client.get("/visit", headers={"cookie": "basket_id=b7; referrer=mail"})
    missing = client.get("/visit", headers={"cookie": "currency=USD"})

    assert sent.json() == {"basket_id": "b7", "currency": "EUR", "referrer": "mail"}
    assert missing.status_code == 422
    assert missing.json() == {
        "detail": [
            {
                "type": "missing",
                "loc": ["cookie", "basket_id"],
                "msg": "Field required",
                "input": {"currency": "USD"},
            }
        ]
    }
    parameters = client.get("/openapi.json").json()["paths"]["/visit"]["get"]["parameters"]
    assert [(p["in"], p["name"], p["required"]) for p in parameters] == [
        ("cookie", "basket_id", True),
        ("cookie", "currency", False),
        ("cookie", "referrer", False),
    ]


def test_extra_cookies_are_refused() -> None:
    """A model that forbids extra fields refuses a cookie that it does not name."""
    app = Kingpost()

    @app.get("/visit")
    async def visit(visit: Annotated[StrictVisit, Cookie()]) -> StrictVisit:
        return visit

    client = TestClient(app)
    extra = client.get("/visit", headers={"cookie": "basket_id=b7; tracker=t1"})

    assert client.get("/visit", headers={"cookie": "basket_id=b7"}).status_code == 200
    assert extra.status_code == 422
    assert extra.json()["detail"] == [
        {
            "type": "extra_forbidden",
            "loc": ["cookie", "tracker"],
            "msg": "Extra inputs are not permitted",
            "input": "t1",
        }
    ]


def test_headers_in_one_model() -> None:
    """A field's underscores stand for hyphens, and a list takes a header that is repeated."""
    app = Kingpost()

    @app.get("/measure")
    async def measure(device: Annotated[Device, Header()]) -> Device:
        return device

    client = TestClient(app)
    sent = client.get(
        "/measure", headers=[("serial-number", "12"), ("x-zone", "n"), ("x-zone", "w")]
    )
    wrong = client.get("/measure", headers={"serial-number": "twelve"})

    assert sent.json() == {"serial_number": 12, "firmware": None, "x_zone": ["n", "w"]}
    assert wrong.json()["detail"] == [
        {
            "type": "int_parsing",
            "loc": ["header", "serial-number"],
            "msg": "Input should be a valid integer, unable to parse string as an integer",
            "input": "twelve",
        }
    ]


def test_extra_headers_are_refused() -> None:
    """A model that forbids extra fields refuses every other header, the client's own included."""
    app = Kingpost()

    @app.get("/measure")
    async def measure(device: Annotated[StrictDevice, Header()]) -> StrictDevice:
        return device

    client = TestClient(app, headers={"serial-number": "12"})
    usual = client.get("/measure")
    client.headers.clear()
    bare = client.build_request("GET", "/measure", headers={"serial-number": "12"})
    for name in ("host", "accept", "accept-encoding", "connection", "user-agent"):
        bare.headers.pop(name, None)

    assert [error["loc"][1] for error in usual.json()["detail"]] == [
        "host",
        "accept",
        "accept-encoding",
        "connection",
        "user-agent",
    ]
    assert client.send(bare).json()["detail"][0]["loc"] == ["header", "host"]


def test_header_model_with_underscores() -> None:
    """Without the conversion a field is the header of exactly its name."""
    app = Kingpost()

    @app.get("/measure")
    async def measure(device: Annotated[Device, Header(convert_underscores=False)]) -> Device:
        return device

    client = TestClient(app)
    sent = client.get("/measure", headers={"serial_number": "12", "x_zone": "n"})
    hyphens = client.get("/measure", headers={"serial-number": "12"})

    assert sent.json() == {"serial_number": 12, "firmware": None, "x_zone": ["n"]}
    assert hyphens.status_code == 422
    assert hyphens.json()["detail"][0]["loc"] == ["header", "serial_number"]


def test_query_in_one_model() -> None:
    """Each field of the model is a query parameter with its own constraints."""
    app = Kingpost()

    @app.get("/books")
    async def books(page: Annotated[Page, Query()]) -> Page:
        return page

    client = TestClient(app)
    sent = client.get("/books?size=5&start=10&sort=year&label=new&label=used")
    wrong = client.get("/books?size=101&start=-1&sort=price")

    assert sent.json() == {"size": 5, "start": 10, "sort": "year", "label": ["new", "used"]}
    assert client.get("/books").json() == {"size": 20, "start": 0, "sort": "title", "label": []}
    assert wrong.json()["detail"] == [
        {
            "type": "less_than_equal",
            "loc": ["query", "size"],
            "msg": "Input should be less than or equal to 100",
            "input": "101",
            "ctx": {"le": 100},
        },
        {
            "type": "greater_than_equal",
            "loc": ["query", "start"],
            "msg": "Input should be greater than or equal to 0",
            "input": "-1",
            "ctx": {"ge": 0},
        },
        {
            "type": "literal_error",
            "loc": ["query", "sort"],
            "msg": "Input should be 'title' or 'year'",
            "input": "price",
            "ctx": {"expected": "'title' or 'year'"},
        },
    ]


def test_extra_query_parameters_are_refused() -> None:
    """A model that forbids extra fields refuses a parameter that it does not name."""
    app = Kingpost()

    @app.get("/books")
    async def books(page: Annotated[StrictPage, Query()]) -> StrictPage:
        return page

    extra = TestClient(app).get("/books?size=5&tool=plumbus")

    assert extra.status_code == 422
    assert extra.json()["detail"] == [
        {
            "type": "extra_forbidden",
            "loc": ["query", "tool"],
            "msg": "Extra inputs are not permitted",
            "input": "plumbus",
        }
    ]
