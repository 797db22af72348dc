from base64 import b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import HTTPConnection

from kingpost._declare.security.http import HTTPBase, HTTPBasic, HTTPBearer, HTTPDigest
from kingpost._http.errors import HTTPException

from .conftest import Ask

pytestmark = pytest.mark.anyio


def basic(text: str) -> tuple[str, str]:
    """Return the header for user name and password (RFC 7617, section 2)."""
    return ("authorization", f"Basic {b64encode(text.encode()).decode()}")


class TestBasic:
    async def test_reads_user_name_and_password(self, ask: Ask) -> None:
        """The password begins after the first colon, and may have others in it."""
        credentials = await ask(HTTPBasic(), basic("ann:pass:word"))

        assert (credentials.username, credentials.password) == ("ann", "pass:word")

    @pytest.mark.parametrize("auto_error", [True, False])
    @pytest.mark.parametrize(
        "header",
        [
            basic("no colon"),
            ("authorization", "Basic !"),
            ("authorization", "Basic YW5uOnA"),
            basic("änn:p"),
        ],
    )
    async def test_refuses_what_it_cannot_read(
        self, ask: Ask, header: tuple[str, str], auto_error: bool
    ) -> None:
        """Broken credentials are no missing ones: optional or not, they are refused."""
        with pytest.raises(HTTPException) as caught:
            await ask(HTTPBasic(auto_error=auto_error), header)

        assert caught.value.status_code == 401

    async def test_names_its_realm(self) -> None:
        """The challenge says what the credentials are for."""
        assert HTTPBasic(realm="shop").make_authenticate_headers() == {
            "WWW-Authenticate": 'Basic realm="shop"'
        }
        assert HTTPBasic().make_authenticate_headers() == {"WWW-Authenticate": "Basic"}

    @pytest.mark.parametrize("header", [("authorization", "Bearer x"), ("x", "y")])
    async def test_may_be_optional(self, ask: Ask, header: tuple[str, str]) -> None:
        """Another scheme is as good as none."""
        assert await ask(HTTPBasic(auto_error=False), header) is None
        with pytest.raises(HTTPException):
            await ask(HTTPBasic(), header)


@pytest.mark.parametrize(("scheme", "name"), [(HTTPBearer(), "Bearer"), (HTTPDigest(), "Digest")])
class TestBearerAndDigest:
    @pytest.mark.parametrize("case", [str.lower, str.upper, str.title])
    async def test_reads_the_credentials(
        self, ask: Ask, scheme: HTTPBase, name: str, case: type[str]
    ) -> None:
        """The scheme's name has no case (RFC 9110, section 11.1)."""
        found = await ask(scheme, ("authorization", f"{case(name)} abc"))

        assert (found.scheme, found.credentials) == (case(name), "abc")

    @pytest.mark.parametrize("value", ["", "{name}", "Other abc", "abc"])
    async def test_refuses_everything_else(
        self, ask: Ask, scheme: HTTPBase, name: str, value: str
    ) -> None:
        """No credentials, or those of another scheme, are a 401 with the challenge."""
        with pytest.raises(HTTPException) as caught:
            await ask(scheme, ("authorization", value.format(name=name)))

        assert caught.value.headers == {"WWW-Authenticate": name}


async def test_any_scheme_is_accepted_by_the_base(ask: Ask) -> None:
    """A scheme that is only described leaves the check to the operation."""
    scheme = HTTPBase(scheme="negotiate")

    found = await ask(scheme, ("authorization", "Other abc"))

    assert (found.scheme, found.credentials) == ("Other", "abc")
    assert scheme.make_authenticate_headers() == {"WWW-Authenticate": "Negotiate"}


async def test_may_be_optional(ask: Ask) -> None:
    """Without `auto_error` the operation decides."""
    assert await ask(HTTPBearer(auto_error=False)) is None


async def test_is_described() -> None:
    """OpenAPI names the scheme, and what a bearer token is."""
    bearer = HTTPBearer(bearerFormat="JWT", description="text")

    assert bearer.model.model_dump(mode="json", by_alias=True, exclude_none=True) == {
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": "JWT",
        "description": "text",
    }
    assert HTTPDigest().model.scheme == "digest"


@given(
    st.text(st.characters(codec="ascii")).filter(lambda name: ":" not in name),
    st.text(st.characters(codec="ascii")),
)
async def test_every_pair_of_credentials_can_be_read(username: str, password: str) -> None:
    """Whatever ASCII is encoded comes back as it was."""
    name, value = basic(f"{username}:{password}")
    scope = {"type": "http", "headers": [(name.encode(), value.encode())]}

    found = await HTTPBasic()(HTTPConnection(scope))

    assert found is not None
    assert (found.username, found.password) == (username, password)
