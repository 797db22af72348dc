"""HTTP authentication: basic, bearer, digest (RFC 9110, section 11)."""

import binascii
from base64 import b64decode
from typing import Any

from pydantic import BaseModel, ConfigDict
from starlette.requests import HTTPConnection

from kingpost._declare.security.base import (
    Scheme,
    authorization,
    get_authorization_scheme_param,
    reads_header,
)
from kingpost._http.errors import HTTPException

__all__ = [
    "HTTPAuthorizationCredentials",
    "HTTPBase",
    "HTTPBasic",
    "HTTPBasicCredentials",
    "HTTPBearer",
    "HTTPDigest",
]


class HTTPBasicCredentials(BaseModel):
    """What HTTP basic sends (RFC 7617)."""

    model_config = ConfigDict(defer_build=True)

    username: str
    password: str


class HTTPAuthorizationCredentials(BaseModel):
    """The two parts of an Authorization header."""

    model_config = ConfigDict(defer_build=True)

    scheme: str
    credentials: str


class HTTPBase(Scheme):
    """Any scheme of the Authorization header.

    Args:
        scheme: The scheme's name for the document.
        scheme_name: The name in the document; by default the class's name.
        description: Text for the document.
        auto_error: Answer 401 when there are no credentials; if not, the value is None.
    """

    def __init__(
        self,
        *,
        scheme: str,
        scheme_name: str | None = None,
        description: str | None = None,
        auto_error: bool = True,
    ):
        super().__init__(scheme_name, description, auto_error)
        self.scheme = scheme

    def _describe(self) -> Any:
        from kingpost._spec.models import HTTPBase as HTTPBaseModel

        return HTTPBaseModel(scheme=self.scheme, description=self.description)

    def make_authenticate_headers(self) -> dict[str, str]:
        """Return the challenge, which names the scheme with a capital."""
        return {"WWW-Authenticate": f"{self.scheme.title()}"}

    def make_not_authenticated_error(self) -> HTTPException:
        """Return the error for missing or unusable credentials."""
        return HTTPException(**self._refusal())

    @reads_header
    async def __call__(self, request: HTTPConnection) -> HTTPAuthorizationCredentials | None:
        return self.accept(authorization(request))

    def accept(self, value: str | None) -> HTTPAuthorizationCredentials | None:
        """Return the two parts of the header's value."""
        return self._credentials(value)

    def _credentials(
        self, value: str | None, only: str | None = None
    ) -> HTTPAuthorizationCredentials | None:
        scheme, credentials = get_authorization_scheme_param(value)
        if not (scheme and credentials) or (only is not None and scheme.lower() != only):
            self._refuse()
            return None
        return HTTPAuthorizationCredentials(scheme=scheme, credentials=credentials)


class HTTPBasic(HTTPBase):
    """HTTP basic: user name and password in each request (RFC 7617).

    Args:
        scheme_name: The name in the document; by default the class's name.
        realm: What the credentials are for, sent with the challenge.
        description: Text for the document.
        auto_error: Answer 401 when there are no credentials; if not, the value is None. Credentials
            that cannot be decoded are a 401 all the same.
    """

    def __init__(
        self,
        *,
        scheme_name: str | None = None,
        realm: str | None = None,
        description: str | None = None,
        auto_error: bool = True,
    ):
        super().__init__(
            scheme="basic", scheme_name=scheme_name, description=description, auto_error=auto_error
        )
        self.realm = realm

    def make_authenticate_headers(self) -> dict[str, str]:
        """Return the challenge with the realm."""
        if self.realm:
            return {"WWW-Authenticate": f'Basic realm="{self.realm}"'}
        return {"WWW-Authenticate": "Basic"}

    @reads_header
    async def __call__(  # type: ignore[override]
        self, request: HTTPConnection
    ) -> HTTPBasicCredentials | None:
        return self.accept(authorization(request))

    def accept(  # type: ignore[override]
        self, value: str | None
    ) -> HTTPBasicCredentials | None:
        """Return user name and password."""
        scheme, encoded = get_authorization_scheme_param(value)
        if not scheme or scheme.lower() != "basic":
            self._refuse()
            return None
        try:
            decoded = b64decode(encoded).decode("ascii")
        except (ValueError, UnicodeDecodeError, binascii.Error) as exc:
            raise self.make_not_authenticated_error() from exc
        username, separator, password = decoded.partition(":")
        if not separator:
            raise self.make_not_authenticated_error()
        return HTTPBasicCredentials(username=username, password=password)


class HTTPBearer(HTTPBase):
    """A bearer token (RFC 6750).

    Args:
        bearerFormat: What kind of token, for the document.
        scheme_name: The name in the document; by default the class's name.
        description: Text for the document.
        auto_error: Answer 401 when there is no token; if not, the value is None.
    """

    def __init__(
        self,
        *,
        bearerFormat: str | None = None,  # noqa: N803 - OpenAPI's name
        scheme_name: str | None = None,
        description: str | None = None,
        auto_error: bool = True,
    ):
        super().__init__(
            scheme="bearer", scheme_name=scheme_name, description=description, auto_error=auto_error
        )
        self.bearerFormat = bearerFormat

    def _describe(self) -> Any:
        from kingpost._spec.models import HTTPBearer as HTTPBearerModel

        return HTTPBearerModel(bearerFormat=self.bearerFormat, description=self.description)

    @reads_header
    async def __call__(self, request: HTTPConnection) -> HTTPAuthorizationCredentials | None:
        return self.accept(authorization(request))

    def accept(self, value: str | None) -> HTTPAuthorizationCredentials | None:
        """Return scheme and token."""
        return self._credentials(value, only="bearer")


class HTTPDigest(HTTPBase):
    """A digest (RFC 7616), handed over as it came.

    Args:
        scheme_name: The name in the document; by default the class's name.
        description: Text for the document.
        auto_error: Answer 401 when there is no digest; if not, the value is None.
    """

    def __init__(
        self,
        *,
        scheme_name: str | None = None,
        description: str | None = None,
        auto_error: bool = True,
    ):
        super().__init__(
            scheme="digest", scheme_name=scheme_name, description=description, auto_error=auto_error
        )

    @reads_header
    async def __call__(self, request: HTTPConnection) -> HTTPAuthorizationCredentials | None:
        return self.accept(authorization(request))

    def accept(self, value: str | None) -> HTTPAuthorizationCredentials | None:
        """Return scheme and digest."""
        return self._credentials(value, only="digest")
