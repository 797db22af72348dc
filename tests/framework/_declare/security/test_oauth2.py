import inspect
from typing import Annotated, Any, get_args, get_origin

import pytest

from kingpost._declare.markers import Form
from kingpost._declare.security.oauth2 import (
    OAuth2,
    OAuth2AuthorizationCodeBearer,
    OAuth2PasswordBearer,
    OAuth2PasswordRequestForm,
    OAuth2PasswordRequestFormStrict,
    SecurityScopes,
)
from kingpost._http.errors import HTTPException

from .conftest import Ask

BEARERS = [
    OAuth2PasswordBearer(tokenUrl="/token"),
    OAuth2AuthorizationCodeBearer(authorizationUrl="/authorize", tokenUrl="/token"),
]


@pytest.mark.anyio
@pytest.mark.parametrize("scheme", BEARERS)
class TestBearer:
    async def test_hands_over_the_token(self, ask: Ask, scheme: OAuth2) -> None:
        """The token alone is the value; the scheme's name has no case."""
        assert await ask(scheme, ("authorization", "Bearer abc")) == "abc"
        assert await ask(scheme, ("authorization", "bearer a b")) == "a b"

    @pytest.mark.parametrize("headers", [[], [("authorization", "Basic abc")]])
    async def test_refuses_a_missing_token(
        self, ask: Ask, scheme: OAuth2, headers: list[tuple[str, str]]
    ) -> None:
        """The answer is the challenge of RFC 6750, section 3."""
        with pytest.raises(HTTPException) as caught:
            await ask(scheme, *headers)

        assert caught.value.status_code == 401
        assert caught.value.headers == {"WWW-Authenticate": "Bearer"}


@pytest.mark.anyio
async def test_a_token_may_be_optional(ask: Ask) -> None:
    """Without `auto_error` the operation decides."""
    assert await ask(OAuth2PasswordBearer("/token", auto_error=False)) is None


@pytest.mark.anyio
async def test_any_flow_hands_over_the_header(ask: Ask) -> None:
    """The base class does not know how the token travels."""
    assert await ask(OAuth2(), ("authorization", "MAC abc")) == "MAC abc"
    assert await ask(OAuth2(auto_error=False)) is None
    with pytest.raises(HTTPException):
        await ask(OAuth2())


def test_the_password_flow_is_described() -> None:
    """OpenAPI gets the addresses and the scopes (3.1.0, section 4.8.29)."""
    scheme = OAuth2PasswordBearer("/token", scopes={"read": "Read."}, refreshUrl="/refresh")

    assert scheme.model.model_dump(mode="json", by_alias=True, exclude_none=True) == {
        "type": "oauth2",
        "flows": {
            "password": {
                "tokenUrl": "/token",
                "refreshUrl": "/refresh",
                "scopes": {"read": "Read."},
            }
        },
    }


def test_the_authorization_code_flow_is_described() -> None:
    """It has two addresses."""
    flow = BEARERS[1].model.flows.authorizationCode

    assert (flow.authorizationUrl, flow.tokenUrl, flow.scopes) == ("/authorize", "/token", {})


class TestForm:
    def test_splits_the_scopes(self) -> None:
        """Scopes are separated by spaces (RFC 6749, section 3.3)."""
        form = OAuth2PasswordRequestForm(username="ann", password="p", scope="read  write")

        assert form.scopes == ["read", "write"]
        assert (form.username, form.password, form.grant_type) == ("ann", "p", None)
        assert (form.client_id, form.client_secret) == (None, None)

    def test_asks_for_nothing_by_default(self) -> None:
        """No scope is an empty list."""
        assert OAuth2PasswordRequestForm(username="ann", password="p").scopes == []

    @pytest.mark.parametrize("cls", [OAuth2PasswordRequestForm, OAuth2PasswordRequestFormStrict])
    def test_reads_form_fields_only(self, cls: Any) -> None:
        """Credentials never travel in the query (RFC 6749, section 2.3.1)."""
        parameters = list(inspect.signature(cls).parameters.values())

        assert [marker_of(parameter.annotation) for parameter in parameters] == [Form] * 6

    def test_the_strict_form_wants_the_grant_type(self) -> None:
        """The RFC requires it; clients often leave it out."""
        parameter = inspect.signature(OAuth2PasswordRequestFormStrict).parameters["grant_type"]
        form = OAuth2PasswordRequestFormStrict("password", "ann", "p", "read", "id", "secret")

        assert parameter.default is inspect.Parameter.empty
        assert (form.grant_type, form.scopes, form.client_id) == ("password", ["read"], "id")


def test_scopes_are_there_as_list_and_as_text() -> None:
    """The text is what a challenge contains."""
    scopes = SecurityScopes(["items", "users"])

    assert (scopes.scopes, scopes.scope_str) == (["items", "users"], "items users")
    assert (SecurityScopes().scopes, SecurityScopes().scope_str) == ([], "")


def marker_of(annotation: Any) -> type:
    """Return the marker's class in an `Annotated` type."""
    assert get_origin(annotation) is Annotated
    return type(get_args(annotation)[1])
