"""The built front end, served beside the API as one origin."""

from pathlib import Path

from starlette.types import Receive, Scope, Send

from kingpost import APIRouter, Depends, Kingpost, Request
from kingpost.exceptions import HTTPException
from kingpost.middleware.gzip import GZipMiddleware

API_ROOT = "/api"


def refuse_api_paths(request: Request) -> None:
    """Keep unknown paths of the API from being answered with the page of the application.

    Raises:
        HTTPException: 404.
    """
    if request.url.path == API_ROOT or request.url.path.startswith(f"{API_ROOT}/"):
        raise HTTPException(404)


def serve_frontend(app: Kingpost, directory: Path) -> None:
    """Serve the front end in *directory* wherever *app* has nothing else.

    Args:
        app: The application.
        directory: The folder that holds ``index.html`` and ``assets/``.
    """
    pages = APIRouter(dependencies=[Depends(refuse_api_paths)])
    pages.frontend("/", directory=directory)
    app.include_router(pages)


class PagesGZipMiddleware(GZipMiddleware):
    """Compresses pages and scripts, and nothing of the API.

    The length of a compressed answer that holds both a secret and text of a stranger tells of
    the secret (the BREACH attack).
    """

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request."""
        if scope["type"] == "http" and scope["path"].startswith(f"{API_ROOT}/"):
            await self.app(scope, receive, send)
        else:
            await super().__call__(scope, receive, send)
