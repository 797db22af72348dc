"""A request class and a route class of one's own."""

import gzip
import json
from collections.abc import Callable, Coroutine
from typing import Annotated, Any

from kingpost import APIRouter, Body, HTTPException, Kingpost, Request, Response
from kingpost.exceptions import RequestValidationError
from kingpost.routing import APIRoute
from kingpost.testclient import TestClient

Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class CompressedRequest(Request):
    """Unpacks a body that was sent compressed."""

    async def body(self) -> bytes:
        """Return the body as it was before it was compressed."""
        if not hasattr(self, "_unpacked"):
            body = await super().body()
            packed = "gzip" in self.headers.getlist("content-encoding")
            self._unpacked = gzip.decompress(body) if packed else body
        return self._unpacked


class CompressedRoute(APIRoute):
    """Hands its operation the other kind of request."""

    def get_route_handler(self) -> Handler:
        """Wrap the usual handler."""
        usual = super().get_route_handler()

        async def handle(request: Request) -> Response:
            return await usual(CompressedRequest(request.scope, request.receive))

        return handle


class PlainErrorsRoute(APIRoute):
    """Answers a wrong request with its body."""

    def get_route_handler(self) -> Handler:
        """Wrap the usual handler."""
        usual = super().get_route_handler()

        async def handle(request: Request) -> Response:
            try:
                return await usual(request)
            except RequestValidationError as error:
                sent = (await request.body()).decode()
                places = [list(found["loc"]) for found in error.errors()]
                raise HTTPException(422, {"places": places, "sent": sent}) from error

        return handle


class NamedRoute(APIRoute):
    """Adds a header with the route's path."""

    def get_route_handler(self) -> Handler:
        """Wrap the usual handler."""
        usual = super().get_route_handler()

        async def handle(request: Request) -> Response:
            response = await usual(request)
            response.headers["x-route"] = self.path
            return response

        return handle


def adder(route_class: type[APIRoute]) -> TestClient:
    """A client of an application that adds numbers."""
    app = Kingpost()
    app.router.route_class = route_class

    @app.post("/sum")
    async def add(numbers: Annotated[list[int], Body()], request: Request) -> dict[str, Any]:
        return {"sum": sum(numbers), "class": type(request).__name__}

    return TestClient(app)


def test_request_class() -> None:
    """The operation, and its parameters, read the body from the own request class."""
    client = adder(CompressedRoute)
    packed = gzip.compress(json.dumps([1, 2, 3]).encode())
    headers = {"content-encoding": "gzip", "content-type": "application/json"}

    assert client.post("/sum", content=packed, headers=headers).json() == {
        "sum": 6,
        "class": "CompressedRequest",
    }
    assert client.post("/sum", json=[4]).json()["sum"] == 4
    assert client.post("/sum", json=["x"]).status_code == 422


def test_body_in_an_error() -> None:
    """A route class may turn an error into an answer of its own."""
    answer = adder(PlainErrorsRoute).post("/sum", json={"numbers": [1]})

    assert answer.status_code == 422
    assert answer.json() == {"detail": {"places": [["body"]], "sent": '{"numbers":[1]}'}}
    assert adder(PlainErrorsRoute).post("/sum", json=[1]).json()["sum"] == 1


def test_route_class_of_a_router() -> None:
    """A router's class holds for its own operations only."""
    app = Kingpost()
    router = APIRouter(route_class=NamedRoute)

    @app.get("/plain")
    async def plain() -> str:
        return "plain"

    @router.get("/named/{number}")
    async def named(number: int) -> int:
        return number

    app.include_router(router)
    client = TestClient(app)

    assert "x-route" not in client.get("/plain").headers
    assert client.get("/named/3").headers["x-route"] == "/named/{number}"
    assert client.get("/named/x").status_code == 422
