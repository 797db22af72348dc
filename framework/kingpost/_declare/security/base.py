"""What makes a dependency a security scheme."""

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, Protocol, TypeVar

from starlette.exceptions import HTTPException as StarletteHTTPException
from starlette.requests import HTTPConnection
from starlette.status import HTTP_401_UNAUTHORIZED

__all__ = [
    "HeaderReader",
    "Scheme",
    "SecurityBase",
    "authorization",
    "get_authorization_scheme_param",
    "header_reader",
    "reads_header",
]

_Function = TypeVar("_Function", bound=Callable[..., Any])


class SecurityBase:
    """Base of the security schemes.

    Any instance that is used as a dependency is documented as a security scheme.

    Attributes:
        model: The scheme as OpenAPI describes it (3.1.0, section 4.8.27).
        scheme_name: Its name in the document.
    """

    model: Any
    scheme_name: str


class Scheme(SecurityBase):
    """A scheme that this package ships: describes itself only when a document is made.

    Args:
        scheme_name: The name in the document; by default the class's name.
        description: Text for the document.
        auto_error: Answer 401 when there are no credentials; if not, the value is None.
    """

    challenge = "Bearer"
    header = "Authorization"

    def __init__(self, scheme_name: str | None, description: str | None, auto_error: bool) -> None:
        self.scheme_name = scheme_name or type(self).__name__
        self.description = description
        self.auto_error = auto_error

    @cached_property
    def model(self) -> Any:
        """The scheme as OpenAPI describes it."""
        return self._describe()

    def _describe(self) -> Any:
        raise NotImplementedError

    def make_authenticate_headers(self) -> dict[str, str]:
        """Return the challenge of a 401 (RFC 9110, section 11.6.1)."""
        return {"WWW-Authenticate": self.challenge}

    def make_not_authenticated_error(self) -> StarletteHTTPException:
        """Return the error for missing or unusable credentials."""
        return StarletteHTTPException(**self._refusal())

    def _refusal(self) -> dict[str, Any]:
        return {
            "status_code": HTTP_401_UNAUTHORIZED,
            "detail": "Not authenticated",
            "headers": self.make_authenticate_headers(),
        }

    def _refuse(self) -> None:
        """Raise the error, or return None where the scheme is optional."""
        if self.auto_error:
            raise self.make_not_authenticated_error()


class HeaderReader(Protocol):
    """A scheme that needs one header of the request, and nothing else."""

    @property
    def header(self) -> str:
        """The header's name."""

    def accept(self, value: str | None) -> Any:
        """Return what the header's value says; None where there is no such header."""


def reads_header(call: _Function) -> _Function:
    """Mark a scheme's ``__call__`` that does no more than to `accept` the value of `header`."""
    call.reads_header = True  # type: ignore[attr-defined]
    return call


def header_reader(dependency: Any) -> HeaderReader | None:
    """Return a dependency that is a scheme which needs one header; None for any other."""
    return dependency if getattr(type(dependency).__call__, "reads_header", False) else None


def authorization(request: HTTPConnection) -> str | None:
    """Return the value of the Authorization header."""
    headers: Mapping[str, str] = request.headers
    return headers.get("Authorization")


def get_authorization_scheme_param(authorization_header_value: str | None) -> tuple[str, str]:
    """Split an Authorization header's value into scheme and credentials at the first space.

    Spaces around the credentials are taken off. Both parts are empty where there is no header.
    """
    if not authorization_header_value:
        return "", ""
    scheme, _, credentials = authorization_header_value.partition(" ")
    return scheme, credentials.strip()
