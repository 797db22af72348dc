"""Dependencies with yield: when they are left, relative to response, tasks and each other."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Annotated, Any

from pydantic import BaseModel

from kingpost import BackgroundTasks, Depends, HTTPException, Kingpost, Response
from kingpost.exceptions import DependencyScopeError
from kingpost.responses import StreamingResponse
from tests.parity.harness import Log, case, differs, get, post, refused


@case(get("/"), get("/?fail=1", 404), get("/x", 404))
def test_request_scope_exits_after_the_response(log: Log) -> Kingpost:
    """By default a generator is left after the response was sent."""

    async def resource() -> AsyncIterator[str]:
        log.append("enter")
        try:
            yield "r"
        except HTTPException as error:
            log.append(f"saw {error.status_code}")
            raise
        finally:
            log.append("exit")

    app = Kingpost()

    @app.get("/")
    def read(value: Annotated[str, Depends(resource)], fail: bool = False) -> str:
        log.append("endpoint")
        if fail:
            raise HTTPException(404)
        return value

    return app


@case(get("/"), get("/?fail=1", 404), get("/x", 404))
def test_function_scope_exits_before_the_response(log: Log) -> Kingpost:
    """scope="function" is left after the endpoint and before the response."""

    def resource() -> Iterator[str]:
        log.append("enter")
        try:
            yield "r"
        finally:
            log.append("exit")

    app = Kingpost()

    @app.get("/")
    def read(value: Annotated[str, Depends(resource, scope="function")], fail: bool = False) -> str:
        log.append("endpoint")
        if fail:
            raise HTTPException(404)
        return value

    return app


@case(get("/"), get("/x", 404))
def test_exits_are_nested(log: Log) -> Kingpost:
    """Exits are last in, first out, each scope for itself (behaviour 45)."""

    def named(name: str) -> Any:
        async def resource() -> AsyncIterator[str]:
            log.append(f"enter {name}")
            yield name
            log.append(f"exit {name}")

        return resource

    outer, middle = named("outer"), named("middle")

    def inner(value: Annotated[str, Depends(outer)]) -> Iterator[str]:
        log.append("enter inner")
        yield value
        log.append("exit inner")

    app = Kingpost()

    @app.get("/")
    def read(
        a: Annotated[str, Depends(inner)],
        b: Annotated[str, Depends(middle, scope="function")],
        c: Annotated[str, Depends(named("last"), scope="function")],
        d: Annotated[str, Depends(named("request"), scope="request")],
    ) -> list[str]:
        return [a, b, c, d]

    return app


@case(get("/"), get("/x", 404))
def test_exit_order_around_a_stream(log: Log) -> Kingpost:
    """Function-scope exit, stream, background tasks, request-scope exit (behaviour 45)."""

    def per_request() -> Iterator[str]:
        log.append("enter request")
        yield "r"
        log.append("exit request")

    def per_function() -> Iterator[str]:
        log.append("enter function")
        yield "f"
        log.append("exit function")

    app = Kingpost()

    @app.get("/")
    async def read(
        tasks: BackgroundTasks,
        r: Annotated[str, Depends(per_request, scope="request")],
        f: Annotated[str, Depends(per_function, scope="function")],
    ) -> StreamingResponse:
        async def chunks() -> AsyncIterator[str]:
            for n in range(3):
                log.append(f"chunk {n}")
                yield f"{r}{f}{n}"

        tasks.add_task(log.append, "task")
        return StreamingResponse(chunks())

    return app


@case(get("/"), get("/?fail=1", 500))
def test_exit_order_around_tasks(log: Log) -> Kingpost:
    """Tasks run before request-scope exit; a raising endpoint drops them (behaviour 48)."""

    async def resource() -> AsyncIterator[None]:
        log.append("enter")
        try:
            yield
        finally:
            log.append("exit")

    app = Kingpost()

    @app.get("/", dependencies=[Depends(resource)])
    def read(tasks: BackgroundTasks, fail: bool = False) -> str:
        tasks.add_task(log.append, "task")
        if fail:
            raise ValueError("endpoint")
        return "x"

    return app


@case(get("/?kind=value", 409), get("/?kind=key", 500), get("/?kind=http", 418), get("/"))
def test_exceptions_reach_inner_first(log: Log) -> Kingpost:
    """Exceptions reach the innermost generator first; one may convert them (behaviour 46)."""

    def outer() -> Iterator[str]:
        try:
            yield "outer"
        except Exception as error:
            log.append(f"outer saw {type(error).__name__}")
            raise

    def inner(value: Annotated[str, Depends(outer)]) -> Iterator[str]:
        try:
            yield value
        except ValueError as error:
            log.append(f"inner saw {type(error).__name__}")
            raise HTTPException(409, "converted") from error

    app = Kingpost()

    @app.get("/")
    def read(value: Annotated[str, Depends(inner)], kind: str = "none") -> str:
        if kind == "value":
            raise ValueError("v")
        if kind == "key":
            raise KeyError("k")
        if kind == "http":
            raise HTTPException(418)
        return value

    return app


@case(
    get("/a?fail=1", 500),
    differs(
        get("/b?fail=1", 500),
        "raised",
        reason="the peer trips over an unset variable of its own",
        ours=["KingpostError"],
        theirs=["UnboundLocalError"],
    ),
    get("/a"),
    get("/b"),
    messages=False,
)
def test_swallowed_exception_is_an_error(log: Log) -> Kingpost:
    """Swallowing an exception in a generator is a 500 of its own (behaviour 46)."""

    def swallowing() -> Iterator[None]:
        try:
            yield
        except ValueError:
            log.append("swallowed")

    async def async_swallowing() -> AsyncIterator[None]:
        try:
            yield
        except ValueError:
            log.append("swallowed")

    app = Kingpost()

    @app.get("/a", dependencies=[Depends(swallowing)])
    def a(fail: bool = False) -> str:
        if fail:
            raise ValueError("a")
        return "a"

    @app.get("/b", dependencies=[Depends(async_swallowing, scope="function")])
    async def b(fail: bool = False) -> str:
        if fail:
            raise ValueError("b")
        return "b"

    return app


@case(get("/function", 499), get("/request"), get("/request-error"), get("/ok"))
def test_raising_after_yield(log: Log) -> Kingpost:
    """After yield, function scope decides the answer, request scope is late (behaviour 47)."""

    def late() -> Iterator[None]:
        yield
        log.append("raising")
        raise HTTPException(499, "late")

    async def late_error() -> AsyncIterator[None]:
        yield
        log.append("raising")
        raise ValueError("late")

    app = Kingpost()

    @app.get("/function", dependencies=[Depends(late, scope="function")])
    def function() -> str:
        return "x"

    @app.get("/request", dependencies=[Depends(late)])
    def request() -> str:
        return "x"

    @app.get("/ok")
    def ok() -> str:
        return "ok"

    @app.get("/request-error", dependencies=[Depends(late_error)])
    async def request_error() -> str:
        return "x"

    return app


@case(get("/", 500), get("/http", 401), get("/ok"))
def test_raising_before_yield(log: Log) -> Kingpost:
    """What was entered before is left when a later generator fails to start."""

    def first() -> Iterator[None]:
        log.append("enter first")
        try:
            yield
        except BaseException as error:
            log.append(f"first saw {type(error).__name__}")
            raise
        finally:
            log.append("exit first")

    async def broken(fails: bool = True) -> AsyncIterator[None]:
        if fails:
            raise ValueError("broken")
        yield

    def denied(fails: bool = True) -> Iterator[None]:
        if fails:
            raise HTTPException(401)
        yield

    app = Kingpost()

    @app.get("/", dependencies=[Depends(first), Depends(broken)])
    def read() -> str:
        return "x"

    @app.get("/http", dependencies=[Depends(first), Depends(denied)])
    def read_denied() -> str:
        return "x"

    @app.get("/ok", dependencies=[Depends(first)])
    def read_ok() -> str:
        return "x"

    return app


@case(get("/?q=1"), get("/?q=x", 422), get("/", 422))
def test_entered_before_a_validation_error(log: Log) -> Kingpost:
    """A generator that was entered is left although the request is invalid."""

    def resource() -> Iterator[None]:
        log.append("enter")
        try:
            yield
        finally:
            log.append("exit")

    app = Kingpost()

    @app.get("/", dependencies=[Depends(resource)])
    def read(q: int) -> int:
        log.append("endpoint")
        return q

    return app


@case(get("/good"), get("/bad", 500))
def test_response_validation_error_passes_through(log: Log) -> Kingpost:
    """A result that fails its model is seen by the generators."""

    class Item(BaseModel):
        n: int

    def resource(scope: str) -> Any:
        def generator() -> Iterator[None]:
            try:
                yield
            except Exception as error:
                log.append(f"{scope} saw {type(error).__name__}")
                raise
            log.append(f"{scope} exit")

        return generator

    app = Kingpost(
        dependencies=[
            Depends(resource("request")),
            Depends(resource("function"), scope="function"),
        ]
    )

    @app.get("/good", response_model=Item)
    def good() -> Any:
        return {"n": 1}

    @app.get("/bad", response_model=Item)
    def bad() -> Any:
        return {"n": "x"}

    return app


@case(post("/"), get("/", 405))
def test_response_changed_before_and_after_yield() -> Kingpost:
    """Headers set before the yield arrive; after it only in function scope, if at all."""

    def headers(response: Response) -> Iterator[None]:
        response.headers["x-before"] = "1"
        yield
        response.headers["x-after"] = "1"

    def early(response: Response) -> Iterator[None]:
        yield
        response.headers["x-function"] = "1"
        response.status_code = 299

    app = Kingpost()

    @app.post("/", dependencies=[Depends(headers), Depends(early, scope="function")])
    def create() -> str:
        return "x"

    return app


@case(get("/", 500), get("/async", 500), get("/ok"), messages=False)
def test_context_managers_as_dependencies(log: Log) -> Kingpost:
    """Functions under contextmanager are taken for the generators that they wrap, and fail."""

    @contextmanager
    def sync_manager() -> Iterator[str]:
        log.append("enter sync")
        yield "s"
        log.append("exit sync")

    @asynccontextmanager
    async def async_manager() -> AsyncIterator[str]:
        log.append("enter async")
        yield "a"
        log.append("exit async")

    app = Kingpost()

    @app.get("/")
    def read(value: Annotated[Any, Depends(sync_manager)]) -> str:
        return type(value).__name__

    @app.get("/async")
    def read_async(value: Annotated[Any, Depends(async_manager)]) -> str:
        return type(value).__name__

    @app.get("/ok")
    def read_ok() -> str:
        return "ok"

    return app


@case(get("/"), get("/x", 404))
def test_class_with_generator_call(log: Log) -> Kingpost:
    """Instances whose __call__ is a generator, sync and async."""

    class Sync:
        def __call__(self) -> Iterator[str]:
            log.append("enter sync")
            yield "s"
            log.append("exit sync")

    class Async:
        async def __call__(self) -> AsyncIterator[str]:
            log.append("enter async")
            yield "a"
            log.append("exit async")

    app = Kingpost()

    @app.get("/")
    def read(s: Annotated[str, Depends(Sync())], a: Annotated[str, Depends(Async())]) -> list[str]:
        return [s, a]

    return app


@refused(DependencyScopeError)
def test_request_scope_on_function_scope_is_refused() -> Kingpost:
    """A request-scope generator cannot depend on a function-scope one."""

    def short() -> Iterator[int]:
        yield 1

    def long(value: Annotated[int, Depends(short, scope="function")]) -> Iterator[int]:
        yield value

    app = Kingpost()

    @app.get("/")
    def read(value: Annotated[int, Depends(long, scope="request")]) -> int:
        return value

    return app
