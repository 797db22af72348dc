"""HTTPException, validation errors and custom exception handlers."""

from http import HTTPStatus
from typing import Annotated, Any

from pydantic import BaseModel
from starlette.exceptions import HTTPException as StarletteHTTPException

from kingpost import Body, HTTPException, Kingpost, Request, Response
from kingpost.exception_handlers import (
    http_exception_handler,
    request_validation_exception_handler,
)
from kingpost.exceptions import RequestValidationError, ResponseValidationError
from kingpost.responses import JSONResponse, PlainTextResponse
from tests.parity.harness import Log, case, get, post, put


class Item(BaseModel):
    """A thing."""

    name: str
    size: int


class Base(Exception):
    """An application's error."""


class Derived(Base):
    """A special case of it."""


@case(
    get("/text", 404),
    get("/default", 404),
    get("/dict", 404),
    get("/list", 400),
    get("/none", 418),
    get("/enum", 409),
    get("/starlette", 403),
    get("/odd", 499),
    get("/ok"),
)
def test_http_exception_details() -> Kingpost:
    """Every kind of detail, with headers (behaviour 11)."""
    app = Kingpost()

    @app.get("/text")
    def text() -> None:
        raise HTTPException(status_code=404, detail="Item ü not found", headers={"X-E": "1"})

    @app.get("/default")
    def default() -> None:
        raise HTTPException(404)

    @app.get("/dict")
    def mapping() -> None:
        raise HTTPException(404, detail={"code": "x", "n": [1]}, headers={"X-A": "a", "X-B": "b"})

    @app.get("/list")
    def sequence() -> None:
        raise HTTPException(400, detail=[1, "a", None])

    @app.get("/none")
    def none() -> None:
        raise HTTPException(418, detail=None)

    @app.get("/enum")
    def enum() -> None:
        raise HTTPException(HTTPStatus.CONFLICT)

    @app.get("/starlette")
    def starlette() -> None:
        raise StarletteHTTPException(403, "starlette", {"X-S": "1"})

    @app.get("/odd")
    def odd() -> None:
        raise HTTPException(499, detail=0)

    @app.get("/ok")
    def ok() -> str:
        return "ok"

    return app


@case(get("/204", 204), get("/304", 304), get("/ok"), get("/x", 404))
def test_http_exception_without_body() -> Kingpost:
    """With a no-body status the body is empty (behaviour 11)."""
    app = Kingpost()

    @app.get("/204")
    def no_content() -> None:
        raise HTTPException(204, detail="lost", headers={"X-A": "a"})

    @app.get("/304")
    def not_modified() -> None:
        raise HTTPException(304)

    @app.get("/ok")
    def ok() -> str:
        return "ok"

    return app


@case(get("/bad", 500), get("/ok"))
def test_detail_that_json_cannot_hold() -> Kingpost:
    """A detail that cannot be written fails on the way out."""
    app = Kingpost()

    @app.get("/bad")
    def bad() -> None:
        raise HTTPException(400, detail={"x": object()})

    @app.get("/ok")
    def ok() -> str:
        return "ok"

    return app


@case(get("/", 500), get("/async", 500), get("/ok"))
def test_unhandled_exception() -> Kingpost:
    """An unhandled exception is a plain-text 500 and leaves the application."""
    app = Kingpost()

    @app.get("/")
    def read() -> None:
        raise ValueError("unhandled")

    @app.get("/async")
    async def read_async() -> None:
        raise KeyError("unhandled")

    @app.get("/ok")
    def ok() -> str:
        return "ok"

    return app


@case(get("/", 500), get("/ok"))
def test_pydantic_error_in_endpoint_is_not_a_422() -> Kingpost:
    """A pydantic ValidationError raised inside the endpoint is a 500 (behaviour 10)."""
    app = Kingpost()

    @app.get("/")
    def read() -> Item:
        return Item.model_validate({"name": 3})

    @app.get("/ok")
    def ok() -> str:
        return "ok"

    return app


@case(get("/base", 418), get("/derived", 418), get("/http", 404), get("/ok"))
def test_handler_for_class_and_subclass() -> Kingpost:
    """Handlers match subclasses (behaviour 13)."""
    app = Kingpost()

    @app.exception_handler(Base)
    async def on_base(request: Request, error: Base) -> Response:
        return JSONResponse({"error": str(error), "path": request.url.path}, status_code=418)

    @app.get("/base")
    def base() -> None:
        raise Base("b")

    @app.get("/derived")
    def derived() -> None:
        raise Derived("d")

    @app.get("/http")
    def http() -> None:
        raise HTTPException(404)

    @app.get("/ok")
    def ok() -> str:
        return "ok"

    return app


@case(get("/base", 400), get("/derived", 401), get("/ok"))
def test_nearest_class_wins() -> Kingpost:
    """Of two handlers the one of the nearer class is called; handlers may be sync."""

    def handler(status: int) -> Any:
        def handle(request: Request, error: Exception) -> Response:
            return PlainTextResponse(f"{type(error).__name__}", status_code=status)

        return handle

    app = Kingpost(exception_handlers={Base: handler(400), Derived: handler(401)})

    @app.get("/base")
    def base() -> None:
        raise Base

    @app.get("/derived")
    def derived() -> None:
        raise Derived

    @app.get("/ok")
    def ok() -> str:
        return "ok"

    return app


@case(get("/missing", 404), get("/raised", 299), get("/", 405, headers={}), get("/ok"))
def test_handler_for_own_http_exception() -> Kingpost:
    """It does not catch the router's 404 and 405 (behaviour 12)."""
    app = Kingpost()

    @app.exception_handler(HTTPException)
    async def on_http(request: Request, error: HTTPException) -> Response:
        return PlainTextResponse(f"own {error.status_code}", status_code=299)

    @app.get("/raised")
    def raised() -> None:
        raise HTTPException(404)

    @app.post("/")
    def create() -> None:
        return None

    @app.get("/ok")
    def ok() -> str:
        return "ok"

    return app


@case(get("/missing", 499), get("/raised", 499), post("/raised", 499), get("/ok"))
def test_handler_for_starlette_http_exception() -> Kingpost:
    """It catches the router's and the raised ones, and may delegate to the default."""
    app = Kingpost()

    @app.exception_handler(StarletteHTTPException)
    async def on_http(request: Request, error: StarletteHTTPException) -> Response:
        response = await http_exception_handler(request, error)
        return PlainTextResponse(bytes(response.body), status_code=499)

    @app.get("/raised")
    def raised() -> None:
        raise HTTPException(404, "raised")

    @app.get("/ok")
    def ok() -> str:
        return "ok"

    return app


@case(get("/missing", 200), get("/raised", 200), get("/gone", 410), get("/ok"))
def test_handler_for_status_code() -> Kingpost:
    """A handler for 404 catches the router's and the raised (behaviour 12)."""
    app = Kingpost()

    @app.exception_handler(404)
    async def on_missing(request: Request, error: Any) -> Response:
        return PlainTextResponse(f"{type(error).__name__} {error.detail}", status_code=200)

    @app.get("/raised")
    def raised() -> None:
        raise HTTPException(404, "raised")

    @app.get("/gone")
    def gone() -> None:
        raise HTTPException(410)

    @app.get("/ok")
    def ok() -> str:
        return "ok"

    return app


@case(get("/error", 503), get("/http", 404), get("/http-500", 500), get("/ok"))
def test_handler_for_exception() -> Kingpost:
    """The handler for Exception answers, and the exception still leaves (behaviour 13)."""
    app = Kingpost()

    @app.exception_handler(Exception)
    async def on_any(request: Request, error: Exception) -> Response:
        return PlainTextResponse(f"sorry: {error}", status_code=503)

    @app.get("/error")
    def broken() -> None:
        raise ValueError("v")

    @app.get("/http")
    def http() -> None:
        raise HTTPException(404)

    @app.get("/http-500")
    def http_500() -> None:
        raise HTTPException(500, "http")

    @app.get("/ok")
    def ok() -> str:
        return "ok"

    return app


@case(get("/error", 500), get("/http", 500), get("/ok"))
def test_handler_for_500() -> Kingpost:
    """A handler for 500 is the handler for Exception (behaviour 13)."""
    app = Kingpost()

    @app.exception_handler(500)
    def on_500(request: Request, error: Exception) -> Response:
        return JSONResponse({"error": repr(error)}, status_code=500)

    @app.get("/error")
    def broken() -> None:
        raise ValueError("v")

    @app.get("/http")
    def http() -> None:
        raise HTTPException(500, "http")

    @app.get("/ok")
    def ok() -> str:
        return "ok"

    return app


@case(
    put("/items/3?q=1", json={"name": "a", "size": 1}),
    put("/items/x?q=y", 400, json={"name": 1}),
    put("/items/3?q=1", 400),
    put("/items/3?q=1", 400, content=b"{", headers={"content-type": "application/json"}),
)
def test_handler_for_validation_errors() -> Kingpost:
    """RequestValidationError has errors, body and the place (behaviour 14)."""
    app = Kingpost()

    @app.exception_handler(RequestValidationError)
    async def on_invalid(request: Request, error: RequestValidationError) -> Response:
        return JSONResponse(
            {
                "errors": error.errors(),
                "body": error.body,
                "path": error.endpoint_path,
                "function": error.endpoint_function,
                "line": error.endpoint_line,
                "text": str(error).split("File")[0],
            },
            status_code=400,
        )

    @app.put("/items/{n}")
    def update(n: int, q: int, item: Item) -> Item:
        return item

    return app


@case(post("/", json=3), post("/", 422, json="x"), get("/", 405))
def test_default_validation_handler_called_by_own(log: Log) -> Kingpost:
    """An own handler may log and delegate to the default."""
    app = Kingpost()

    @app.exception_handler(RequestValidationError)
    async def on_invalid(request: Request, error: RequestValidationError) -> Response:
        log.append(f"invalid: {error.body!r}")
        return await request_validation_exception_handler(request, error)

    @app.post("/")
    def create(n: Annotated[int, Body()]) -> int:
        return n

    return app


@case(get("/bad", 502), get("/good"), get("/x", 404))
def test_handler_for_response_validation_error() -> Kingpost:
    """ResponseValidationError can be handled; it has the result as body."""
    app = Kingpost()

    @app.exception_handler(ResponseValidationError)
    async def on_invalid(request: Request, error: ResponseValidationError) -> Response:
        return JSONResponse(
            {"errors": error.errors(), "body": error.body, "path": error.endpoint_path},
            status_code=502,
        )

    @app.get("/bad", response_model=Item)
    def bad() -> Any:
        return {"name": 3}

    @app.get("/good", response_model=Item)
    def good() -> Any:
        return {"name": "a", "size": 1}

    return app


@case(get("/", 500), get("/ok"))
def test_handler_that_raises() -> Kingpost:
    """An exception inside a handler is an unhandled exception."""
    app = Kingpost()

    @app.exception_handler(Base)
    async def on_base(request: Request, error: Base) -> Response:
        raise ValueError("in handler") from error

    @app.get("/")
    def read() -> None:
        raise Base

    @app.get("/ok")
    def ok() -> str:
        return "ok"

    return app


@case(get("/", 404), get("/invalid", 422), get("/ok"))
def test_same_body_for_every_error() -> Kingpost:
    """Handlers for HTTP and validation errors together give one shape."""
    app = Kingpost()

    async def on_error(request: Request, error: Any) -> Response:
        status = getattr(error, "status_code", 422)
        return JSONResponse({"error": {"code": status}}, status_code=status)

    app.add_exception_handler(StarletteHTTPException, on_error)
    app.add_exception_handler(RequestValidationError, on_error)

    @app.get("/invalid")
    def invalid(q: int) -> int:
        return q

    @app.get("/ok")
    def ok() -> str:
        return "ok"

    return app


@case(get("/", 500), get("/ok"), get("/x", 404))
def test_debug_page() -> Kingpost:
    """debug=True answers with a traceback in text; its lines are each framework's own."""
    app = Kingpost(debug=True)

    @app.get("/ok")
    def ok() -> bool:
        return app.debug

    @app.get("/")
    def read() -> None:
        raise HTTPException(500)

    return app
