"""The scripts and styles of the documents' pages, served from the package, not from a CDN."""

import hashlib
from functools import lru_cache
from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import FileResponse, Response
from starlette.types import Receive, Scope, Send

__all__ = ["ASSETS_URL", "REDOC_URL", "SWAGGER_UI_URL", "serve_asset"]

ASSETS_URL = "/docs/assets/"
"""Where an application serves them."""
SWAGGER_UI_URL = f"{ASSETS_URL}swagger-ui-dist@5/"
REDOC_URL = f"{ASSETS_URL}redoc@2/"
# A folder says which package a file is of, as an address on a CDN does, so that a test or a proxy
# which looks for it in a page finds it.

_FOLDER = Path(__file__).parent / "assets"
_MEDIA_TYPES = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
}
# The names carry no version, so a copy is asked after once a day; the answer is then mostly a 304.
_CACHE_CONTROL = "public, max-age=86400"


async def serve_asset(name: str, scope: Scope, receive: Receive, send: Send) -> bool:
    """Answer a GET or HEAD request with a file.

    Args:
        name: The file's name, with or without its package's folder.
        scope: The request, as ASGI has it.
        receive: As ASGI has it.
        send: As ASGI has it.

    Returns:
        Whether the request was answered; False for an unknown name or another method.
    """
    for folder in (SWAGGER_UI_URL, REDOC_URL):
        name = name.removeprefix(folder.removeprefix(ASSETS_URL))
    if name not in _names() or scope["method"] not in ("GET", "HEAD"):
        return False
    headers = {
        "etag": _etag(name),
        "cache-control": _CACHE_CONTROL,
        "x-content-type-options": "nosniff",
    }
    response: Response
    if headers["etag"] in _known_etags(scope):
        response = Response(status_code=304, headers=headers)
    else:
        path = _FOLDER / name
        media_type = _MEDIA_TYPES[path.suffix]
        response = FileResponse(path, headers=headers, media_type=media_type)
    await response(scope, receive, send)
    return True


@lru_cache(maxsize=1)
def _names() -> frozenset[str]:
    return frozenset(path.name for path in _FOLDER.iterdir() if path.suffix in _MEDIA_TYPES)


@lru_cache
def _etag(name: str) -> str:
    """Return a tag made of the content, so that it is the same on every machine."""
    return f'"{hashlib.sha256((_FOLDER / name).read_bytes()).hexdigest()[:32]}"'


def _known_etags(scope: Scope) -> set[str]:
    """Return the tags of the copies that the client has (RFC 9110, section 13.1.2)."""
    sent = Headers(scope=scope).get("if-none-match", "")
    return {tag.strip().removeprefix("W/") for tag in sent.split(",")}
