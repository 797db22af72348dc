"""Injected objects: Request, BackgroundTasks and what they show."""

from typing import Annotated, Any

from starlette.background import BackgroundTask
from starlette.requests import HTTPConnection

from kingpost import APIRouter, BackgroundTasks, Depends, HTTPException, Kingpost, Request, Response
from kingpost.responses import JSONResponse
from tests.parity.harness import Log, case, differs, get, post

SCOPE = (
    b'{"path":"%b","name":"named","endpoint":"read","params":{"n":"3"},'
    b'"root_path":"","tags":["t"],"methods":["GET"]}'
)


@case(
    get("/items/3?q=a&q=b", headers={"X-A": "1", "Cookie": "c=1"}),
    post("/items/3", 405),
    get("/items/x", 422),
)
def test_request() -> Kingpost:
    """The request's method, URL, headers, cookies, client and parameters."""
    app = Kingpost()

    @app.get("/items/{n}", name="item")
    async def read(request: Request, n: int) -> dict[str, Any]:
        return {
            "method": request.method,
            "url": str(request.url),
            "base": str(request.base_url),
            "q": request.query_params.getlist("q"),
            "header": request.headers.get("x-a"),
            "cookies": request.cookies,
            "client": request.client,
            "path_params": request.path_params,
            "for": str(request.url_for("item", n=5)),
            "app": request.app is app,
            "n": n,
        }

    return app


@case(
    differs(
        get("/a/b/3"),
        "body",
        reason="routes carry their whole path: the list of routes is flat",
        ours=SCOPE % b"/a/b/{n}",
        theirs=SCOPE % b"/b/{n}",
    ),
    get("/a/b/x", 422),
)
def test_scope_of_the_request() -> Kingpost:
    """route, endpoint and path_params in the scope, behind routers."""
    app = Kingpost()
    router = APIRouter(prefix="/b")

    @router.get("/{n}", name="named", tags=["t"])
    def read(request: Request, n: int) -> dict[str, Any]:
        route = request.scope["route"]
        return {
            "path": route.path,
            "name": route.name,
            "endpoint": request.scope["endpoint"].__name__,
            "params": request.scope["path_params"],
            "root_path": request.scope.get("root_path"),
            "tags": route.tags,
            "methods": sorted(route.methods),
        }

    app.include_router(router, prefix="/a")
    return app


@case(get("/"), get("/x", 404))
def test_http_connection() -> Kingpost:
    """HTTPConnection may be asked for in the place of Request."""

    def of(connection: HTTPConnection) -> str:
        return connection.url.path

    app = Kingpost()

    @app.get("/")
    def read(path: Annotated[str, Depends(of)], connection: HTTPConnection) -> list[str]:
        return [path, connection.scope["type"]]

    return app


@case(get("/"), get("/?fail=1", 400), get("/x", 404))
def test_background_tasks(log: Log) -> Kingpost:
    """Tasks run in order after the response, and not at all after a failure (behaviour 48)."""

    async def async_task(name: str, *, times: int = 1) -> None:
        log.append(name * times)

    def dependency(tasks: BackgroundTasks) -> None:
        tasks.add_task(log.append, "of dependency")

    app = Kingpost(dependencies=[Depends(dependency)])

    @app.get("/")
    def read(tasks: BackgroundTasks, fail: bool = False) -> str:
        tasks.add_task(log.append, "first")
        tasks.add_task(async_task, "second", times=2)
        if fail:
            raise HTTPException(400)
        return "x"

    return app


@case(get("/none"), get("/own"), get("/x", 404))
def test_background_tasks_and_returned_response(log: Log) -> Kingpost:
    """A returned Response gets the injected tasks only if it has none (behaviour 35)."""
    app = Kingpost()

    @app.get("/none")
    def none(tasks: BackgroundTasks) -> Response:
        tasks.add_task(log.append, "injected")
        return JSONResponse("x")

    @app.get("/own")
    def own(tasks: BackgroundTasks) -> Response:
        tasks.add_task(log.append, "injected")
        return JSONResponse("x", background=BackgroundTask(log.append, "own"))

    return app


@case(get("/"), get("/ok"))
def test_background_task_that_raises(log: Log) -> Kingpost:
    """An exception of a task comes after the response; later tasks do not run."""

    def broken() -> None:
        raise ValueError("task")

    app = Kingpost()

    @app.get("/")
    def read(tasks: BackgroundTasks) -> str:
        tasks.add_task(log.append, "first")
        tasks.add_task(broken)
        tasks.add_task(log.append, "never")
        return "x"

    @app.get("/ok")
    def ok(tasks: BackgroundTasks) -> str:
        tasks.add_task(log.append, "fine")
        return "ok"

    return app


@case(get("/"), get("/x", 404))
def test_one_set_of_tasks_per_request(log: Log) -> Kingpost:
    """All injection points of one request share one object, as they do the response."""

    def dependency(tasks: BackgroundTasks, response: Response) -> list[int]:
        return [id(tasks), id(response)]

    app = Kingpost()

    @app.get("/")
    def read(
        tasks: BackgroundTasks, response: Response, ids: Annotated[list[int], Depends(dependency)]
    ) -> list[bool]:
        return [ids[0] == id(tasks), ids[1] == id(response)]

    return app


@case(get("/"), get("/x", 404))
def test_request_state_between_dependencies() -> Kingpost:
    """request.state carries values from dependency to endpoint."""

    async def first(request: Request) -> None:
        request.state.user = "ann"

    app = Kingpost(dependencies=[Depends(first)])

    @app.get("/")
    def read(request: Request) -> str:
        return str(request.state.user)

    return app


@case(get("/?n=1"), get("/", 422))
def test_request_without_annotation_is_a_parameter() -> Kingpost:
    """Only the annotation injects: a parameter merely named `request` is a query parameter."""
    app = Kingpost()

    @app.get("/")
    def read(n: int, request: str = "plain") -> list[Any]:
        return [n, request]

    return app


@case(get("/"), get("/x", 404))
def test_subclass_of_request() -> Kingpost:
    """A parameter typed as a subclass of Request gets the request there is."""

    class Own(Request):
        pass

    app = Kingpost()

    @app.get("/")
    def read(request: Own) -> str:
        return request.method

    return app
