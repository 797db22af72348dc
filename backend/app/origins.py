"""Which pages may use the refresh cookie: the defence against cross-site request forgery.

The cookie is ``SameSite=Lax``, and so stays at home when another *site* sends a request; the
``Origin`` header (RFC 6454) also tells pages of one site apart, on another subdomain or port.
"""

from urllib.parse import SplitResult, urlsplit

from app.errors import AppError
from app.settings import Settings
from kingpost import Request

_DEFAULT_PORTS = {"http": 80, "https": 443}
_LOOPBACK_NAMES = ("localhost", "127.0.0.1", "::1")


def require_own_origin(request: Request, settings: Settings, *, cookie_sent: bool) -> None:
    """Let a request pass that was sent by a page of ours.

    A request without the header is refused if it carries the cookie, unless the browser says
    ``Sec-Fetch-Site: same-origin``: browsers send ``Origin`` with every POST, so that its absence
    means an old or tampered one. A program that carries no cookie has nothing to protect.

    Raises:
        AppError: 403 ``foreign_origin``.
    """
    origin = request.headers.get("origin")
    if origin is None:
        own = not cookie_sent or request.headers.get("sec-fetch-site") == "same-origin"
    else:
        own = _is_own(origin, request, settings)
    if not own:
        raise AppError(
            403,
            "foreign_origin",
            "This request was not sent by a page of this application; open the application itself, "
            "or name the page's origin in ALLOWED_ORIGINS.",
        )


def refuse_foreign_origin(request: Request, settings: Settings) -> None:
    """Let a request pass unless it names a foreign page.

    For signing in: another site must not sign a browser in to an account of its choice, while a
    program, which sends no ``Origin``, may ask for a token.

    Raises:
        AppError: 403 ``foreign_origin``.
    """
    require_own_origin(request, settings, cookie_sent=False)


def link_origin(request: Request, settings: Settings) -> str:
    """Return the origin that links in a mail lead to: the one that the person is on.

    Outside development only an origin of the settings is believed: a request may name any in its
    ``Origin`` and ``Host``, and the mail with its secret goes to somebody else.
    """
    origin = request.headers.get("origin", "").lower()
    if settings.PUBLIC_ORIGINS:
        return origin if origin in settings.PUBLIC_ORIGINS else settings.PUBLIC_ORIGINS[0]
    if settings.in_development and origin and _is_own(origin, request, settings):
        return origin
    return f"http://localhost:{settings.WEB_PORT}"


def _is_own(origin: str, request: Request, settings: Settings) -> bool:
    if origin.lower() in (*settings.ALLOWED_ORIGINS, *settings.PUBLIC_ORIGINS):
        return True
    try:
        page, host = urlsplit(origin), urlsplit(f"//{request.headers.get('host', '')}")
        page_port, host_port = page.port, host.port
    except ValueError:
        return False
    if page.scheme not in _DEFAULT_PORTS or page.hostname is None:
        return False
    if settings.in_development and page_port == settings.WEB_PORT:
        return page.hostname in (*_LOOPBACK_NAMES, host.hostname)
    return _same_host(page, page_port, host, host_port) and (
        # A proxy may have ended TLS before us, but nothing turns http into https on the way.
        page.scheme == "https" or request.url.scheme == "http"
    )


def _same_host(
    page: SplitResult, page_port: int | None, host: SplitResult, host_port: int | None
) -> bool:
    default = _DEFAULT_PORTS[page.scheme]
    return page.hostname == host.hostname and (page_port or default) == (host_port or default)
