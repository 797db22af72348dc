"""A web framework of typed path operations, each compiled into one flat handler.

A name is loaded when it is first asked for: `import kingpost` alone costs next to nothing, and
`from kingpost import Depends` loads what describes parameters, not what serves requests. Type
checkers read the names from the stub beside this file.
"""

from kingpost._http.late_names import late_names

__version__ = "0.1.0"

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

__getattr__, __dir__ = late_names(
    __name__,
    __all__,
    homes={
        "APIRouter": "kingpost._serve.router",
        "BackgroundTasks": "kingpost._http.background",
        "Body": "kingpost._declare.parameters",
        "Cookie": "kingpost._declare.parameters",
        "Depends": "kingpost._declare.depends",
        "File": "kingpost._declare.parameters",
        "Form": "kingpost._declare.parameters",
        "HTTPException": "kingpost._http.errors",
        "Header": "kingpost._declare.parameters",
        "Kingpost": "kingpost._serve.application",
        "Path": "kingpost._declare.parameters",
        "Query": "kingpost._declare.parameters",
        "Request": "kingpost._http.requests",
        "Response": "kingpost._http.responses",
        "Security": "kingpost._declare.depends",
        "UploadFile": "kingpost._http.datastructures",
        "WebSocket": "kingpost._http.requests",
        "WebSocketDisconnect": "kingpost._http.requests",
        "WebSocketException": "kingpost._http.errors",
        "install_as_fastapi": "kingpost._alias.install",
        "status": "starlette.status",
    },
)
