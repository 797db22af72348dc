"""OAuth2 (RFC 6749): schemes, the password flow's form, and scopes."""

from typing import Annotated, Any

from starlette.requests import HTTPConnection

from kingpost._declare.parameters import Form
from kingpost._declare.security.base import (
    Scheme,
    authorization,
    get_authorization_scheme_param,
    reads_header,
)
from kingpost._http.errors import HTTPException
from kingpost._http.signatures import written_late

__all__ = [
    "OAuth2",
    "OAuth2AuthorizationCodeBearer",
    "OAuth2PasswordBearer",
    "OAuth2PasswordRequestForm",
    "OAuth2PasswordRequestFormStrict",
    "SecurityScopes",
]


class OAuth2PasswordRequestForm:
    """The password flow's form (RFC 6749, section 4.3.2), as a dependency.

    Args:
        grant_type: ``password`` or nothing.
        username: The resource owner's name.
        password: The resource owner's password.
        scope: The scopes asked for, with spaces between them.
        client_id: The client's name, where clients identify themselves in the form.
        client_secret: The client's secret.

    Attributes:
        scopes: The scopes asked for, as a list.
    """

    def __init__(
        self,
        *,
        grant_type: Annotated[str | None, Form(pattern="^password$")] = None,
        username: Annotated[str, Form()],
        password: Annotated[str, Form(json_schema_extra={"format": "password"})],
        scope: Annotated[str, Form()] = "",
        client_id: Annotated[str | None, Form()] = None,
        client_secret: Annotated[str | None, Form(json_schema_extra={"format": "password"})] = None,
    ):
        self.grant_type = grant_type
        self.username = username
        self.password = password
        self.scopes = scope.split()
        self.client_id = client_id
        self.client_secret = client_secret


class OAuth2PasswordRequestFormStrict(OAuth2PasswordRequestForm):
    """The password flow's form with `grant_type` required, as the RFC says."""

    def __init__(
        self,
        grant_type: Annotated[str, Form(pattern="^password$")],
        username: Annotated[str, Form()],
        password: Annotated[str, Form()],
        scope: Annotated[str, Form()] = "",
        client_id: Annotated[str | None, Form()] = None,
        client_secret: Annotated[str | None, Form()] = None,
    ):
        super().__init__(
            grant_type=grant_type,
            username=username,
            password=password,
            scope=scope,
            client_id=client_id,
            client_secret=client_secret,
        )


def _late_types() -> dict[str, Any]:
    # Imported here: the module is slow to import, and few programs ask for a signature.
    from kingpost._spec.models import OAuthFlows

    annotation = OAuthFlows | dict[str, dict[str, Any]]
    return {"flows": {"annotation": annotation, "default": OAuthFlows()}}


class OAuth2(Scheme):
    """Any OAuth2 flow; hands over the Authorization header.

    Args:
        flows: The flows, as OpenAPI's `OAuthFlows` or a dict of the same shape.
        scheme_name: The name in the document; by default the class's name.
        description: Text for the document.
        auto_error: Answer 401 when there is no header; if not, the value is None.

    Raises:
        ValidationError: The flows are not what OpenAPI knows as such.
    """

    _flows_are_given = True

    @written_late(_late_types)
    def __init__(
        self,
        *,
        flows: Any = None,
        scheme_name: str | None = None,
        description: str | None = None,
        auto_error: bool = True,
    ):
        super().__init__(scheme_name, description, auto_error)
        self.flows = {} if flows is None else flows
        if flows is not None and self._flows_are_given:
            # What a user wrote is checked where it was written; describing it does that.
            _ = self.model

    def make_not_authenticated_error(self) -> HTTPException:
        """Return the error for missing or unusable credentials."""
        return HTTPException(**self._refusal())

    def _describe(self) -> Any:
        from kingpost._spec.models import OAuth2 as OAuth2Model

        return OAuth2Model(flows=self.flows, description=self.description)

    @reads_header
    async def __call__(self, request: HTTPConnection) -> str | None:
        return self.accept(authorization(request))

    def accept(self, value: str | None) -> str | None:
        """Return the header's value."""
        if not value:
            self._refuse()
            return None
        return value


class _OAuth2Bearer(OAuth2):
    """A flow whose access token travels as a bearer token (RFC 6750, section 2.1)."""

    _flows_are_given = False

    def accept(self, value: str | None) -> str | None:
        """Return the token."""
        scheme, token = get_authorization_scheme_param(value)
        if scheme.lower() != "bearer":
            self._refuse()
            return None
        return token


class OAuth2PasswordBearer(_OAuth2Bearer):
    """The password flow; the value is the token (RFC 6749, section 4.3).

    Args:
        tokenUrl: Where the form is sent.
        scheme_name: The name in the document; by default the class's name.
        scopes: The scopes there are, with a description each.
        description: Text for the document.
        auto_error: Answer 401 when there is no token; if not, the value is None.
        refreshUrl: Where a token is renewed.
    """

    def __init__(
        self,
        tokenUrl: str,  # noqa: N803 - OpenAPI's name
        scheme_name: str | None = None,
        scopes: dict[str, str] | None = None,
        description: str | None = None,
        auto_error: bool = True,
        refreshUrl: str | None = None,  # noqa: N803 - OpenAPI's name
    ):
        super().__init__(
            flows={
                "password": {
                    "tokenUrl": tokenUrl,
                    "refreshUrl": refreshUrl,
                    "scopes": scopes or {},
                }
            },
            scheme_name=scheme_name,
            description=description,
            auto_error=auto_error,
        )


class OAuth2AuthorizationCodeBearer(_OAuth2Bearer):
    """The authorization code flow; the value is the token (RFC 6749, section 4.1).

    Args:
        authorizationUrl: Where the user gives consent.
        tokenUrl: Where the code is exchanged for a token.
        refreshUrl: Where a token is renewed.
        scheme_name: The name in the document; by default the class's name.
        scopes: The scopes there are, with a description each.
        description: Text for the document.
        auto_error: Answer 401 when there is no token; if not, the value is None.
    """

    def __init__(
        self,
        authorizationUrl: str,  # noqa: N803 - OpenAPI's name
        tokenUrl: str,  # noqa: N803 - OpenAPI's name
        refreshUrl: str | None = None,  # noqa: N803 - OpenAPI's name
        scheme_name: str | None = None,
        scopes: dict[str, str] | None = None,
        description: str | None = None,
        auto_error: bool = True,
    ):
        super().__init__(
            flows={
                "authorizationCode": {
                    "authorizationUrl": authorizationUrl,
                    "tokenUrl": tokenUrl,
                    "refreshUrl": refreshUrl,
                    "scopes": scopes or {},
                }
            },
            scheme_name=scheme_name,
            description=description,
            auto_error=auto_error,
        )


class SecurityScopes:
    """The scopes that the operation and its dependencies require, for a parameter of this type.

    Args:
        scopes: The scopes, those of the outermost `Security` first.

    Attributes:
        scope_str: The scopes with spaces between them, as in a challenge.
    """

    def __init__(self, scopes: list[str] | None = None):
        self.scopes: list[str] = scopes or []
        self.scope_str = " ".join(self.scopes)
