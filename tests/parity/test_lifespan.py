"""Start-up and shutdown: lifespan functions, state, events, those of included routers."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any, TypedDict

from kingpost import APIRouter, Kingpost, Request
from tests.parity.harness import Log, case, get


class State(TypedDict):
    """What a lifespan yields."""

    name: str
    count: int


@case(get("/"), get("/x", 404), lifespan=True)
def test_lifespan(log: Log) -> Kingpost:
    """A lifespan function is entered at start and left at the end."""

    @asynccontextmanager
    async def lifespan(app: Kingpost) -> AsyncIterator[None]:
        log.append(f"start {app.title}")
        yield
        log.append("stop")

    app = Kingpost(title="T", lifespan=lifespan)

    @app.get("/")
    def read() -> None:
        log.append("request")

    return app


@case(get("/"), get("/"), get("/x", 404), lifespan=True)
def test_state() -> Kingpost:
    """What the lifespan yields is request.state, copied for each request."""

    @asynccontextmanager
    async def lifespan(app: Kingpost) -> AsyncIterator[State]:
        yield {"name": "n", "count": 1}

    app = Kingpost(lifespan=lifespan)

    @app.get("/")
    def read(request: Request) -> list[Any]:
        request.state.count += 1
        return [request.state.name, request.state.count]

    return app


@case(get("/"), get("/"), get("/x", 404), lifespan=True)
def test_app_state() -> Kingpost:
    """app.state is shared by all requests."""
    app = Kingpost()
    app.state.count = 0

    @app.get("/")
    def read(request: Request) -> int:
        request.app.state.count += 1
        return int(app.state.count)

    return app


@case(get("/"), get("/x", 404))
def test_lifespan_does_not_run_without_being_asked(log: Log) -> Kingpost:
    """Without a lifespan scope nothing starts; requests are served."""

    @asynccontextmanager
    async def lifespan(app: Kingpost) -> AsyncIterator[None]:
        log.append("start")
        yield

    app = Kingpost(lifespan=lifespan)

    @app.get("/")
    def read(request: Request) -> bool:
        return hasattr(request.state, "name")

    return app


@case(get("/"), get("/x", 404), lifespan=True)
def test_startup_and_shutdown_lists(log: Log) -> Kingpost:
    """on_startup and on_shutdown run in order, sync and async."""

    async def start_async() -> None:
        log.append("start async")

    app = Kingpost(
        on_startup=[lambda: log.append("start sync"), start_async],
        on_shutdown=[lambda: log.append("stop one"), lambda: log.append("stop two")],
    )

    @app.get("/")
    def read() -> None:
        log.append("request")

    return app


@case(get("/"), get("/x", 404), lifespan=True)
def test_on_event(log: Log) -> Kingpost:
    """The deprecated decorator still works, and warns."""
    app = Kingpost()

    @app.on_event("startup")
    async def start() -> None:
        log.append("start")

    @app.on_event("shutdown")
    def stop() -> None:
        log.append("stop")

    @app.get("/")
    def read() -> None:
        log.append("request")

    return app


@case(get("/"), get("/x", 404), lifespan=True)
def test_lists_are_ignored_beside_a_lifespan(log: Log) -> Kingpost:
    """on_startup is ignored when a lifespan is given."""

    @asynccontextmanager
    async def lifespan(app: Kingpost) -> AsyncIterator[None]:
        log.append("lifespan")
        yield

    app = Kingpost(lifespan=lifespan, on_startup=[lambda: log.append("startup")])

    @app.get("/")
    def read() -> None:
        return None

    return app


@case(get("/"), get("/r"), get("/x", 404), lifespan=True)
def test_lifespans_of_routers(log: Log) -> Kingpost:
    """Both lifespans run, app first; the app's keys beat the router's (behaviour 55)."""

    def named(name: str, **state: Any) -> Any:
        @asynccontextmanager
        async def lifespan(app: Any) -> AsyncIterator[dict[str, Any]]:
            log.append(f"start {name}")
            yield state
            log.append(f"stop {name}")

        return lifespan

    app = Kingpost(lifespan=named("app", both="app", app=1))
    router = APIRouter(lifespan=named("router", both="router", router=2))
    nested = APIRouter(lifespan=named("nested", both="nested", nested=3))

    @app.get("/")
    @router.get("/r")
    def read(request: Request) -> dict[str, Any]:
        return dict(request.state._state)

    router.include_router(nested)
    app.include_router(router)
    return app


@case(get("/"), get("/x", 404), lifespan=True)
def test_bare_generators_as_lifespan(log: Log) -> Kingpost:
    """A bare async generator function is accepted as lifespan."""

    async def lifespan(app: Kingpost) -> AsyncIterator[None]:
        log.append("start")
        yield
        log.append("stop")

    app = Kingpost(lifespan=lifespan)

    @app.get("/")
    def read() -> None:
        return None

    return app


@case(get("/"), get("/x", 404), lifespan=True)
def test_bare_sync_generator_as_lifespan(log: Log) -> Kingpost:
    """A bare generator function is accepted too."""

    def lifespan(app: Kingpost) -> Iterator[None]:
        log.append("start")
        yield
        log.append("stop")

    app = Kingpost(lifespan=lifespan)

    @app.get("/")
    def read() -> None:
        return None

    return app


@case(lifespan=True, starts=False, one_sided="no request is sent")
def test_lifespan_that_fails_to_start(log: Log) -> Kingpost:
    """An exception at start-up leaves the application."""

    @asynccontextmanager
    async def lifespan(app: Kingpost) -> AsyncIterator[None]:
        log.append("start")
        if log:
            raise RuntimeError("no database")
        yield

    return Kingpost(lifespan=lifespan)


@case(get("/"), lifespan=True, starts=False, one_sided="the shutdown fails")
def test_lifespan_that_fails_to_stop(log: Log) -> Kingpost:
    """An exception at shutdown leaves the application."""

    @asynccontextmanager
    async def lifespan(app: Kingpost) -> AsyncIterator[None]:
        yield
        raise RuntimeError("stuck")

    app = Kingpost(lifespan=lifespan)

    @app.get("/")
    def read() -> None:
        log.append("request")

    return app


@case(get("/", 500), get("/ok"), lifespan=True)
def test_error_in_a_request_does_not_stop_the_application(log: Log) -> Kingpost:
    """The lifespan goes on after a failed request."""

    @asynccontextmanager
    async def lifespan(app: Kingpost) -> AsyncIterator[None]:
        yield
        log.append("stop")

    app = Kingpost(lifespan=lifespan)

    @app.get("/")
    def read() -> None:
        raise ValueError("once")

    @app.get("/ok")
    def ok() -> str:
        return "ok"

    return app
