"""OAuth2: schemes, the password flow's form, and scopes."""

from starlette.requests import HTTPConnection

from kingpost._declare.parameters import Form
from kingpost._declare.security.base import SecurityBase, get_authorization_scheme_param
from kingpost._declare.security.oauth2 import (
    OAuth2,
    OAuth2AuthorizationCodeBearer,
    OAuth2PasswordBearer,
    OAuth2PasswordRequestForm,
    OAuth2PasswordRequestFormStrict,
    SecurityScopes,
)
from kingpost._http.errors import HTTPException
from kingpost._spec.security import OAuth2 as OAuth2Model
from kingpost._spec.security import OAuthFlows as OAuthFlowsModel

__all__ = [
    "OAuth2Model",
    "OAuthFlowsModel",
    "Form",
    "HTTPConnection",
    "HTTPException",
    "OAuth2",
    "OAuth2AuthorizationCodeBearer",
    "OAuth2PasswordBearer",
    "OAuth2PasswordRequestForm",
    "OAuth2PasswordRequestFormStrict",
    "SecurityBase",
    "SecurityScopes",
    "get_authorization_scheme_param",
]
