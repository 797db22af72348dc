import ast
import importlib
import pkgutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

import kingpost

ROOT = Path(kingpost.__file__).parent

SECURITY = """
    APIKeyCookie APIKeyHeader APIKeyQuery HTTPAuthorizationCredentials HTTPBasic
    HTTPBasicCredentials HTTPBearer HTTPDigest OAuth2 OAuth2AuthorizationCodeBearer
    OAuth2PasswordBearer OAuth2PasswordRequestForm OAuth2PasswordRequestFormStrict OpenIdConnect
    SecurityScopes
"""
MODELS = """
    APIKey APIKeyIn BaseModelWithConfig Components Contact Discriminator Encoding Example
    ExternalDocumentation HTTPBase HTTPBearer Header Info License Link MediaType OAuth2 OAuthFlow
    OAuthFlowAuthorizationCode OAuthFlowClientCredentials OAuthFlowImplicit OAuthFlowPassword
    OAuthFlows OpenAPI OpenIdConnect Operation Parameter ParameterBase ParameterInType PathItem
    Reference RequestBody Response Schema SchemaOrBool SchemaType SecurityBase SecurityScheme
    SecuritySchemeType Server ServerVariable Tag XML
"""
NAMES = {
    "": """
        APIRouter BackgroundTasks Body Cookie Depends File Form HTTPException Header Kingpost Path
        Query Request Response Security UploadFile WebSocket WebSocketDisconnect WebSocketException
        __version__ status
    """,
    "applications": "Kingpost",
    "background": "BackgroundTasks",
    "cli": "main",
    "concurrency": """
        asynccontextmanager contextmanager_in_threadpool iterate_in_threadpool run_in_threadpool
        run_until_first_complete
    """,
    "datastructures": """
        Address Default DefaultPlaceholder FormData Headers QueryParams State UploadFile URL
    """,
    "encoders": """
        ENCODERS_BY_TYPE decimal_encoder generate_encoders_by_class_tuples isoformat
        jsonable_encoder
    """,
    "exception_handlers": """
        http_exception_handler request_validation_exception_handler
        websocket_request_validation_exception_handler
    """,
    "exceptions": """
        DependencyScopeError EndpointContext HTTPException KingpostDeprecationWarning KingpostError
        PydanticV1NotSupportedError RequestErrorModel RequestValidationError
        ResponseValidationError ValidationException WebSocketErrorModel WebSocketException
        WebSocketRequestValidationError
    """,
    "logger": "logger",
    "middleware": "Middleware",
    "middleware.asyncexitstack": "AsyncExitStackMiddleware",
    "middleware.cors": "CORSMiddleware",
    "middleware.gzip": "GZipMiddleware",
    "middleware.httpsredirect": "HTTPSRedirectMiddleware",
    "middleware.trustedhost": "TrustedHostMiddleware",
    "openapi.constants": "METHODS_WITH_BODY REF_PREFIX REF_TEMPLATE",
    "openapi.docs": """
        get_redoc_html get_swagger_ui_html get_swagger_ui_oauth2_redirect_html
        swagger_ui_default_parameters
    """,
    "openapi.models": MODELS,
    "openapi.utils": """
        generate_operation_id generate_operation_summary get_fields_from_routes get_openapi
        get_openapi_operation_metadata get_openapi_operation_request_body get_openapi_path
        status_code_ranges validation_error_definition validation_error_response_definition
    """,
    "param_functions": "Body Cookie Depends File Form Header Path Query Security",
    "params": "Body Cookie Depends File Form Header Param ParamTypes Path Query Security",
    "requests": "HTTPConnection Request",
    "responses": """
        EventSourceResponse FileResponse HTMLResponse JSONResponse ORJSONResponse PlainTextResponse
        RedirectResponse Response StreamingResponse UJSONResponse
    """,
    "routing": """
        APIRoute APIRouter APIWebSocketRoute BaseRoute HTTPException JSONResponse Match Middleware
        Mount NoMatchFound Request Response RouteContext WebSocket compile_path get_name
        get_request_handler get_websocket_app iter_route_contexts request_response
        run_endpoint_function serialize_response websocket_session
    """,
    "security": SECURITY,
    "security.api_key": "APIKeyBase APIKeyCookie APIKeyHeader APIKeyQuery",
    "security.base": "SecurityBase",
    "security.http": """
        HTTPAuthorizationCredentials HTTPBase HTTPBasic HTTPBasicCredentials HTTPBearer HTTPDigest
    """,
    "security.oauth2": """
        OAuth2 OAuth2AuthorizationCodeBearer OAuth2PasswordBearer OAuth2PasswordRequestForm
        OAuth2PasswordRequestFormStrict SecurityScopes
    """,
    "security.open_id_connect_url": "OpenIdConnect",
    "security.utils": "get_authorization_scheme_param",
    "sse": "EventSourceResponse KEEPALIVE_COMMENT ServerSentEvent format_sse_event",
    "staticfiles": "StaticFiles",
    "telemetry": "TelemetryConfig TelemetryData get_telemetry_data",
    "templating": "Jinja2Templates",
    "testclient": "TestClient",
    "types": "DecoratedCallable DependencyCacheKey IncEx ModelNameMap UnionType",
    "utils": """
        create_model_field deep_dict_update generate_operation_id_for_path generate_unique_id
        get_path_param_names get_value_or_default is_body_allowed_for_status_code
    """,
    "websockets": "WebSocket WebSocketDisconnect WebSocketState",
}
"""What users import from where; more may be added, nothing taken away."""
STATEMENTS = (ast.Import, ast.ImportFrom, ast.Assign, ast.AnnAssign)


def module(name: str) -> ModuleType:
    """Import a public module by its name inside the package."""
    return importlib.import_module(f"kingpost.{name}" if name else "kingpost")


def public_modules() -> list[str]:
    """Return every public module that can be imported without a warning, the package included."""
    found = [
        item.name.removeprefix("kingpost.")
        for item in pkgutil.walk_packages([str(ROOT)], "kingpost.")
        if not any(part.startswith("_") for part in item.name.split("."))
    ]
    # Starlette deprecates the module behind this one.
    return ["", *(name for name in found if name != "middleware.wsgi")]


@pytest.mark.parametrize("name", NAMES)
def test_the_names_are_there(name: str) -> None:
    """Code that was written for a name keeps finding it."""
    missing = set(NAMES[name].split()) - set(module(name).__all__)

    assert missing == set()


@pytest.mark.parametrize("name", public_modules())
def test_the_list_of_names_is_honest(name: str) -> None:
    """Each name exists, stands there once, and is imported by a star."""
    names = getattr(module(name), "__all__", [])
    namespace: dict[str, object] = {}
    exec(f"from {module(name).__name__} import *", namespace)  # noqa: S102

    assert len(names) == len(set(names))
    assert set(names) <= namespace.keys()


@pytest.mark.parametrize("name", public_modules())
def test_there_is_no_logic(name: str) -> None:
    """A public module says what it offers and imports it; what it does is elsewhere."""
    file = module(name).__file__
    assert file is not None
    tree = ast.parse(Path(file).read_text(encoding="utf-8"))

    assert ast.get_docstring(tree)
    assert [node for node in tree.body[1:] if not isinstance(node, STATEMENTS)] == []


def test_type_checkers_find_the_names_where_they_are() -> None:
    """What they read is not what runs: every name of the list, from the same module."""
    tree = ast.parse((ROOT / "__init__.pyi").read_text(encoding="utf-8"))
    homes = {
        alias.name: str(node.module)
        for node in tree.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    listed = [ast.literal_eval(node.value) for node in tree.body if isinstance(node, ast.Assign)]
    package = module("")

    assert listed == [package.__all__]
    assert {*homes, "__version__"} == set(package.__all__)
    for name, home in homes.items():
        assert getattr(package, name) is getattr(importlib.import_module(home), name)


def test_nothing_is_loaded_before_it_is_asked_for() -> None:
    """A program that needs one name does not wait for all of them."""
    loaded = _loaded("import kingpost")

    assert not loaded & {"pydantic", "starlette", "anyio", "asyncio", "inspect"}
    assert {name for name in loaded if name.startswith("kingpost")} == {
        "kingpost",
        "kingpost._http",
        "kingpost._http.late_names",
    }
    assert "kingpost._serve.application" not in _loaded("from kingpost import Depends, status")
    assert "kingpost._serve.application" in _loaded("from kingpost import Kingpost")


def _loaded(statement: str) -> set[str]:
    """The modules that a statement loads in a new process."""
    program = f"import sys; {statement}; print(*sys.modules)"
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
    return set(done.stdout.split())


def test_wsgi_is_there_with_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    """The module is deprecated where it comes from."""
    for name in ("kingpost.middleware.wsgi", "starlette.middleware.wsgi"):
        monkeypatch.delitem(sys.modules, name, raising=False)

    with pytest.warns(Warning, match="a2wsgi"):
        names = module("middleware.wsgi").__all__

    assert names == ["WSGIMiddleware"]


def test_the_package_is_typed() -> None:
    """Type checkers look for this file (PEP 561)."""
    assert (ROOT / "py.typed").is_file()
