"""The routes of the OpenAPI document and of the pages that show it."""

from typing import Any, Protocol

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.types import Receive, Scope, Send

__all__ = ["ASSETS_PATH", "Documented", "add_document_routes", "serve_document_asset"]

ASSETS_PATH = "/docs/assets/"
"""Where the scripts and styles of the pages are."""


class Documented(Protocol):
    """What the pages need to know of an application."""

    title: str
    openapi_url: str | None
    docs_url: str | None
    redoc_url: str | None
    root_path_in_servers: bool
    swagger_ui_oauth2_redirect_url: str | None
    swagger_ui_init_oauth: dict[str, Any] | None
    swagger_ui_parameters: dict[str, Any] | None

    def openapi_text(self, root_path: str) -> bytes:
        """Return the document as JSON, with the root path as the first of its servers."""

    def add_route(self, path: str, route: Any, *, include_in_schema: bool) -> None:
        """Register a plain function of a request."""


def add_document_routes(app: Documented) -> None:
    """Register the document, Swagger UI with its OAuth2 page, and ReDoc, as far as wanted."""
    if not app.openapi_url:
        return
    pages = _Pages(app)
    app.add_route(app.openapi_url, pages.openapi, include_in_schema=False)
    if app.docs_url:
        app.add_route(app.docs_url, pages.swagger_ui_html, include_in_schema=False)
        if app.swagger_ui_oauth2_redirect_url:
            app.add_route(
                app.swagger_ui_oauth2_redirect_url,
                pages.swagger_ui_redirect,
                include_in_schema=False,
            )
    if app.redoc_url:
        app.add_route(app.redoc_url, pages.redoc_html, include_in_schema=False)


class _Pages:
    """One function for each route; the modules behind them are imported when they are needed."""

    def __init__(self, app: Documented) -> None:
        self.app = app

    async def openapi(self, request: Request) -> Response:
        root_path = _root_path(request) if self.app.root_path_in_servers else ""
        return Response(self.app.openapi_text(root_path), media_type="application/json")

    async def swagger_ui_html(self, request: Request) -> HTMLResponse:
        from kingpost._openapi.assets import SWAGGER_UI_URL
        from kingpost._openapi.pages import get_swagger_ui_html

        root_path = _root_path(request)
        redirect = self.app.swagger_ui_oauth2_redirect_url
        return get_swagger_ui_html(
            openapi_url=f"{root_path}{self.app.openapi_url}",
            title=f"{self.app.title} - Swagger UI",
            swagger_js_url=f"{root_path}{SWAGGER_UI_URL}swagger-ui-bundle.js",
            swagger_css_url=f"{root_path}{SWAGGER_UI_URL}swagger-ui.css",
            swagger_favicon_url=f"{root_path}{ASSETS_PATH}favicon.svg",
            oauth2_redirect_url=f"{root_path}{redirect}" if redirect else None,
            init_oauth=self.app.swagger_ui_init_oauth,
            swagger_ui_parameters=self.app.swagger_ui_parameters,
        )

    async def swagger_ui_redirect(self, request: Request) -> HTMLResponse:
        from kingpost._openapi.pages import get_swagger_ui_oauth2_redirect_html

        return get_swagger_ui_oauth2_redirect_html()

    async def redoc_html(self, request: Request) -> HTMLResponse:
        from kingpost._openapi.assets import REDOC_URL
        from kingpost._openapi.pages import get_redoc_html

        root_path = _root_path(request)
        return get_redoc_html(
            openapi_url=f"{root_path}{self.app.openapi_url}",
            title=f"{self.app.title} - ReDoc",
            redoc_js_url=f"{root_path}{REDOC_URL}redoc.standalone.js",
            redoc_favicon_url=f"{root_path}{ASSETS_PATH}favicon.svg",
        )


def _root_path(request: Request) -> str:
    return str(request.scope.get("root_path", "")).rstrip("/")


async def serve_document_asset(path: str, scope: Scope, receive: Receive, send: Send) -> bool:
    """Answer with a script or a style of the pages; False if there is none at this path."""
    if scope["type"] != "http" or not path.startswith(ASSETS_PATH):
        return False
    from kingpost._openapi.assets import serve_asset

    return await serve_asset(path.removeprefix(ASSETS_PATH), scope, receive, send)
