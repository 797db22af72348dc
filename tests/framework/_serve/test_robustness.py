"""What goes wrong around a request, and many requests at once."""

import asyncio
import contextvars
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from typing import Annotated, Any

import pytest
from pydantic import BaseModel
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kingpost import (
    APIRouter,
    Depends,
    Form,
    HTTPException,
    Kingpost,
    Request,
    Response,
)
from kingpost.responses import JSONResponse, StreamingResponse
from kingpost.routing import APIRoute
from tests.framework._serve.exchange import Sent, exchange, send_request

JSON = [(b"content-type", b"application/json")]
FORM = [(b"content-type", b"application/x-www-form-urlencoded")]


class Item(BaseModel):
    """A body."""

    name: str


def posting() -> Kingpost:
    """Return an application that reads bodies in the ways that there are."""
    app = Kingpost(openapi_url=None)

    @app.post("/json")
    async def json(item: Item) -> Item:
        return item

    @app.post("/form")
    async def form(name: Annotated[str, Form()]) -> Item:
        return Item(name=name)

    @app.post("/raw")
    async def raw(request: Request) -> Item:
        return Item(name=(await request.body()).decode())

    return app


BODIES = [("/json", JSON, b'{"name":"some"}'), ("/form", FORM, b"name=some"), ("/raw", [], b"some")]


class TestBodies:
    @pytest.mark.parametrize(("path", "headers", "body"), BODIES)
    def test_arrive_in_any_number_of_pieces(self, path: str, headers: Any, body: bytes) -> None:
        """A body that comes byte by byte, with nothing in between, is the same body."""
        chunks = [piece for byte in body for piece in (bytes([byte]), b"")]
        done = exchange(posting(), method="POST", path=path, headers=headers, chunks=chunks)

        assert (200, b'{"name":"some"}') == (done.status, done.body)

    @pytest.mark.parametrize(("path", "headers", "body"), BODIES[:2])
    def test_of_a_client_that_goes_away_are_not_waited_for(
        self, path: str, headers: Any, body: bytes
    ) -> None:
        """The rest of the body never comes: the request is over, and no error of the server."""
        done = exchange(
            posting(),
            method="POST",
            path=path,
            headers=headers,
            chunks=[body[:3]],
            disconnects=True,
        )

        assert (400, None) == (done.status, done.raised)

    def test_may_be_refused_while_they_are_read(self) -> None:
        """What middleware raises out of `receive` ends the request; nobody waits for more."""

        class Refusing:
            """Lets four bytes through."""

            def __init__(self, app: ASGIApp) -> None:
                self.app = app

            async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
                async def bounded() -> Message:
                    message = await receive()
                    if len(message.get("body", b"")) > 4:
                        raise HTTPException(413, "too much")
                    return message

                await self.app(scope, bounded, send)

        app = posting()
        app.add_middleware(Refusing)
        sent = Sent("POST", "/json", headers=JSON, chunks=[b'{"na', b'me":"some"}'])

        assert (413, b'{"detail":"too much"}') == (
            exchange(app, sent).status,
            exchange(app, sent).body,
        )

    @pytest.mark.parametrize("reads", ["the operation", "a dependency", "nobody", "a parameter"])
    def test_can_be_read_again_by_an_exception_handler(self, reads: str) -> None:
        """Whoever read the body first, a handler that asks for it gets it and does not wait."""
        app = Kingpost(openapi_url=None)

        @app.exception_handler(KeyError)
        async def answer(request: Request, exc: KeyError) -> Response:
            return JSONResponse((await request.body()).decode())

        async def dependency(request: Request) -> None:
            await request.body()

        async def operation(request: Request) -> None:
            await request.json()
            raise KeyError

        async def parameter(item: Item) -> None:
            raise KeyError

        async def nobody() -> None:
            raise KeyError

        if reads == "the operation":
            app.post("/")(operation)
        elif reads == "a parameter":
            app.post("/")(parameter)
        else:
            needs = [Depends(dependency)] if reads == "a dependency" else []
            app.post("/", dependencies=needs)(nobody)
        done = exchange(app, method="POST", headers=JSON, chunks=[b'{"name":', b'"a"}'])

        assert (200, rb'"{\"name\":\"a\"}"') == (done.status, done.body)


class TestManyAtOnce:
    def test_requests_to_one_handler_share_nothing(self) -> None:
        """Two requests that are in the same operation at the same time keep their values."""
        app = Kingpost(openapi_url=None)
        both = asyncio.Barrier(2)

        async def wait(name: str) -> AsyncIterator[str]:
            await both.wait()
            yield name

        @app.post("/{name}")
        async def read(
            name: str, item: Item, response: Response, waited: Annotated[str, Depends(wait)]
        ) -> list[str]:
            response.headers["x-name"] = name
            await both.wait()
            return [name, item.name, waited]

        async def ask(name: str) -> tuple[bytes, str | None]:
            body = b'{"name":"%s"}' % name.encode()
            done = await send_request(app, Sent("POST", f"/{name}", headers=JSON, chunks=[body]))
            return done.body, done.header("x-name")

        async def ask_both() -> list[tuple[bytes, str | None]]:
            return [*await asyncio.gather(ask("a"), ask("b"))]

        assert [(b'["a","a","a"]', "a"), (b'["b","b","b"]', "b")] == asyncio.run(ask_both())

    def test_hundreds_with_dependencies_of_all_kinds_are_answered(self) -> None:
        """More requests than threads: each gets its own answer, and everything is closed."""
        app = Kingpost(openapi_url=None)
        opened: list[int] = []

        def connect(n: int) -> Iterator[int]:
            opened.append(n)
            yield n
            opened.remove(n)

        async def double(n: Annotated[int, Depends(connect)]) -> int:
            await asyncio.sleep(0)
            return 2 * n

        def triple(n: int) -> int:
            return 3 * n

        @app.get("/")
        def read(
            n: Annotated[int, Depends(connect)],
            two: Annotated[int, Depends(double)],
            three: Annotated[int, Depends(triple)],
        ) -> list[int]:
            return [n, two, three]

        async def ask_all() -> list[bytes]:
            asked = [send_request(app, Sent(query=b"n=%d" % n)) for n in range(200)]
            return [done.body for done in await asyncio.gather(*asked)]

        assert [b"[%d,%d,%d]" % (n, 2 * n, 3 * n) for n in range(200)] == asyncio.run(ask_all())
        assert [] == opened

    def test_a_cancelled_request_closes_what_it_opened(self) -> None:
        """A server that gives a request up leaves nothing open."""
        app = Kingpost(openapi_url=None)
        events: list[str] = []
        inside = asyncio.Event()

        async def connect() -> AsyncIterator[None]:
            try:
                yield
            finally:
                events.append("closed")

        @app.get("/", dependencies=[Depends(connect)])
        async def wait() -> None:
            inside.set()
            await asyncio.Event().wait()

        async def give_up() -> None:
            task = asyncio.create_task(send_request(app, Sent()))
            await inside.wait()
            task.cancel()
            await asyncio.wait([task])
            events.append("cancelled" if task.cancelled() else "went on")

        asyncio.run(give_up())

        assert ["closed", "cancelled"] == events


class TestContextVariables:
    def test_are_seen_and_reset_around_the_operation(self) -> None:
        """What an asynchronous dependency sets, the operation sees, and the dependency resets."""
        app = Kingpost(openapi_url=None)
        current = contextvars.ContextVar("current", default="nobody")

        async def log_in() -> AsyncIterator[None]:
            token = current.set("somebody")
            yield
            current.reset(token)

        @app.get("/async", dependencies=[Depends(log_in)])
        async def asynchronous() -> str:
            return current.get()

        @app.get("/sync", dependencies=[Depends(log_in)])
        def synchronous() -> str:
            return current.get()

        @app.get("/none")
        async def none() -> str:
            return current.get()

        answers = [exchange(app, path=path).body for path in ("/async", "/sync", "/none")]

        assert [b'"somebody"', b'"somebody"', b'"nobody"'] == answers


class TestManyRoutes:
    def test_the_last_of_thousands_answers(self) -> None:
        """The number of routes is no limit, for fixed paths and for others."""
        app = Kingpost(openapi_url=None)

        async def read(n: int) -> int:
            return n

        async def fixed() -> str:
            return "fixed"

        for at in range(1500):
            app.add_api_route(f"/group{at}/{{n}}", read)
            app.add_api_route(f"/fixed/{at}", fixed)

        assert b"7" == exchange(app, path="/group1499/7").body
        assert b'"fixed"' == exchange(app, path="/fixed/1499").body
        assert 404 == exchange(app, path="/group1500/7").status

    def test_routers_are_nested_to_any_depth(self) -> None:
        """Prefixes and dependencies of forty routers come together."""
        called: list[int] = []

        def dependency(level: int) -> Callable[[], None]:
            return lambda: called.append(level)

        router = APIRouter()
        router.add_api_route("/end", lambda: "here")
        for level in reversed(range(40)):
            outer = APIRouter(prefix=f"/{level}", dependencies=[Depends(dependency(level))])
            outer.include_router(router)
            router = outer
        app = Kingpost(openapi_url=None)
        app.include_router(router)
        path = "".join(f"/{level}" for level in range(40)) + "/end"

        assert b'"here"' == exchange(app, path=path).body
        assert list(range(40)) == called

    def test_come_and_go_while_the_application_serves(self) -> None:
        """A route that a request adds is served to the next; one that is removed is gone."""
        app = Kingpost(openapi_url=None)
        router = APIRouter()
        app.include_router(router, prefix="/r")

        @app.post("/{name}")
        async def grow(name: str) -> None:
            router.add_api_route(f"/{name}", lambda: name)

        @app.delete("/{name}")
        async def shrink(name: str) -> None:
            app.routes.remove(next(r for r in app.routes if getattr(r, "path", "") == f"/r/{name}"))

        statuses = [
            exchange(app, method=method, path=path).status
            for method, path in [
                ("GET", "/r/a"),
                ("POST", "/a"),
                ("GET", "/r/a"),
                ("DELETE", "/a"),
                ("GET", "/r/a"),
            ]
        ]

        assert [404, 200, 200, 200, 404] == statuses


class Measured(APIRoute):
    """A route class that wraps its handler."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Add a header to every answer, and answer one error itself."""
        handler = super().get_route_handler()

        async def measured(request: Request) -> Response:
            try:
                response = await handler(request)
            except KeyError:
                response = Response("own", 410)
            response.headers["x-measured"] = request.url.path
            return response

        return measured


def test_a_route_class_may_wrap_the_handler() -> None:
    """A `get_route_handler` of its own sees every request, and its dependencies still end."""
    events: list[str] = []

    async def connect() -> AsyncIterator[str]:
        try:
            yield "open"
        finally:
            events.append("closed")

    router = APIRouter(route_class=Measured)

    @router.post("/{n}")
    async def read(n: int, item: Item, link: Annotated[str, Depends(connect)]) -> list[Any]:
        if n == 0:
            raise KeyError
        return [n, item, link]

    app = Kingpost(openapi_url=None)
    app.include_router(router, prefix="/in")
    body = [b'{"name":"a"}']
    good = exchange(app, method="POST", path="/in/1", headers=JSON, chunks=body)
    own = exchange(app, method="POST", path="/in/0", headers=JSON, chunks=body)
    bad = exchange(app, method="POST", path="/in/x", headers=JSON, chunks=body)

    assert (200, b'[1,{"name":"a"},"open"]', "/in/1") == (
        good.status,
        good.body,
        good.header("x-measured"),
    )
    assert (410, b"own", "/in/0") == (own.status, own.body, own.header("x-measured"))
    assert (422, None) == (bad.status, bad.header("x-measured"))
    assert ["closed"] * 3 == events


def failing() -> Kingpost:
    """Return an application whose operations fail at different times."""
    app = Kingpost(openapi_url=None)

    @app.exception_handler(KeyError)
    async def answer(request: Request, exc: KeyError) -> Response:
        return JSONResponse("handled", 400)

    async def chunks() -> AsyncIterator[bytes]:
        yield b"part"
        raise KeyError

    async def at_the_end() -> AsyncIterator[None]:
        yield
        raise KeyError

    @app.get("/handled")
    async def handled() -> None:
        raise KeyError

    @app.get("/unexpected")
    def unexpected() -> None:
        raise ZeroDivisionError

    @app.get("/stream")
    async def stream() -> StreamingResponse:
        return StreamingResponse(chunks())

    @app.get("/late", dependencies=[Depends(at_the_end)])
    async def late() -> str:
        return "sent"

    @app.get("/early", dependencies=[Depends(at_the_end, scope="function")])
    async def early() -> str:
        return "never sent"

    return app


async def pass_on(request: Request, call_next: Any) -> Response:
    """Do nothing, as middleware."""
    response: Response = await call_next(request)
    return response


def surrounded(by: str) -> ASGIApp:
    """Return the failing application inside of something."""
    app = failing()
    if by == "middleware":
        app.middleware("http")(pass_on)
    if by == "itself":
        outer = Kingpost(openapi_url=None)
        outer.mount("/in", app)
        return outer
    if by == "starlette":
        return Starlette(routes=[Mount("/in", app)])
    return app


@pytest.mark.parametrize("by", ["nothing", "middleware", "itself", "starlette"])
@pytest.mark.parametrize(
    ("path", "status", "body", "raised"),
    [
        ("/handled", 400, b'"handled"', None),
        ("/early", 400, b'"handled"', None),
        ("/unexpected", 500, b"Internal Server Error", ZeroDivisionError),
        ("/stream", 200, b"part", RuntimeError),
        ("/late", 200, b'"sent"', RuntimeError),
        ("/missing", 404, b'{"detail":"Not Found"}', None),
    ],
)
def test_every_failure_is_answered_once(
    by: str, path: str, status: int, body: bytes, raised: type[Exception] | None
) -> None:
    """An error is answered or, once the response has started, raised; never both, never twice."""
    prefix = "/in" if by in ("itself", "starlette") else ""
    done = exchange(surrounded(by), path=prefix + path)

    assert (status, body) == (done.status, done.body)
    assert (raised or type(None)) is type(done.raised)
