"""The pages that show a document: Swagger UI with its OAuth2 redirect page, and ReDoc."""

import html
import json
from typing import Any

from starlette.responses import HTMLResponse

from kingpost._http.encoders import jsonable_encoder
from kingpost._http.unset import Default, given
from kingpost._openapi.assets import ASSETS_URL, REDOC_URL, SWAGGER_UI_URL

__all__ = [
    "get_redoc_html",
    "get_swagger_ui_html",
    "get_swagger_ui_oauth2_redirect_html",
    "swagger_ui_default_parameters",
]

swagger_ui_default_parameters: dict[str, Any] = {
    "dom_id": "#swagger-ui",
    "layout": "BaseLayout",
    "deepLinking": True,
    "showExtensions": True,
    "showCommonExtensions": True,
}
"""The settings that Swagger UI starts with; `swagger_ui_parameters` are laid over them."""

_SWAGGER_UI = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="icon" href="{favicon_url}">
<link rel="stylesheet" type="text/css" href="{css_url}">
</head>
<body>
<div id="swagger-ui"></div>
<script src="{js_url}"></script>
<script>
const ui = SwaggerUIBundle({{
url: '{openapi_url}',
{settings}
presets: [
SwaggerUIBundle.presets.apis,
SwaggerUIBundle.SwaggerUIStandalonePreset
],
}})
{init_oauth}
</script>
</body>
</html>
"""

_REDOC = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="icon" href="{favicon_url}">
{fonts}<style>
body {{ margin: 0; padding: 0; }}
img[alt="redocly logo"]:not([src]) {{ display: none; }}
</style>
</head>
<body>
<noscript>ReDoc needs JavaScript to show this page.</noscript>
<redoc spec-url="{openapi_url}"></redoc>
<script>
// ReDoc's menu has an image from its maker's server, and no option against it: a reader's browser
// is to ask no other host than this one.
const isForeign = (url) => String(url).startsWith('https://cdn.redoc.ly/')
const image = HTMLImageElement.prototype
const src = Object.getOwnPropertyDescriptor(image, 'src')
Object.defineProperty(image, 'src', {{
  ...src,
  set (url) {{ if (!isForeign(url)) src.set.call(this, url) }},
}})
image.setAttribute = function (name, value) {{
  if (name !== 'src' || !isForeign(value)) Element.prototype.setAttribute.call(this, name, value)
}}
</script>
<script src="{js_url}"></script>
</body>
</html>
"""

_FONTS = """\
<link rel="stylesheet" \
href="https://fonts.googleapis.com/css?family=Montserrat:300,400,700|Roboto:300,400,700">
"""

# Swagger UI opens this page in a window of its own and waits for one call of `callback` or
# `errCb` on the object that it left at `swaggerUIRedirectOauth2`.
_OAUTH2_REDIRECT = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Swagger UI: OAuth2 Redirect</title>
</head>
<body>
<script>
'use strict'
function answer () {
  const request = window.opener && window.opener.swaggerUIRedirectOauth2
  if (!request) {
    document.body.textContent = 'Nothing is waiting for this sign-in: start it in Swagger UI.'
    return
  }
  const hash = window.location.hash.slice(1).replace('?', '&')
  const inHash = /(^|&)(code|token|access_token|id_token|error)=/.test(hash)
  const answered = new URLSearchParams(inHash ? hash : window.location.search)
  const token = Object.fromEntries(answered)
  const isValid = token.state === request.state
  const auth = request.auth
  const codeFlows = ['accessCode', 'authorizationCode', 'authorization_code']
  const fail = (message) => {
    request.errCb({ authId: auth.name, source: 'auth', level: 'error', message })
  }
  if (!codeFlows.includes(auth.schema.get('flow')) || auth.code) {
    request.callback({ auth, token, isValid, redirectUrl: request.redirectUrl })
  } else if (token.error) {
    const parts = [`[${token.error}]:`, token.error_description, token.error_uri]
    fail(parts.filter(Boolean).join(' '))
  } else if (!token.code) {
    fail('[Authorization failed]: the server sent no code')
  } else if (!isValid) {
    // RFC 6749, section 10.12: somebody else may have started this sign-in.
    fail('[Authorization failed]: the server sent back another state than it was given')
  } else {
    delete request.state
    auth.code = token.code
    request.callback({ auth, redirectUrl: request.redirectUrl })
  }
  window.close()
}
answer()
</script>
</body>
</html>
"""


def get_swagger_ui_html(
    *,
    openapi_url: str,
    title: str,
    swagger_js_url: str = f"{SWAGGER_UI_URL}swagger-ui-bundle.js",
    swagger_css_url: str = f"{SWAGGER_UI_URL}swagger-ui.css",
    swagger_favicon_url: str = f"{ASSETS_URL}favicon.svg",
    oauth2_redirect_url: str | None = None,
    init_oauth: dict[str, Any] | None = None,
    swagger_ui_parameters: dict[str, Any] | None = None,
) -> HTMLResponse:
    """Return a page with Swagger UI.

    Args:
        openapi_url: Where the document is.
        title: The page's title.
        swagger_js_url: Where the script is; by default the copy that comes with this package.
        swagger_css_url: Where the styles are.
        swagger_favicon_url: Where the icon is.
        oauth2_redirect_url: The path of the page that takes the answer of an OAuth2 server.
        init_oauth: Settings for Swagger UI's `initOAuth`.
        swagger_ui_parameters: Settings for Swagger UI, laid over the default ones.
    """
    parameters = {**swagger_ui_default_parameters, **(swagger_ui_parameters or {})}
    settings = [f"{json.dumps(name)}: {_script_json(value)}," for name, value in parameters.items()]
    if oauth2_redirect_url:
        redirect_url = _script_text(oauth2_redirect_url)
        settings.append(f"oauth2RedirectUrl: window.location.origin + '{redirect_url}',")
    page = _SWAGGER_UI.format(
        title=_title(title),
        js_url=html.escape(swagger_js_url),
        css_url=html.escape(swagger_css_url),
        favicon_url=html.escape(swagger_favicon_url),
        openapi_url=_script_text(openapi_url),
        settings="\n".join(settings),
        init_oauth=f"ui.initOAuth({_script_json(init_oauth)})" if init_oauth else "",
    )
    return HTMLResponse(page)


def get_swagger_ui_oauth2_redirect_html() -> HTMLResponse:
    """Return the page that hands an OAuth2 server's answer to Swagger UI."""
    return HTMLResponse(_OAUTH2_REDIRECT)


def get_redoc_html(
    *,
    openapi_url: str,
    title: str,
    redoc_js_url: str = f"{REDOC_URL}redoc.standalone.js",
    redoc_favicon_url: str = f"{ASSETS_URL}favicon.svg",
    with_google_fonts: bool = Default(True),
) -> HTMLResponse:
    """Return a page with ReDoc.

    Args:
        openapi_url: Where the document is.
        title: The page's title.
        redoc_js_url: Where the script is; by default the copy that comes with this package.
        redoc_favicon_url: Where the icon is.
        with_google_fonts: Load ReDoc's fonts from Google's server; if not, the reader's own
            fonts stand in, and no other host learns of the visit.
    """
    page = _REDOC.format(
        title=_title(title),
        js_url=html.escape(redoc_js_url),
        favicon_url=html.escape(redoc_favicon_url),
        openapi_url=html.escape(openapi_url),
        fonts=_FONTS if given(with_google_fonts) and with_google_fonts else "",
    )
    return HTMLResponse(page)


def _title(text: str) -> str:
    """Return a text for a title element, which only its end tag ends (HTML, section 13.1.2)."""
    return text.replace("&", "&amp;").replace("</", "&lt;/")


def _script_json(value: Any) -> str:
    """Return a value as JSON that cannot end the script that it stands in."""
    text = json.dumps(value, default=jsonable_encoder)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _script_text(text: str) -> str:
    """Return a text for between single quotes in a script."""
    return _script_json(text)[1:-1].replace("'", "\\u0027")
