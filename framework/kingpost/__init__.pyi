"""What type checkers and editors read: the names, which the package loads when it is asked."""

from starlette import status

from kingpost import (
    applications,
    background,
    concurrency,
    datastructures,
    dependencies,
    encoders,
    exception_handlers,
    exceptions,
    logger,
    middleware,
    openapi,
    param_functions,
    params,
    requests,
    responses,
    routing,
    security,
    sse,
    telemetry,
    types,
    utils,
    websockets,
)
from kingpost._alias.install import install_as_fastapi
from kingpost._declare.depends import Depends, Security
from kingpost._declare.parameters import Body, Cookie, File, Form, Header, Path, Query
from kingpost._http.background import BackgroundTasks
from kingpost._http.datastructures import UploadFile
from kingpost._http.errors import HTTPException, WebSocketException
from kingpost._http.requests import Request, WebSocket, WebSocketDisconnect
from kingpost._http.responses import Response
from kingpost._serve.application import Kingpost
from kingpost._serve.router import APIRouter

__version__: str

__all__ = [
    "APIRouter",
    "BackgroundTasks",
    "Body",
    "Cookie",
    "Depends",
    "File",
    "Form",
    "HTTPException",
    "Header",
    "Kingpost",
    "Path",
    "Query",
    "Request",
    "Response",
    "Security",
    "UploadFile",
    "WebSocket",
    "WebSocketDisconnect",
    "WebSocketException",
    "__version__",
    "applications",
    "background",
    "concurrency",
    "datastructures",
    "dependencies",
    "encoders",
    "exception_handlers",
    "exceptions",
    "install_as_fastapi",
    "logger",
    "middleware",
    "openapi",
    "param_functions",
    "params",
    "requests",
    "responses",
    "routing",
    "security",
    "sse",
    "status",
    "telemetry",
    "types",
    "utils",
    "websockets",
]
