# ruff: noqa: N815 - the fields have the specification's names
"""Security schemes as Pydantic types (OpenAPI 3.1.0, sections 4.8.27 to 4.8.29)."""

from enum import Enum
from typing import Literal

from pydantic import Field

from kingpost._spec.base import BaseModelWithConfig

__all__ = [
    "APIKey",
    "APIKeyIn",
    "HTTPBase",
    "HTTPBearer",
    "OAuth2",
    "OAuthFlow",
    "OAuthFlowAuthorizationCode",
    "OAuthFlowClientCredentials",
    "OAuthFlowImplicit",
    "OAuthFlowPassword",
    "OAuthFlows",
    "OpenIdConnect",
    "SecurityBase",
    "SecurityScheme",
    "SecuritySchemeType",
]


class SecuritySchemeType(Enum):
    """The kinds of security scheme."""

    apiKey = "apiKey"
    http = "http"
    oauth2 = "oauth2"
    openIdConnect = "openIdConnect"


class SecurityBase(BaseModelWithConfig):
    """What all Security Scheme Objects share."""

    type_: SecuritySchemeType = Field(alias="type")
    description: str | None = None


class APIKeyIn(Enum):
    """Where an API key travels."""

    query = "query"
    header = "header"
    cookie = "cookie"


class APIKey(SecurityBase):
    """Security Scheme Object of an API key."""

    type_: SecuritySchemeType = Field(default=SecuritySchemeType.apiKey, alias="type")
    in_: APIKeyIn = Field(alias="in")
    name: str


class HTTPBase(SecurityBase):
    """Security Scheme Object of HTTP authentication."""

    type_: SecuritySchemeType = Field(default=SecuritySchemeType.http, alias="type")
    scheme: str


class HTTPBearer(HTTPBase):
    """Security Scheme Object of a bearer token."""

    scheme: Literal["bearer"] = "bearer"
    bearerFormat: str | None = None


class OAuthFlow(BaseModelWithConfig):
    """What all OAuth Flow Objects share."""

    refreshUrl: str | None = None
    scopes: dict[str, str] = Field(default={})


class OAuthFlowImplicit(OAuthFlow):
    """OAuth Flow Object of the implicit flow."""

    authorizationUrl: str


class OAuthFlowPassword(OAuthFlow):
    """OAuth Flow Object of the password flow."""

    tokenUrl: str


class OAuthFlowClientCredentials(OAuthFlow):
    """OAuth Flow Object of the client credentials flow."""

    tokenUrl: str


class OAuthFlowAuthorizationCode(OAuthFlow):
    """OAuth Flow Object of the authorization code flow."""

    authorizationUrl: str
    tokenUrl: str


class OAuthFlows(BaseModelWithConfig):
    """OAuth Flows Object."""

    implicit: OAuthFlowImplicit | None = None
    password: OAuthFlowPassword | None = None
    clientCredentials: OAuthFlowClientCredentials | None = None
    authorizationCode: OAuthFlowAuthorizationCode | None = None


class OAuth2(SecurityBase):
    """Security Scheme Object of OAuth2."""

    type_: SecuritySchemeType = Field(default=SecuritySchemeType.oauth2, alias="type")
    flows: OAuthFlows


class OpenIdConnect(SecurityBase):
    """Security Scheme Object of OpenID Connect."""

    type_: SecuritySchemeType = Field(default=SecuritySchemeType.openIdConnect, alias="type")
    openIdConnectUrl: str


SecurityScheme = APIKey | HTTPBase | OAuth2 | OpenIdConnect | HTTPBearer
