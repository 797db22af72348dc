"""The pages that show an OpenAPI document."""

from starlette.responses import HTMLResponse

from kingpost._http.encoders import jsonable_encoder
from kingpost._openapi.pages import (
    get_redoc_html,
    get_swagger_ui_html,
    get_swagger_ui_oauth2_redirect_html,
    swagger_ui_default_parameters,
)

__all__ = [
    "HTMLResponse",
    "get_redoc_html",
    "get_swagger_ui_html",
    "get_swagger_ui_oauth2_redirect_html",
    "jsonable_encoder",
    "swagger_ui_default_parameters",
]
