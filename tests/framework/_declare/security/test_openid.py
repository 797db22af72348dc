import pytest
from starlette.exceptions import HTTPException

from kingpost._declare.security.openid import OpenIdConnect

from .conftest import Ask

SCHEME = OpenIdConnect(openIdConnectUrl="/.well-known/openid-configuration", description="text")


@pytest.mark.anyio
async def test_hands_over_the_header(ask: Ask) -> None:
    """What the provider's tokens look like is the application's affair."""
    assert await ask(SCHEME, ("authorization", "Bearer abc")) == "Bearer abc"


@pytest.mark.anyio
async def test_refuses_a_missing_header(ask: Ask) -> None:
    """Unless the scheme is optional, there has to be one."""
    with pytest.raises(HTTPException) as caught:
        await ask(SCHEME)

    assert caught.value.headers == {"WWW-Authenticate": "Bearer"}
    assert await ask(OpenIdConnect(openIdConnectUrl="/x", auto_error=False)) is None


def test_is_described_by_the_discovery_document() -> None:
    """The address says everything else (OpenAPI 3.1.0, section 4.8.27)."""
    assert SCHEME.model.model_dump(mode="json", by_alias=True, exclude_none=True) == {
        "type": "openIdConnect",
        "openIdConnectUrl": "/.well-known/openid-configuration",
        "description": "text",
    }
