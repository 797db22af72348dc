import pytest
from starlette.exceptions import HTTPException

from kingpost._declare.security.api_key import APIKeyBase, APIKeyCookie, APIKeyHeader, APIKeyQuery

from .conftest import Ask

pytestmark = pytest.mark.anyio


async def test_reads_the_key_where_it_travels(ask: Ask) -> None:
    """Query, header and cookie each have a class."""
    assert await ask(APIKeyQuery(name="key"), query="key=secret") == "secret"
    assert await ask(APIKeyHeader(name="X-Key"), ("x-key", "secret")) == "secret"
    assert await ask(APIKeyCookie(name="key"), ("cookie", "a=b; key=secret")) == "secret"


@pytest.mark.parametrize("cls", [APIKeyQuery, APIKeyHeader, APIKeyCookie])
async def test_refuses_a_missing_key(ask: Ask, cls: type[APIKeyQuery]) -> None:
    """The challenge names the scheme, which no RFC does."""
    with pytest.raises(HTTPException) as caught:
        await ask(cls(name="key"))

    assert caught.value.status_code == 401
    assert caught.value.headers == {"WWW-Authenticate": "APIKey"}


async def test_refuses_an_empty_key(ask: Ask) -> None:
    """A name without a value is no key."""
    with pytest.raises(HTTPException):
        await ask(APIKeyQuery(name="key"), query="key=")


async def test_may_be_optional(ask: Ask) -> None:
    """Without `auto_error` the operation decides."""
    assert await ask(APIKeyQuery(name="key", auto_error=False)) is None


async def test_is_described_with_its_place() -> None:
    """OpenAPI needs to know the name and where it travels (3.1.0, section 4.8.27)."""
    scheme = APIKeyCookie(name="session", description="text", scheme_name="Session")

    assert scheme.scheme_name == "Session"
    assert scheme.model.model_dump(mode="json", by_alias=True, exclude_none=True) == {
        "type": "apiKey",
        "in": "cookie",
        "name": "session",
        "description": "text",
    }


async def test_can_be_derived_from() -> None:
    """A scheme of one's own has the check and the error ready."""
    base = APIKeyBase(
        location="query", name="key", description=None, scheme_name=None, auto_error=True
    )

    assert base.check_api_key("secret") == "secret"
    with pytest.raises(HTTPException):
        base.check_api_key(None)
