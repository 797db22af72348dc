"""The interactive documents: other scripts, own files, settings, other addresses, none."""

import os
from pathlib import Path

from kingpost import Kingpost
from kingpost.openapi.docs import (
    get_redoc_html,
    get_swagger_ui_html,
    get_swagger_ui_oauth2_redirect_html,
    swagger_ui_default_parameters,
)
from kingpost.responses import HTMLResponse
from kingpost.staticfiles import StaticFiles
from kingpost.testclient import TestClient


def with_pages_from(scripts: str) -> Kingpost:
    """An application whose pages load what they need from `scripts`."""
    app = Kingpost(title="Tides", docs_url=None, redoc_url=None)

    @app.get("/docs", include_in_schema=False)
    async def swagger_ui() -> HTMLResponse:
        return get_swagger_ui_html(
            openapi_url=str(app.openapi_url),
            title=f"{app.title}, tried out",
            oauth2_redirect_url=app.swagger_ui_oauth2_redirect_url,
            swagger_js_url=f"{scripts}/ui.js",
            swagger_css_url=f"{scripts}/ui.css",
            swagger_favicon_url=f"{scripts}/icon.png",
        )

    @app.get(str(app.swagger_ui_oauth2_redirect_url), include_in_schema=False)
    async def redirect() -> HTMLResponse:
        return get_swagger_ui_oauth2_redirect_html()

    @app.get("/redoc", include_in_schema=False)
    async def redoc() -> HTMLResponse:
        return get_redoc_html(
            openapi_url=str(app.openapi_url),
            title=f"{app.title}, to read",
            redoc_js_url=f"{scripts}/redoc.js",
            redoc_favicon_url=f"{scripts}/icon.png",
            with_google_fonts=False,
        )

    @app.get("/harbours/{name}")
    async def harbour(name: str) -> dict[str, str]:
        return {"harbour": name}

    return app


def test_scripts_from_another_host() -> None:
    """Pages made by hand load their scripts from where one says."""
    client = TestClient(with_pages_from("https://scripts.example"))
    ui, redoc = client.get("/docs").text, client.get("/redoc").text

    assert "<title>Tides, tried out</title>" in ui
    assert 'src="https://scripts.example/ui.js"' in ui
    assert 'href="https://scripts.example/ui.css"' in ui
    assert 'href="https://scripts.example/icon.png"' in ui
    assert "url: '/openapi.json'" in ui
    assert "window.location.origin + '/docs/oauth2-redirect'" in ui
    assert "<title>Tides, to read</title>" in redoc
    assert 'src="https://scripts.example/redoc.js"' in redoc
    assert 'spec-url="/openapi.json"' in redoc
    assert "fonts.googleapis" not in redoc
    assert "window.opener" in client.get("/docs/oauth2-redirect").text


def test_pages_stay_out_of_the_document() -> None:
    """Operations for the pages are hidden; the application's own are shown."""
    client = TestClient(with_pages_from("https://scripts.example"))

    assert client.get("/harbours/Brest").json() == {"harbour": "Brest"}
    assert list(client.get("/openapi.json").json()["paths"]) == ["/harbours/{name}"]


def test_scripts_from_own_files(tmp_path: Path) -> None:
    """The scripts may be files that the application serves itself."""
    (tmp_path / "ui.js").write_text("const tides = 1")
    os.utime(tmp_path / "ui.js", (1_900_000_000, 1_900_000_000))
    app = with_pages_from("/static")
    app.mount("/static", StaticFiles(directory=tmp_path), name="static")
    client = TestClient(app)

    assert 'src="/static/ui.js"' in client.get("/docs").text
    assert client.get("/static/ui.js").text == "const tides = 1"
    assert client.get("/static/ui.css").status_code == 404


def test_settings_of_the_page() -> None:
    """Settings are added to the default ones, or stand in their place."""
    app = Kingpost(swagger_ui_parameters={"syntaxHighlight": False, "deepLinking": False})
    page = TestClient(app).get("/docs").text

    assert '"syntaxHighlight": false' in page
    assert '"deepLinking": false' in page
    assert '"dom_id": "#swagger-ui"' in page
    assert '"layout": "BaseLayout"' in page
    assert swagger_ui_default_parameters["deepLinking"] is True


def test_theme_of_the_page() -> None:
    """A setting may be an object."""
    app = Kingpost(swagger_ui_parameters={"syntaxHighlight": {"theme": "obsidian"}})

    assert '"syntaxHighlight": {"theme": "obsidian"}' in TestClient(app).get("/docs").text


def test_sign_in_of_the_page() -> None:
    """What the page signs in with is handed to its script."""
    app = Kingpost(swagger_ui_init_oauth={"clientId": "tides", "appName": "The <tides>"})
    page = TestClient(app).get("/docs").text

    assert 'ui.initOAuth({"clientId": "tides", "appName": "The \\u003ctides\\u003e"})' in page


def test_other_addresses() -> None:
    """Document and pages may be elsewhere."""
    app = Kingpost(openapi_url="/api/tides.json", docs_url="/try", redoc_url="/read")
    client = TestClient(app)

    assert "url: '/api/tides.json'" in client.get("/try").text
    assert 'spec-url="/api/tides.json"' in client.get("/read").text
    assert client.get("/api/tides.json").json()["openapi"] == "3.1.0"
    assert [client.get(path).status_code for path in ("/docs", "/redoc", "/openapi.json")] == [
        404
    ] * 3


def test_no_pages() -> None:
    """One page may be absent, or with the document all of them."""
    one = TestClient(Kingpost(redoc_url=None))
    none = TestClient(Kingpost(openapi_url=None))

    assert one.get("/docs").status_code == 200
    assert one.get("/redoc").status_code == 404
    assert [none.get(path).status_code for path in ("/docs", "/redoc", "/openapi.json")] == [
        404
    ] * 3


def test_no_redirect_page() -> None:
    """Without the page for redirects, the other names none."""
    app = Kingpost(swagger_ui_oauth2_redirect_url=None)
    client = TestClient(app)

    assert "oauth2RedirectUrl" not in client.get("/docs").text
    assert client.get("/docs/oauth2-redirect").status_code == 404
