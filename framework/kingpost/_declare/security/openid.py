"""OpenID Connect (OpenID Connect Discovery 1.0)."""

from typing import Any

from starlette.requests import HTTPConnection

from kingpost._declare.security.base import (
    Scheme,
    authorization,
    reads_header,
)

__all__ = ["OpenIdConnect"]


class OpenIdConnect(Scheme):
    """A provider found through its discovery document; hands over the Authorization header.

    Args:
        openIdConnectUrl: Where the discovery document is.
        scheme_name: The name in the document; by default the class's name.
        description: Text for the document.
        auto_error: Answer 401 when there is no header; if not, the value is None.
    """

    def __init__(
        self,
        *,
        openIdConnectUrl: str,  # noqa: N803 - OpenAPI's name
        scheme_name: str | None = None,
        description: str | None = None,
        auto_error: bool = True,
    ):
        super().__init__(scheme_name, description, auto_error)
        self.openIdConnectUrl = openIdConnectUrl

    def _describe(self) -> Any:
        from kingpost._spec.models import OpenIdConnect as OpenIdConnectModel

        return OpenIdConnectModel(
            openIdConnectUrl=self.openIdConnectUrl, description=self.description
        )

    @reads_header
    async def __call__(self, request: HTTPConnection) -> str | None:
        return self.accept(authorization(request))

    def accept(self, value: str | None) -> str | None:
        """Return the header's value."""
        if not value:
            self._refuse()
            return None
        return value
