"""Records of calls, errors, markers and security schemes, as packages read them."""

from collections.abc import AsyncIterator
from typing import Annotated, Any

from pydantic import BaseModel
from starlette.routing import compile_path

from kingpost import (
    APIRouter,
    BackgroundTasks,
    Cookie,
    Depends,
    File,
    Form,
    Header,
    HTTPException,
    Kingpost,
    Query,
    Request,
    Response,
    Security,
    UploadFile,
    WebSocket,
    WebSocketException,
)
from kingpost.dependencies.models import Dependant
from kingpost.dependencies.utils import get_flat_params
from kingpost.exceptions import RequestValidationError, ResponseValidationError
from kingpost.routing import APIRoute, APIWebSocketRoute
from kingpost.security import OAuth2PasswordBearer, SecurityScopes
from tests.parity.harness import same

token = OAuth2PasswordBearer("token", scopes={"read": "Read"})


class Item(BaseModel):
    """A body."""

    a: int


def inner(x: int = Query(1), given: str = Security(token, scopes=["read"])) -> int:
    """Return a query parameter."""
    return x


async def outer(y: str = Header(), value: int = Depends(inner)) -> AsyncIterator[str]:
    """Give a header."""
    yield y


def application() -> Kingpost:
    """Operations of every kind."""
    app = Kingpost()

    @app.post("/items/{z}", tags=["t"], response_model=Item, dependencies=[Depends(outer)])
    async def create(
        z: int,
        item: Item,
        request: Request,
        response: Response,
        tasks: BackgroundTasks,
        scopes: SecurityScopes,
        cookie: Annotated[str | None, Cookie(alias="c-k")] = None,
        value: str = Depends(outer, use_cache=False),
    ) -> Any:
        """Make one."""

    @app.post("/form")
    def form(a: int = Form(), file: UploadFile = File()) -> None:
        """Take a form."""

    @app.post("/two")
    def two(first: Item, second: list[Item]) -> None:
        """Take two."""

    @app.websocket("/socket/{k}", dependencies=[Security(outer, scopes=["read", "x"])])
    async def socket(connection: WebSocket, k: int, value: int = Depends(inner)) -> None:
        """Talk."""

    return app


def described(record: Dependant) -> list[Any]:
    """A record with what it depends on."""
    groups = ("path_params", "query_params", "header_params", "cookie_params", "body_params")
    fields = [
        [(f.name, f.alias, type(f.field_info).__name__, f.mode) for f in getattr(record, group)]
        for group in groups
    ]
    names = (
        record.request_param_name,
        record.websocket_param_name,
        record.http_connection_param_name,
        record.response_param_name,
        record.background_tasks_param_name,
        record.security_scopes_param_name,
    )
    said = (record.name, record.path, record.use_cache, record.scope)
    scopes = (record.own_oauth_scopes, record.parent_oauth_scopes)
    return [
        said,
        scopes,
        names,
        fields,
        [described(dependency) for dependency in record.dependencies],
    ]


@same
def test_records_of_operations() -> object:
    """Parameters by source, injected names, and everything below."""
    found = [route for route in application().routes if hasattr(route, "dependant")]

    return [described(route.dependant) for route in found]


@same
def test_parameters_in_one_list() -> object:
    """What is called once appears once."""
    found = [route for route in application().routes if hasattr(route, "dependant")]

    return [[(f.name, f.alias) for f in get_flat_params(route.dependant)] for route in found]


@same
def test_attributes_of_operations() -> object:
    """What tools read of a route."""
    names = """
        path name path_format methods status_code response_model tags summary description
        response_description responses deprecated operation_id response_model_include
        response_model_exclude response_model_by_alias include_in_schema openapi_extra unique_id
        response_field body_field strict_content_type param_convertors path_regex
        stream_item_type is_json_stream is_sse_stream
    """
    found = [route for route in application().routes if isinstance(route, APIRoute)]

    return [[(name, getattr(route, name)) for name in names.split()] for route in found]


@same
def test_matching() -> object:
    """A route tells whether a request is for it, and what the path says."""
    route = next(route for route in application().routes if isinstance(route, APIRoute))
    requests = [("POST", "/items/3"), ("GET", "/items/3"), ("POST", "/items/x"), ("POST", "/")]
    scopes = [
        {"type": "http", "method": method, "path": path, "root_path": "", "headers": []}
        for method, path in requests
    ]

    found = [route.matches(scope) for scope in scopes]
    return [(match, sorted(child), child.get("path_params")) for match, child in found]


@same
def test_errors_show_themselves() -> object:
    """Their texts, representations and attributes."""
    unfit = [{"type": "missing", "loc": ("query", "q"), "msg": "Field required", "input": None}]
    context: Any = {"function": "f", "path": "GET /f", "file": "f.py", "line": 3}
    errors: list[Exception] = [
        HTTPException(404),
        HTTPException(400, {"a": 1}, {"x": "y"}),
        WebSocketException(1008, "why"),
        RequestValidationError(unfit, body={"b": 1}, endpoint_ctx=context),
        ResponseValidationError(unfit, body={"b": 1}),
    ]

    return [(str(e), repr(e), e.args, sorted(vars(e).items(), key=str)) for e in errors]


@same
def test_markers_show_themselves() -> object:
    """Representations and equality of what stands in signatures."""
    markers = [Query(5, alias="x"), Header(), Cookie(None), Form(), File()]
    depends = [Depends(inner), Depends(), Security(inner, scopes=["a"]), Depends(scope="function")]

    return [
        [repr(marker) for marker in markers],
        [repr(marker) for marker in depends if "dependency=None" in repr(marker)],
        Depends(inner) == Depends(inner),
        hash(Depends(inner)) == hash(Depends(inner)),
        Security(inner, scopes=["a"]) == Security(inner, scopes=["a"]),
    ]


@same
def test_operations_compare_as_starlettes_do() -> object:
    """By path, function and methods."""
    one, other = APIRoute("/a", inner), APIRoute("/a", inner)
    sockets = APIWebSocketRoute("/a", inner), APIWebSocketRoute("/b", inner)

    return [one == other, sockets[0] == sockets[1], compile_path("/a")[1] == one.path_format]


@same
def test_a_router_of_its_own() -> object:
    """Attributes of a router that nobody has included."""
    router = APIRouter(prefix="/p", tags=["t"], deprecated=True, include_in_schema=False)
    router.get("/a")(inner)
    names = "prefix tags deprecated include_in_schema redirect_slashes responses callbacks"

    return [
        [getattr(router, name) for name in names.split()],
        [r.path_format for r in router.routes if isinstance(r, APIRoute)],
    ]
