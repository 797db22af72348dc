"""/docs, /redoc and /openapi.json: where they are, what they are given, what turns them off."""

import re
from typing import Any

from kingpost import Kingpost, Request, Response
from kingpost.openapi.docs import (
    get_redoc_html,
    get_swagger_ui_html,
    get_swagger_ui_oauth2_redirect_html,
    swagger_ui_default_parameters,
)
from kingpost.responses import HTMLResponse
from tests.parity.harness import case, get, post, request, same

ASSETS = re.compile(r"""(?:src|href)\s*[=:]\s*['"][^'"]*['"]|https?://[^\s'"<>]+""")


def settings(body: bytes) -> object:
    """The JavaScript settings and the title of a page, without the addresses of its assets."""
    text = ASSETS.sub("", body.decode())
    title = re.findall(r"<title>(.*?)</title>", text, re.DOTALL)
    values = re.findall(r"""['"]?([\w-]+)['"]?\s*[:=]\s*(true|false|\d+|"[^"]*"|'[^']*')""", text)
    wanted = {
        "url",
        "dom_id",
        "layout",
        "deepLinking",
        "showExtensions",
        "showCommonExtensions",
        "oauth2RedirectUrl",
        "spec-url",
        "docExpansion",
        "defaultModelsExpandDepth",
        "clientId",
        "appName",
        "usePkceWithAuthorizationCodeGrant",
    }
    return title, sorted({(n, v.strip("\"'")) for n, v in values if n in wanted})


def shown(response: Any) -> object:
    """The same of a response made by hand, with its type."""
    return settings(bytes(response.body)), response.media_type, response.status_code


@case(
    get("/docs", view=settings),
    get("/redoc", view=settings),
    get("/docs/oauth2-redirect", view=settings),
    get("/openapi.json"),
    request("HEAD", "/docs", view=len),
    request("HEAD", "/redoc", view=len),
    request("HEAD", "/openapi.json"),
    post("/docs", 405),
    post("/openapi.json", 405),
    get("/docs/", 307),
)
def test_defaults() -> Kingpost:
    """The pages of a titled application; they accept HEAD (behaviour 38)."""
    return Kingpost(title="My <app>")


@case(
    get("/api/docs", view=settings),
    get("/api/redoc", view=settings),
    get("/api/v1.json"),
    get("/back", view=settings),
    get("/docs", 404),
    get("/openapi.json", 404),
)
def test_other_addresses() -> Kingpost:
    """Every address can be changed."""
    return Kingpost(
        title="T",
        openapi_url="/api/v1.json",
        docs_url="/api/docs",
        redoc_url="/api/redoc",
        swagger_ui_oauth2_redirect_url="/back",
    )


@case(
    get("/docs", 404),
    get("/redoc", 404),
    get("/openapi.json", 404),
    get("/docs/oauth2-redirect", 404),
    get("/"),
)
def test_no_schema_no_pages() -> Kingpost:
    """openapi_url=None removes all of them."""
    app = Kingpost(openapi_url=None)

    @app.get("/")
    def read() -> str:
        return "x"

    return app


@case(
    get("/docs", 404),
    get("/redoc", 404),
    get("/openapi.json"),
    get("/docs/oauth2-redirect", 404),
)
def test_pages_switched_off() -> Kingpost:
    """docs_url and redoc_url can be None; the schema stays."""
    return Kingpost(title="T", docs_url=None, redoc_url=None)


@case(get("/docs", view=settings), get("/docs/oauth2-redirect", 404), get("/redoc", view=settings))
def test_no_oauth2_redirect() -> Kingpost:
    """swagger_ui_oauth2_redirect_url=None."""
    return Kingpost(title="T", swagger_ui_oauth2_redirect_url=None)


@case(get("/docs", view=settings), get("/x", 404))
def test_swagger_settings() -> Kingpost:
    """Parameters and OAuth settings reach the page, escaped."""
    return Kingpost(
        title="T",
        swagger_ui_parameters={
            "deepLinking": False,
            "docExpansion": "none",
            "defaultModelsExpandDepth": 1,
            "x": "</script>&",
        },
        swagger_ui_init_oauth={
            "clientId": "my-client",
            "appName": "My app",
            "usePkceWithAuthorizationCodeGrant": True,
        },
    )


@case(
    get("/docs", view=settings),
    get("/redoc", view=settings),
    get("/openapi.json"),
    get("/api/openapi.json"),
    get("/api/x"),
    get("/x"),
    get("/y", 404),
    client={"root_path": "/api"},
)
def test_root_path() -> Kingpost:
    """The pages link to root_path + openapi_url; servers begin with it (behaviour 59)."""
    app = Kingpost(title="T", servers=[{"url": "https://a.example"}])

    @app.get("/x")
    def read(request: Request) -> list[Any]:
        return [request.scope["root_path"], request.url.path, str(request.url_for("read"))]

    return app


@case(get("/openapi.json"), get("/y", 404), client={"root_path": "/api"})
def test_root_path_not_in_servers() -> Kingpost:
    """root_path_in_servers=False leaves the servers alone (behaviour 59)."""
    return Kingpost(title="T", root_path_in_servers=False)


@case(get("/openapi.json"), get("/api/docs", view=settings), get("/y", 404))
def test_root_path_of_the_application() -> Kingpost:
    """The deprecated root_path argument overrides the server's, with a warning."""
    return Kingpost(title="T", root_path="/api", servers=[{"url": "/api"}])


@case(get("/docs", view=settings), get("/doc-page", view=settings), get("/redoc", 404))
def test_own_pages() -> Kingpost:
    """Pages made by hand with other assets."""
    app = Kingpost(title="T", docs_url=None, redoc_url=None)

    @app.get("/docs", include_in_schema=False)
    async def docs() -> HTMLResponse:
        return get_swagger_ui_html(
            openapi_url=str(app.openapi_url),
            title=app.title + " - own",
            oauth2_redirect_url=app.swagger_ui_oauth2_redirect_url,
            swagger_js_url="/static/ui.js",
            swagger_css_url="/static/ui.css",
            swagger_favicon_url="/static/icon.png",
        )

    @app.get("/doc-page", include_in_schema=False)
    async def redoc() -> Response:
        return get_redoc_html(
            openapi_url=str(app.openapi_url),
            title="R",
            redoc_js_url="/r.js",
            with_google_fonts=False,
        )

    return app


@same
def test_page_functions() -> object:
    """The page functions called directly."""
    return [
        shown(get_swagger_ui_html(openapi_url="/o", title="T")),
        shown(
            get_swagger_ui_html(
                openapi_url="/o",
                title="T",
                init_oauth={"clientId": "</script>"},
                swagger_ui_parameters={"docExpansion": "<!--"},
            )
        ),
        shown(get_redoc_html(openapi_url="/o", title="T")),
        get_swagger_ui_oauth2_redirect_html().status_code,
        swagger_ui_default_parameters,
    ]
