"""Errors that an operation raises, and handlers that word them."""

from typing import Any

import pytest
from pydantic import BaseModel
from starlette.exceptions import HTTPException as StarletteHTTPException

from kingpost import HTTPException, Kingpost, Request, status
from kingpost.encoders import jsonable_encoder
from kingpost.exception_handlers import (
    http_exception_handler,
    request_validation_exception_handler,
)
from kingpost.exceptions import RequestValidationError, ResponseValidationError
from kingpost.responses import JSONResponse, PlainTextResponse, Response
from kingpost.testclient import TestClient

PLAYS = {"hamlet": "Elsinore"}


class TicketError(Exception):
    """A ticket that cannot be sold."""

    def __init__(self, seat: str) -> None:
        self.seat = seat


class Ticket(BaseModel):
    """A seat and its price."""

    seat: str
    price: int


def theatre(**options: Any) -> Kingpost:
    """Return an application whose operations raise."""
    app = Kingpost(**options)

    @app.get("/plays/{name}")
    async def play(name: str) -> dict[str, str]:
        if name not in PLAYS:
            raise HTTPException(status_code=404, detail="No such play")
        return {"place": PLAYS[name]}

    @app.get("/rows/{row}")
    async def row(row: int) -> dict[str, int]:
        if row == 13:
            raise HTTPException(status_code=418, detail="There is no row 13")
        return {"row": row}

    @app.post("/tickets")
    async def sell(ticket: Ticket) -> Ticket:
        if ticket.price < 0:
            raise TicketError(ticket.seat)
        return ticket

    return app


def test_http_exception() -> None:
    """The exception's status and detail are the answer; nothing after it runs."""
    client = TestClient(theatre())
    missing = client.get("/plays/macbeth")

    assert client.get("/plays/hamlet").json() == {"place": "Elsinore"}
    assert missing.status_code == 404
    assert missing.json() == {"detail": "No such play"}


def test_detail_of_any_json_value() -> None:
    """A dict, a list, a number or nothing may be the detail."""
    app = Kingpost()
    details: list[Any] = [{"code": 7, "of": ["a"]}, ["a", 1], 3, None, True]

    @app.get("/details/{index}")
    async def detail(index: int) -> None:
        raise HTTPException(status_code=400, detail=details[index])

    client = TestClient(app)
    answers = [client.get(f"/details/{index}").json() for index in range(len(details))]

    assert answers == [
        {"detail": {"code": 7, "of": ["a"]}},
        {"detail": ["a", 1]},
        {"detail": 3},
        {"detail": "Bad Request"},
        {"detail": True},
    ]


def test_headers_of_an_error() -> None:
    """An error may carry headers of its own."""
    app = Kingpost()

    @app.get("/stage")
    async def stage() -> None:
        raise HTTPException(
            status_code=403, detail="Actors only", headers={"X-Entrance": "backstage"}
        )

    answer = TestClient(app).get("/stage")

    assert answer.status_code == 403
    assert answer.headers["x-entrance"] == "backstage"


def test_error_without_a_body() -> None:
    """A status that allows no body sends none, whatever the detail says."""
    app = Kingpost()

    @app.get("/empty/{code}")
    async def empty(code: int) -> None:
        raise HTTPException(status_code=code, detail="unseen", headers={"x-kept": "yes"})

    client = TestClient(app)

    for code in (204, 304):
        answer = client.get(f"/empty/{code}")
        assert (answer.status_code, answer.content) == (code, b"")
        assert answer.headers["x-kept"] == "yes"


def test_handler_of_an_own_exception() -> None:
    """A registered handler turns an application's exception into its answer."""
    app = theatre()

    @app.exception_handler(TicketError)
    async def refuse(request: Request, error: TicketError) -> JSONResponse:
        return JSONResponse({"seat": error.seat, "path": request.url.path}, status_code=418)

    client = TestClient(app)
    answer = client.post("/tickets", json={"seat": "A1", "price": -1})

    assert answer.status_code == 418
    assert answer.json() == {"seat": "A1", "path": "/tickets"}
    assert client.post("/tickets", json={"seat": "A1", "price": 5}).status_code == 200


def test_exception_without_a_handler() -> None:
    """The test client raises what nobody handles; a server answers 500."""
    app = theatre()
    body = {"seat": "A1", "price": -1}

    with pytest.raises(TicketError):
        TestClient(app).post("/tickets", json=body)
    answer = TestClient(app, raise_server_exceptions=False).post("/tickets", json=body)
    assert (answer.status_code, answer.text) == (500, "Internal Server Error")


def test_handler_of_request_validation() -> None:
    """Invalid requests are worded by the application's own handler."""
    app = theatre()

    @app.exception_handler(RequestValidationError)
    async def plainly(request: Request, error: RequestValidationError) -> PlainTextResponse:
        lines = [f"{e['loc']}: {e['msg']}" for e in error.errors()]
        return PlainTextResponse("\n".join(lines), status_code=400)

    answer = TestClient(app).get("/rows/front")

    assert answer.status_code == 400
    assert answer.text == (
        "('path', 'row'): Input should be a valid integer, unable to parse string as an integer"
    )


def test_handler_of_http_exceptions() -> None:
    """A handler of the base class words raised errors, unknown paths and wrong methods."""
    app = theatre()

    @app.exception_handler(StarletteHTTPException)
    async def plainly(request: Request, error: StarletteHTTPException) -> PlainTextResponse:
        return PlainTextResponse(str(error.detail), status_code=error.status_code)

    client = TestClient(app)
    answers = [client.get("/rows/13"), client.get("/nowhere"), client.delete("/rows/1")]

    assert [(a.status_code, a.text) for a in answers] == [
        (418, "There is no row 13"),
        (404, "Not Found"),
        (405, "Method Not Allowed"),
    ]


def test_received_body_in_the_error() -> None:
    """The validation error keeps the body that was refused."""
    app = theatre()

    @app.exception_handler(RequestValidationError)
    async def echo(request: Request, error: RequestValidationError) -> JSONResponse:
        return JSONResponse(
            status_code=status.HTTP_422_UNPROCESSABLE_CONTENT,
            content=jsonable_encoder({"detail": error.errors(), "body": error.body}),
        )

    answer = TestClient(app).post("/tickets", json={"seat": "A1", "price": "dear"})

    assert answer.status_code == 422
    assert answer.json() == {
        "detail": [
            {
                "type": "int_parsing",
                "loc": ["body", "price"],
                "msg": "Input should be a valid integer, unable to parse string as an integer",
                "input": "dear",
            }
        ],
        "body": {"seat": "A1", "price": "dear"},
    }


def test_default_handlers_reused() -> None:
    """An own handler may note the error and let the default one answer."""
    app = theatre()
    noted: list[str] = []

    @app.exception_handler(StarletteHTTPException)
    async def note_http(request: Request, error: StarletteHTTPException) -> Response:
        noted.append(f"http {error.status_code}")
        return await http_exception_handler(request, error)

    @app.exception_handler(RequestValidationError)
    async def note_invalid(request: Request, error: RequestValidationError) -> Response:
        noted.append(f"invalid {len(error.errors())}")
        return await request_validation_exception_handler(request, error)

    client = TestClient(app)

    assert client.get("/rows/13").json() == {"detail": "There is no row 13"}
    assert client.get("/rows/x").status_code == 422
    assert noted == ["http 418", "invalid 1"]


def test_handler_of_a_status() -> None:
    """A handler may be registered for a status code, also when the application is made."""

    async def lost(request: Request, error: Exception) -> JSONResponse:
        return JSONResponse({"lost": request.url.path}, status_code=404)

    client = TestClient(theatre(exception_handlers={404: lost}))

    assert client.get("/nowhere").json() == {"lost": "/nowhere"}
    assert client.get("/plays/macbeth").json() == {"lost": "/plays/macbeth"}


def test_handler_of_every_exception() -> None:
    """A handler of `Exception` words the 500; a synchronous function will do."""
    app = theatre()

    @app.exception_handler(Exception)
    def failed(request: Request, error: Exception) -> JSONResponse:
        return JSONResponse({"error": type(error).__name__}, status_code=500)

    client = TestClient(app, raise_server_exceptions=False)
    answer = client.post("/tickets", json={"seat": "A1", "price": -1})

    assert (answer.status_code, answer.json()) == (500, {"error": "TicketError"})


def test_result_that_fails_its_model() -> None:
    """A result that the response model refuses is the server's error, with its entries."""
    app = Kingpost()

    @app.get("/tickets", response_model=Ticket)
    async def ticket() -> Any:
        return {"seat": "A1", "price": "free"}

    with pytest.raises(ResponseValidationError) as caught:
        TestClient(app).get("/tickets")

    assert [(error["type"], error["loc"]) for error in caught.value.errors()] == [
        ("int_parsing", ("response", "price"))
    ]
    assert caught.value.body == {"seat": "A1", "price": "free"}
