"""Context variables set by dependencies, middleware and lifespan, as the endpoint sees them."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextvars import ContextVar
from typing import Annotated, Any

from kingpost import BackgroundTasks, Depends, Kingpost, Request, Response
from tests.parity.harness import Log, case, get


@case(get("/sync?v=a"), get("/async?v=b"), get("/sync", 422))
def test_set_in_async_dependency() -> Kingpost:
    """A value set in an async dependency is seen by sync and async endpoints (behaviour 49)."""
    variable: ContextVar[str] = ContextVar("variable", default="unset")

    async def assign(v: str) -> None:
        variable.set(v)

    app = Kingpost(dependencies=[Depends(assign)])

    @app.get("/sync")
    def read_sync() -> str:
        return variable.get()

    @app.get("/async")
    async def read_async() -> str:
        return variable.get()

    return app


@case(get("/sync?v=a"), get("/async?v=b"), get("/sync", 422))
def test_set_in_sync_dependency() -> Kingpost:
    """A value set in a sync dependency is not seen (behaviour 49)."""
    variable: ContextVar[str] = ContextVar("variable", default="unset")

    def assign(v: str) -> str:
        variable.set(v)
        return variable.get()

    app = Kingpost(dependencies=[Depends(assign)])

    @app.get("/sync")
    def read_sync(own: Annotated[str, Depends(assign)]) -> list[str]:
        return [own, variable.get()]

    @app.get("/async")
    async def read_async() -> str:
        return variable.get()

    return app


@case(get("/async"), get("/sync"), get("/x", 404))
def test_set_and_reset_in_generators(log: Log) -> Kingpost:
    """An async generator's value is seen and can be reset; a sync one's is not (behaviour 49)."""
    variable: ContextVar[str] = ContextVar("variable", default="unset")

    async def async_assign() -> AsyncIterator[None]:
        token = variable.set("async")
        try:
            yield
        finally:
            log.append(f"at exit: {variable.get()}")
            variable.reset(token)

    def sync_assign() -> Iterator[None]:
        variable.set("sync")
        yield
        log.append(f"at exit: {variable.get()}")

    app = Kingpost()

    @app.get("/async", dependencies=[Depends(async_assign)])
    def read_async() -> str:
        return variable.get()

    @app.get("/sync", dependencies=[Depends(sync_assign)])
    async def read_sync() -> str:
        return variable.get()

    return app


@case(get("/"), get("/"), get("/x", 404))
def test_values_do_not_leak_between_requests(log: Log) -> Kingpost:
    """Each request starts from the outer context."""
    variable: ContextVar[int] = ContextVar("variable", default=0)

    async def count() -> int:
        variable.set(variable.get() + 1)
        return variable.get()

    app = Kingpost()

    @app.get("/")
    async def read(
        tasks: BackgroundTasks, n: Annotated[int, Depends(count)], m: Annotated[int, Depends(count)]
    ) -> list[int]:
        tasks.add_task(lambda: log.append(f"task sees {variable.get()}"))
        return [n, m, variable.get()]

    return app


@case(get("/"), get("/x", 404))
def test_set_in_middleware() -> Kingpost:
    """A value set in middleware is seen by dependencies and endpoint."""
    variable: ContextVar[str] = ContextVar("variable", default="unset")

    def seen() -> str:
        return variable.get()

    app = Kingpost()

    @app.middleware("http")
    async def assign(
        request: Request, call_next: Callable[[Request], Awaitable[Response]]
    ) -> Response:
        variable.set("middleware")
        response = await call_next(request)
        response.headers["x-after"] = variable.get()
        return response

    @app.get("/")
    async def read(value: Annotated[str, Depends(seen)]) -> list[Any]:
        variable.set("endpoint")
        return [value, variable.get()]

    return app
