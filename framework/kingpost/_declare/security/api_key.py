"""API keys in the query, a header or a cookie (OpenAPI 3.1.0, section 4.8.27)."""

from typing import Any

from starlette.requests import HTTPConnection

from kingpost._declare.security.base import Scheme, reads_header
from kingpost._http.signatures import written_late

__all__ = ["APIKeyBase", "APIKeyCookie", "APIKeyHeader", "APIKeyQuery"]


def _late_types() -> dict[str, Any]:
    from kingpost._spec.models import APIKeyIn

    return {"location": {"annotation": APIKeyIn}}


class APIKeyBase(Scheme):
    """What the three kinds of API key share.

    Args:
        location: Where the key travels, as a member of OpenAPI's `APIKeyIn`.
        name: The name of the query parameter, header or cookie.
        description: Text for the document.
        scheme_name: The name in the document; by default the class's name.
        auto_error: Answer 401 when there is no key; if not, the value is None.
    """

    challenge = "APIKey"

    @written_late(_late_types)
    def __init__(
        self,
        location: Any,
        name: str,
        description: str | None,
        scheme_name: str | None,
        auto_error: bool,
    ):
        super().__init__(scheme_name, description, auto_error)
        self.location = location
        self.name = name

    def _describe(self) -> Any:
        from kingpost._spec.models import APIKey, APIKeyIn

        return APIKey(
            **{"in": APIKeyIn(self.location)}, name=self.name, description=self.description
        )

    def check_api_key(self, api_key: str | None) -> str | None:
        """Return the key.

        Raises:
            HTTPException: There is none (401).
        """
        if not api_key:
            self._refuse()
            return None
        return api_key


class _NamedKey(APIKeyBase):
    in_: str

    def __init__(
        self,
        *,
        name: str,
        scheme_name: str | None = None,
        description: str | None = None,
        auto_error: bool = True,
    ):
        super().__init__(self.in_, name, description, scheme_name, auto_error)


class APIKeyQuery(_NamedKey):
    """An API key in the query string.

    Args:
        name: The query parameter's name.
        scheme_name: The name in the document; by default the class's name.
        description: Text for the document.
        auto_error: Answer 401 when there is no key; if not, the value is None.
    """

    in_ = "query"

    async def __call__(self, request: HTTPConnection) -> str | None:
        return self.check_api_key(request.query_params.get(self.name))


class APIKeyHeader(_NamedKey):
    """An API key in a header; arguments as for `APIKeyQuery`."""

    in_ = "header"

    @property
    def header(self) -> str:  # type: ignore[override]
        """The header's name."""
        return self.name

    @reads_header
    async def __call__(self, request: HTTPConnection) -> str | None:
        return self.accept(request.headers.get(self.name))

    def accept(self, value: str | None) -> str | None:
        """Return the key."""
        return self.check_api_key(value)


class APIKeyCookie(_NamedKey):
    """An API key in a cookie; arguments as for `APIKeyQuery`."""

    in_ = "cookie"

    async def __call__(self, request: HTTPConnection) -> str | None:
        return self.check_api_key(request.cookies.get(self.name))
