"""How large a request's body may be."""

from starlette.datastructures import Headers
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.types import Receive, Scope, Send

from app.errors import body_too_large_response

# Far more than the longest item: a larger body is refused before it fills the memory.
MAX_BODY_BYTES = 262_144


class BodyLimitMiddleware(RequestBodyLimitMiddleware):
    """Refuses a body beyond the limit as the application refuses everything: in its own shape.

    It stands within the middleware that numbers requests and adds headers, so that its answers
    have both. A length that is announced is refused unread; one that is not, as it is read.
    """

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request."""
        if scope["type"] == "http" and self._announced(scope) > self.max_body_size:
            await body_too_large_response()(scope, receive, send)
        else:
            await super().__call__(scope, receive, send)

    @staticmethod
    def _announced(scope: Scope) -> int:
        length = Headers(scope=scope).get("content-length", "")
        return int(length) if length.isascii() and length.isdigit() else 0
