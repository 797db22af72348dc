from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kingpost._declare.security.base import (
    Scheme,
    SecurityBase,
    authorization,
    get_authorization_scheme_param,
)

from .conftest import Ask


class Token(Scheme):
    """The smallest scheme."""

    described = 0

    def _describe(self) -> Any:
        self.described += 1
        return {"type": "http", "description": self.description}


class TestScheme:
    def test_is_named_after_its_class(self) -> None:
        """Without a name of its own a scheme has that of its class."""
        assert Token(None, None, True).scheme_name == "Token"
        assert Token("other", None, True).scheme_name == "other"

    def test_describes_itself_once_and_only_when_asked(self) -> None:
        """Declaring is cheap: the document's models are made for a document."""
        scheme = Token(None, "text", True)

        assert scheme.described == 0
        assert scheme.model is scheme.model
        assert scheme.described == 1

    def test_refuses_with_a_challenge(self) -> None:
        """A 401 names the way to authenticate (RFC 9110, section 11.6.1)."""
        error = Token(None, None, True).make_not_authenticated_error()

        assert (error.status_code, error.detail) == (401, "Not authenticated")
        assert error.headers == {"WWW-Authenticate": "Bearer"}

    def test_is_a_security_scheme(self) -> None:
        """The base class is how documents find schemes among dependencies."""
        assert isinstance(Token(None, None, True), SecurityBase)


@pytest.mark.anyio
async def test_the_header_is_found_in_any_case(ask: Ask) -> None:
    """Header names have no case (RFC 9110, section 5.1)."""

    async def read(connection: Any) -> str | None:
        return authorization(connection)

    assert await ask(read, ("AUTHORIZATION", "Bearer x")) == "Bearer x"
    assert await ask(read) is None


@given(st.text("ab", min_size=1), st.text("ab ").map(str.strip), st.integers(0, 3))
def test_the_header_is_split_at_its_first_space(scheme: str, credentials: str, spaces: int) -> None:
    """Spaces around the credentials are no part of them, those inside are."""
    value = f"{scheme} {' ' * spaces}{credentials}{' ' * spaces}"

    assert get_authorization_scheme_param(value) == (scheme, credentials)
    assert get_authorization_scheme_param(scheme) == (scheme, "")


def test_there_is_nothing_in_no_header() -> None:
    """A missing header has neither scheme nor credentials."""
    assert get_authorization_scheme_param(None) == ("", "")
