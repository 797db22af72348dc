"""Small public functions and classes, called directly."""

import dataclasses
import io
from datetime import date
from decimal import Decimal
from typing import Any

from pydantic import BaseModel

from kingpost import APIRouter, Kingpost, status
from kingpost.datastructures import UploadFile
from kingpost.encoders import (
    ENCODERS_BY_TYPE,
    decimal_encoder,
    generate_encoders_by_class_tuples,
    isoformat,
    jsonable_encoder,
)
from kingpost.exceptions import (
    HTTPException,
    RequestValidationError,
    ResponseValidationError,
    WebSocketException,
    WebSocketRequestValidationError,
)
from kingpost.openapi.constants import METHODS_WITH_BODY, REF_PREFIX, REF_TEMPLATE
from kingpost.openapi.models import (
    APIKey,
    APIKeyIn,
    Contact,
    HTTPBearer,
    Info,
    OAuth2,
    OAuthFlows,
    Operation,
    Parameter,
    Schema,
)
from kingpost.params import Depends as DependsMarker
from kingpost.params import Query as QueryMarker
from kingpost.params import Security as SecurityMarker
from kingpost.security import HTTPAuthorizationCredentials, SecurityScopes
from tests.parity.harness import same


@same
def test_encoders() -> object:
    """The table of encoders and its helpers."""
    by_class = generate_encoders_by_class_tuples({int: str, bool: str, float: repr})
    return [
        sorted(kind.__name__ for kind in ENCODERS_BY_TYPE),
        [(k.__name__, sorted(c.__name__ for c in v)) for k, v in by_class.items()],
        [decimal_encoder(Decimal(text)) for text in ("1", "1.0", "1e3", "0.1", "-5")],
        isoformat(date(2024, 1, 2)),
    ]


@same
def test_encoder_of_nested_objects() -> object:
    """Models in dataclasses in dicts, with the options passed down."""

    class Inner(BaseModel):
        a: int = 1
        b: str | None = None

    @dataclasses.dataclass
    class Holder:
        inner: Inner
        many: list[Inner]

    holder = Holder(Inner(a=2), [Inner()])
    return [
        jsonable_encoder(holder),
        jsonable_encoder(holder, exclude_unset=True),
        jsonable_encoder(holder, exclude_none=True),
        jsonable_encoder({"h": holder, 5: (n for n in [Inner()])}, exclude_defaults=True),
        jsonable_encoder({"h": holder}, custom_encoder={Inner: lambda m: f"<{m.a}>"}),
    ]


@same
def test_http_exception() -> object:
    """Texts and attributes of HTTPException."""
    error = HTTPException(404, headers={"a": "b"})
    return [
        str(error),
        repr(error),
        error.detail,
        error.headers,
        str(HTTPException(400, {"a": 1})),
        repr(HTTPException(status_code=418, detail="x")),
        HTTPException(422).detail,
    ]


@same
def test_other_exceptions() -> object:
    """Attributes of the other exceptions."""
    socket = WebSocketException(1008, "why")
    errors = [{"type": "missing", "loc": ("query", "q"), "msg": "Field required", "input": None}]
    return [
        (socket.code, socket.reason, str(socket)),
        (RequestValidationError(errors).errors(), RequestValidationError(errors, body=1).body),
        RequestValidationError([]).endpoint_path,
        str(RequestValidationError(errors)),
        str(ResponseValidationError(errors * 2, body={})),
        ResponseValidationError(errors, body={"a": 1}).body,
        str(WebSocketRequestValidationError(errors)),
    ]


@same
def test_constants() -> object:
    """Constants of the document and of statuses."""
    return [
        sorted(METHODS_WITH_BODY),
        REF_PREFIX,
        REF_TEMPLATE,
        status.HTTP_418_IM_A_TEAPOT,
        status.WS_1008_POLICY_VIOLATION,
    ]


@same
def test_markers() -> object:
    """Markers as records: equality, hashing, representation."""

    def call() -> None:
        return None

    one, two = DependsMarker(call), DependsMarker(call)
    return [
        one == two,
        hash(one) == hash(two),
        one == DependsMarker(call, use_cache=False),
        isinstance(SecurityMarker(call, scopes=["a"]), DependsMarker),
        (one.use_cache, one.scope),
        repr(QueryMarker(5, ge=1)),
        QueryMarker(5, alias="x").alias,
        QueryMarker(default=None).is_required(),
        QueryMarker().is_required(),
    ]


@same
def test_security_records() -> object:
    """SecurityScopes and credentials."""
    scopes = SecurityScopes(["a", "b"])
    return [
        scopes.scopes,
        scopes.scope_str,
        SecurityScopes().scopes,
        SecurityScopes().scope_str,
        HTTPAuthorizationCredentials(scheme="S", credentials="c"),
    ]


@same
def test_document_models() -> object:
    """The models of the document, written and read."""
    keep: dict[str, Any] = {"by_alias": True, "exclude_none": True}
    return [
        Info(title="T", version="1", contact=Contact(name="N"), other=1).model_dump(**keep),
        APIKey(**{"in": APIKeyIn.header}, name="k").model_dump(**keep),
        HTTPBearer(bearerFormat="JWT").model_dump(mode="json", **keep),
        OAuth2(flows=OAuthFlows()).model_dump(mode="json", **keep),
        Schema.model_validate({"$ref": "#/x", "not": {"type": "string"}, "x-y": 1}).model_dump(
            **keep
        ),
        Parameter.model_validate({"name": "n", "in": "query"}).model_dump(mode="json", **keep),
        Operation.model_validate({"responses": {"200": {"description": "d"}}}).model_dump(**keep),
    ]


@same
def test_attributes_of_applications() -> object:
    """What an application shows of its arguments."""
    app = Kingpost(title="T", description="D", debug=True, openapi_tags=[{"name": "a"}])
    return [
        app.title,
        app.description,
        app.debug,
        app.version,
        app.openapi_version,
        app.openapi_url,
        app.docs_url,
        app.redoc_url,
        app.openapi_tags,
        app.servers,
        app.dependency_overrides,
        app.root_path,
        app.openapi_schema,
        app.extra if hasattr(app, "extra") else None,
        sorted(str(key) for key in app.exception_handlers),
        app.user_middleware,
        app.middleware_stack,
        hasattr(app, "webhooks"),
        hasattr(app, "route"),
        hasattr(app, "add_event_handler"),
    ]


@same
def test_attributes_of_routes() -> object:
    """What a route shows of its declaration."""
    router = APIRouter(prefix="/p", tags=["t"], responses={404: {"description": "n"}})

    @router.get("/{n:int}", status_code=201, summary="S", response_model_exclude_none=True)
    def read(n: int, q: str = "") -> list[int]:
        """Doc of it."""
        return [n]

    route: Any = router.routes[0]
    return [
        route.path,
        route.path_format,
        route.path_regex.pattern,
        route.name,
        sorted(route.methods),
        route.tags,
        route.responses,
        route.response_model,
        route.status_code,
        route.summary,
        route.description,
        route.deprecated,
        route.operation_id,
        route.unique_id,
        route.include_in_schema,
        route.response_model_exclude_none,
        route.endpoint is read,
        route.response_description,
        str(route.url_path_for("read", n=5)),
    ]


@same
def test_upload_file() -> object:
    """An UploadFile made by hand."""
    file = UploadFile(io.BytesIO(b"abc"), size=3, filename="a.txt")
    return [file.filename, file.size, file.content_type, file.file.read(), dict(file.headers)]
