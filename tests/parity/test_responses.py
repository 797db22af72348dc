"""Returned responses, the injected Response, status codes, response classes."""

from collections.abc import Iterator
from enum import IntEnum
from typing import Annotated, Any

from pydantic import BaseModel

from kingpost import APIRouter, BackgroundTasks, Depends, HTTPException, Kingpost, Response, status
from kingpost.responses import (
    FileResponse,
    HTMLResponse,
    JSONResponse,
    PlainTextResponse,
    RedirectResponse,
    StreamingResponse,
)
from tests.parity.harness import Log, case, get, post, refused, request


class Item(BaseModel):
    """A thing."""

    name: str


@case(post("/", 201), post("/enum", 202), get("/", 405))
def test_status_code() -> Kingpost:
    """status_code as a number, a name of `status` and an IntEnum."""

    class Code(IntEnum):
        ACCEPTED = 202

    app = Kingpost()

    @app.post("/", status_code=status.HTTP_201_CREATED)
    def create() -> Item:
        return Item(name="a")

    @app.post("/enum", status_code=Code.ACCEPTED)
    def accept() -> Item:
        return Item(name="a")

    return app


@case(
    request("DELETE", "/204", 204),
    get("/304", 304),
    get("/204-none", 204),
    get("/x", 404),
)
def test_no_body_statuses() -> Kingpost:
    """204 and 304 send no body and no content-length, but a content-type (behaviour 33)."""
    app = Kingpost()

    @app.delete("/204", status_code=204)
    def remove() -> None:
        return None

    @app.get("/304", status_code=304)
    def unchanged():  # type: ignore[no-untyped-def]  # a body that is not sent
        return {"a": 1}

    @app.get("/204-none", status_code=204, response_model=None)
    async def none() -> None:
        return None

    return app


@case(get("/"), get("/?change=1", 299), get("/?change=1&status=418", 418), get("/?status=x", 422))
def test_status_on_injected_response() -> Kingpost:
    """A status set on the injected Response beats the decorator's (behaviour 34)."""
    app = Kingpost()

    @app.get("/", status_code=200)
    def read(response: Response, change: bool = False, status: int = 299) -> str:
        if change:
            response.status_code = status
        return "x"

    return app


@case(get("/", 210), get("/?fail=1", 404), get("/x", 404))
def test_headers_and_cookies_merge() -> Kingpost:
    """Headers and cookies set in dependencies and endpoint merge (behaviour 34)."""

    def first(response: Response) -> None:
        response.headers["x-both"] = "dependency"
        response.headers["x-first"] = "1"
        response.set_cookie("a", "1")
        response.status_code = 210

    app = Kingpost(dependencies=[Depends(first)])

    @app.get("/", status_code=200)
    def read(response: Response, fail: bool = False) -> str:
        response.headers["x-both"] = "endpoint"
        response.headers.append("x-many", "1")
        response.headers.append("x-many", "2")
        response.set_cookie("b", "2")
        response.delete_cookie("c")
        if fail:
            raise HTTPException(404, "gone")
        return "x"

    return app


@case(get("/"), get("/type"), get("/latin", 500))
def test_special_headers_on_injected_response() -> Kingpost:
    """content-type and content-length on the injected Response."""
    app = Kingpost()

    @app.get("/")
    def read(response: Response) -> str:
        response.headers["Cache-Control"] = "no-store"
        return "x"

    @app.get("/type")
    def typed(response: Response) -> str:
        response.headers["content-type"] = "application/x-own"
        return "x"

    @app.get("/latin")
    def latin(response: Response) -> str:
        response.headers["x-a"] = "€"
        return "x"

    return app


@case(get("/", 203), get("/plain"), get("/x", 404))
def test_returned_response_is_final(log: Log) -> Kingpost:
    """A returned Response skips model, merged headers and status (behaviour 35)."""
    app = Kingpost()

    @app.get("/", status_code=201, response_model=Item)
    def read(response: Response, tasks: BackgroundTasks) -> Any:
        response.headers["x-lost"] = "1"
        response.set_cookie("lost", "1")
        response.status_code = 299
        tasks.add_task(log.append, "task")
        return JSONResponse({"other": 1}, status_code=203, headers={"x-own": "1"})

    @app.get("/plain", status_code=201)
    def plain(response: Response) -> Any:
        response.headers["x-lost"] = "1"
        return PlainTextResponse("text")

    return app


@case(get("/"), get("/dependency", 418))
def test_response_from_a_dependency(log: Log) -> Kingpost:
    """A Response returned by a dependency does not end the request (behaviour 51)."""

    def early() -> Response:
        return PlainTextResponse("early", status_code=418)

    app = Kingpost()

    @app.get("/", dependencies=[Depends(early)])
    def read() -> str:
        return "late"

    @app.get("/dependency")
    def passed_on(value: Annotated[Any, Depends(early)]) -> Any:
        return value if log else {"status": value.status_code}

    return app


@case(get("/html"), get("/text", 201), get("/json"), get("/bytes"), get("/bad", 500))
def test_response_class() -> Kingpost:
    """response_class renders what the function returns."""
    app = Kingpost()

    @app.get("/html", response_class=HTMLResponse)
    def html() -> str:
        return "<p>ü</p>"

    @app.get("/text", response_class=PlainTextResponse, status_code=201)
    def text() -> str:
        return "text"

    @app.get("/json", response_class=JSONResponse)
    def json() -> Item:
        return Item(name="a")

    @app.get("/bytes", response_class=Response)
    def raw() -> Any:
        return b"raw"

    @app.get("/bad", response_class=PlainTextResponse)
    def bad() -> Item:
        return Item(name="a")

    return app


@case(get("/a", 307), get("/b", 302), get("/c", 303), get("/x", 404))
def test_redirects() -> Kingpost:
    """RedirectResponse as class and as value (behaviour 37)."""
    app = Kingpost()

    @app.get("/a", response_class=RedirectResponse)
    def a() -> str:
        return "/to?q=ü"

    @app.get("/b", response_class=RedirectResponse, status_code=302)
    def b() -> str:
        return "https://example.com/x y"

    @app.get("/c")
    def c() -> RedirectResponse:
        return RedirectResponse("/to", status_code=303)

    return app


@case(get("/own"), get("/own-typed"), get("/x", 404))
def test_own_response_class() -> Kingpost:
    """A custom response class with its media type."""

    class Reversed(Response):
        media_type = "application/x-reversed"

        def render(self, content: Any) -> bytes:
            return repr(content)[::-1].encode()

    class Pretty(JSONResponse):
        media_type = "application/x-pretty+json"

        def render(self, content: Any) -> bytes:
            return super().render(content) + b"\n"

    app = Kingpost(default_response_class=Pretty)

    @app.get("/own", response_class=Reversed)
    def own():  # type: ignore[no-untyped-def]  # rendered as it is
        return {"a": 1}

    @app.get("/own-typed")
    def typed() -> Item:
        return Item(name="a")

    return app


@case(get("/app"), get("/router/a"), get("/router/b"), get("/plain/a"), get("/x", 404))
def test_default_response_class() -> Kingpost:
    """The nearest default response class wins (behaviour 54)."""
    app = Kingpost(default_response_class=PlainTextResponse)
    router = APIRouter(prefix="/router", default_response_class=HTMLResponse)
    plain = APIRouter(prefix="/plain")

    @app.get("/app")
    def of_app() -> str:
        return "app"

    @router.get("/a")
    def of_router() -> str:
        return "router"

    @router.get("/b", response_class=JSONResponse)
    def own() -> str:
        return "own"

    @plain.get("/a")
    def included() -> str:
        return "include"

    app.include_router(router, default_response_class=JSONResponse)
    app.include_router(plain, default_response_class=HTMLResponse)
    return app


@case(get("/sync"), get("/async", 206), get("/empty"), get("/x", 404))
def test_streaming_response() -> Kingpost:
    """A StreamingResponse is sent in pieces."""
    app = Kingpost()

    @app.get("/sync")
    def sync_stream() -> StreamingResponse:
        def chunks() -> Iterator[bytes]:
            yield b"a"
            yield b"b"

        return StreamingResponse(chunks(), media_type="text/x-stream", headers={"x-a": "1"})

    @app.get("/async")
    async def async_stream() -> StreamingResponse:
        return StreamingResponse(iter(["ü", "b"]), status_code=206)

    @app.get("/empty", response_class=StreamingResponse)
    def empty() -> Any:
        return StreamingResponse(iter(()))

    return app


@case(
    get("/"),
    get("/", 206, headers={"Range": "bytes=0-3"}),
    get("/", 416, headers={"Range": "bytes=9999999-"}),
    get("/named"),
    get("/missing", 500),
)
def test_file_response() -> Kingpost:
    """A FileResponse with type, length, ranges and name; a missing file is a 500."""
    app = Kingpost()

    @app.get("/")
    def read() -> FileResponse:
        return FileResponse(__file__)

    @app.get("/named", response_class=FileResponse)
    def named() -> Any:
        return FileResponse(__file__, filename="ü.py", media_type="text/x-py")

    @app.get("/missing")
    def missing() -> FileResponse:
        return FileResponse("/nowhere/nothing.txt")

    return app


@case(get("/"), get("/sub"), get("/x", 404))
def test_parameter_typed_as_response_subclass() -> Kingpost:
    """A parameter typed as a Response subclass receives the merged response."""
    app = Kingpost()

    @app.get("/")
    def read(response: JSONResponse) -> str:
        response.headers["x-a"] = "1"
        return type(response).__name__

    @app.get("/sub")
    def anything(own_name: Response) -> str:
        return type(own_name).__name__

    return app


@refused(AssertionError)
def test_model_on_no_body_status_is_refused() -> Kingpost:
    """A response model on 204 is refused."""
    app = Kingpost()

    @app.get("/", status_code=204, response_model=Item)
    def read() -> Any:
        return None

    return app
