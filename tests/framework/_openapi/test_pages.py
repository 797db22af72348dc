import re
from html.parser import HTMLParser

import pytest

from kingpost._openapi.pages import (
    get_redoc_html,
    get_swagger_ui_html,
    get_swagger_ui_oauth2_redirect_html,
    swagger_ui_default_parameters,
)


class Addresses(HTMLParser):
    """Collects the addresses that a browser asks for when it reads a page."""

    def __init__(self, page: bytes | memoryview) -> None:
        super().__init__()
        self.found: list[str] = []
        self.text = bytes(page).decode()
        self.feed(self.text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element's addresses."""
        wanted = {"src", "href", "spec-url"}
        self.found += [value or "" for name, value in attrs if name in wanted]


def swagger_ui(**options: object) -> Addresses:
    """Read a Swagger UI page."""
    arguments = {"openapi_url": "/openapi.json", "title": "T", **options}
    return Addresses(get_swagger_ui_html(**arguments).body)  # type: ignore[arg-type]


def redoc(**options: object) -> Addresses:
    """Read a ReDoc page."""
    arguments = {"openapi_url": "/openapi.json", "title": "T", **options}
    return Addresses(get_redoc_html(**arguments).body)  # type: ignore[arg-type]


def test_swagger_ui_asks_for_own_copies() -> None:
    """Script, styles and icon come from the application."""
    assert swagger_ui().found == [
        "/docs/assets/favicon.svg",
        "/docs/assets/swagger-ui-dist@5/swagger-ui.css",
        "/docs/assets/swagger-ui-dist@5/swagger-ui-bundle.js",
    ]


def test_swagger_ui_asks_for_given_addresses() -> None:
    """Each address can be another one."""
    page = swagger_ui(
        swagger_js_url="/a.js?x=1&y=2", swagger_css_url="/b.css", swagger_favicon_url="/c.ico"
    )

    assert page.found == ["/c.ico", "/b.css", "/a.js?x=1&y=2"]


def test_swagger_ui_starts_with_default_settings() -> None:
    """The script names the document and the settings, in the documented spelling."""
    text = swagger_ui(title="My API").text

    assert "<title>My API</title>" in text
    assert "const ui = SwaggerUIBundle({" in text
    assert "url: '/openapi.json'," in text
    assert '"dom_id": "#swagger-ui",' in text
    assert '"layout": "BaseLayout",' in text
    for name in ("deepLinking", "showExtensions", "showCommonExtensions"):
        assert f'"{name}": true,' in text
    assert "oauth2RedirectUrl" not in text
    assert "initOAuth" not in text


def test_swagger_ui_settings_are_laid_over_the_defaults() -> None:
    """Settings can be added and replaced; the defaults stay as they are for the next page."""
    text = swagger_ui(
        swagger_ui_parameters={"deepLinking": False, "syntaxHighlight": {"theme": "obsidian"}}
    ).text

    assert '"deepLinking": false,' in text
    assert '"syntaxHighlight": {"theme": "obsidian"},' in text
    assert swagger_ui_default_parameters["deepLinking"] is True


def test_swagger_ui_oauth2_settings() -> None:
    """The redirect page and the client are handed over."""
    text = swagger_ui(
        oauth2_redirect_url="/docs/oauth2-redirect", init_oauth={"clientId": "c", "appName": "A"}
    ).text

    assert "oauth2RedirectUrl: window.location.origin + '/docs/oauth2-redirect'," in text
    assert 'ui.initOAuth({"clientId": "c", "appName": "A"})' in text


@pytest.mark.parametrize(
    "options",
    [
        {"swagger_ui_parameters": {"a": "</script><script>alert(1)</script>&"}},
        {"init_oauth": {"a": "</script><script>alert(1)</script>&"}},
        {"openapi_url": "/x'</script><script>alert(1)</script>&"},
        {"oauth2_redirect_url": "/x'</script><script>alert(1)</script>&"},
    ],
)
def test_values_cannot_end_their_script(options: dict[str, object]) -> None:
    """A value stays a value, whatever is in it."""
    text = swagger_ui(**options).text

    assert text.count("</script") == swagger_ui().text.count("</script")
    assert "\\u003c/script\\u003e" in text
    assert "x'" not in text


def test_title_cannot_end_its_element() -> None:
    """A title is text; only its end tag has a meaning there."""
    for page in (swagger_ui, redoc):
        text = page(title="A <b> & </title><script>").text

        assert "<title>A <b> &amp; &lt;/title><script></title>" in text


def test_redoc_asks_for_own_copies() -> None:
    """Script and icon come from the application, and there are no fonts from elsewhere."""
    assert redoc().found == [
        "/docs/assets/favicon.svg",
        "/openapi.json",
        "/docs/assets/redoc@2/redoc.standalone.js",
    ]


def test_redoc_asks_for_given_addresses() -> None:
    """Each address can be another one; they cannot leave their attribute."""
    page = redoc(openapi_url='/o"><script>', redoc_js_url="/r.js", redoc_favicon_url="/i.ico")

    assert page.found == ["/i.ico", '/o"><script>', "/r.js"]


def test_redoc_with_google_fonts() -> None:
    """The fonts come from their server only where that is asked for."""
    hosts = [url for url in redoc(with_google_fonts=True).found if url.startswith("https:")]

    assert [re.sub(r"\?.*", "", url) for url in hosts] == ["https://fonts.googleapis.com/css"]


def test_redirect_page_answers_swagger_ui() -> None:
    """The page uses the object that Swagger UI leaves for it, and closes."""
    page = Addresses(get_swagger_ui_oauth2_redirect_html().body)

    assert page.found == []
    for part in ("swaggerUIRedirectOauth2", ".callback({", ".errCb({", "window.close()"):
        assert part in page.text
