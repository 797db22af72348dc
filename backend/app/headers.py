"""Security and cache headers of every answer."""

import base64
import hashlib
import re
from collections.abc import Collection

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    # Cross-origin pages learn nothing of ours; our own requests keep their Origin.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}

_POLICY = {
    "default-src": "'self'",
    "img-src": "'self' data:",
    "object-src": "'none'",
    "base-uri": "'self'",
    "frame-ancestors": "'none'",
    "form-action": "'self'",
}

_INLINE_SCRIPT = re.compile(rb"<script(?![^>]*\ssrc\s*=)[^>]*>(.*?)</script\s*>", re.DOTALL)

HSTS = "max-age=31536000"
NO_STORE = "no-store"
REVALIDATE = "no-cache"
IMMUTABLE = "public, max-age=31536000, immutable"


def _policy(**changed: str) -> str:
    directives = _POLICY | {name.replace("_", "-"): value for name, value in changed.items()}
    return "; ".join(f"{name} {value}" for name, value in directives.items())


PAGE_POLICY = _policy()


def docs_policy(page: bytes) -> str:
    """Return the policy of a page of the API's documentation.

    Its boot script stands in the page and is allowed by its hash; the viewers write their own
    styles, and ReDoc searches in a worker made from a blob. No other page is given any of it.

    Args:
        page: The page, with its scripts as they are sent.
    """
    hashes = [
        base64.b64encode(hashlib.sha256(script).digest()).decode()
        for script in _INLINE_SCRIPT.findall(page)
    ]
    return _policy(
        script_src=" ".join(["'self'", *(f"'sha256-{digest}'" for digest in hashes)]),
        style_src="'self' 'unsafe-inline'",
        worker_src="'self' blob:",
    )


def cache_control(path: str, status: int, content_type: str) -> str:
    """Return how long an answer may be kept.

    What the API says is personal and never stored. The front end's assets have a hash of their
    content in their name; everything else is asked for again, and mostly answered by a 304.
    """
    if path.startswith("/api/"):
        return NO_STORE
    if path.startswith("/assets/") and status in (200, 206, 304):
        # A missing asset may be answered with the page of the application.
        return REVALIDATE if content_type.startswith("text/html") else IMMUTABLE
    return REVALIDATE


class SecurityHeadersMiddleware:
    """Adds the headers of this module where the answer has none of its own.

    Args:
        app: What serves the request.
        docs_paths: The pages of the API's documentation.
        tls: Whether browsers are told to come back by HTTPS alone (RFC 6797).
    """

    def __init__(self, app: ASGIApp, *, docs_paths: Collection[str], tls: bool) -> None:
        self._app = app
        self._docs_paths = frozenset(docs_paths)
        self._headers = HEADERS | ({"Strict-Transport-Security": HSTS} if tls else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
        elif scope["path"] in self._docs_paths:
            await self._serve_docs(scope, receive, send)
        else:
            await self._serve_page(scope, receive, send)

    async def _serve_page(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._complete(message, scope["path"], PAGE_POLICY)
            await send(message)

        await self._app(scope, receive, send_with_headers)

    async def _serve_docs(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hold the answer back until its last part: the policy depends on all of it."""
        held: list[Message] = []

        async def hold(message: Message) -> None:
            held.append(message)
            if message["type"] == "http.response.body" and not message.get("more_body", False):
                page = b"".join(part.get("body", b"") for part in held)
                self._complete(held[0], scope["path"], docs_policy(page))
                for part in held:
                    await send(part)

        await self._app(scope, receive, hold)

    def _complete(self, start: Message, path: str, policy: str) -> None:
        headers = MutableHeaders(scope=start)
        headers.setdefault("Content-Security-Policy", policy)
        for name, value in self._headers.items():
            headers.setdefault(name, value)
        kept = cache_control(path, start["status"], headers.get("content-type", ""))
        headers.setdefault("Cache-Control", kept)
