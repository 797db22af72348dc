from typing import Annotated, Any

from kingpost import Depends, Security
from kingpost._openapi.security import describe_security
from kingpost.security import APIKeyHeader, HTTPBearer, OAuth2PasswordBearer
from kingpost.security.base import SecurityBase
from tests.framework._openapi.describing import described

oauth2 = OAuth2PasswordBearer("token", scopes={"read": "Read"}, description="Sign in")
api_key = APIKeyHeader(name="X-Key")
bearer = HTTPBearer(scheme_name="Other", bearerFormat="JWT")


def security(endpoint: Any, **options: Any) -> tuple[list[dict[str, list[str]]], dict[str, Any]]:
    """Describe the security of a function."""
    return describe_security(described(endpoint, **options).calls())


def test_none() -> None:
    """An operation without schemes requires nothing."""

    def endpoint() -> None: ...

    assert security(endpoint) == ([], {})


def test_scheme_describes_itself() -> None:
    """The scheme's type, place and texts are shown; what it leaves open is not."""

    def endpoint(
        a: Annotated[str, Depends(oauth2)],
        b: Annotated[str, Depends(api_key)],
        c: Annotated[Any, Depends(bearer)],
    ) -> None: ...

    assert security(endpoint) == (
        [{"OAuth2PasswordBearer": []}, {"APIKeyHeader": []}, {"Other": []}],
        {
            "OAuth2PasswordBearer": {
                "type": "oauth2",
                "description": "Sign in",
                "flows": {"password": {"tokenUrl": "token", "scopes": {"read": "Read"}}},
            },
            "APIKeyHeader": {"type": "apiKey", "in": "header", "name": "X-Key"},
            "Other": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"},
        },
    )


def test_scopes_gather_on_the_way_to_the_scheme() -> None:
    """What the outer dependencies require comes first; each scope is named once."""

    def user(token: Annotated[str, Security(oauth2, scopes=["a"])]) -> None: ...

    def active(user: Annotated[None, Security(user, scopes=["b", "a"])]) -> None: ...

    def endpoint(
        one: Annotated[None, Security(active, scopes=["c"])],
        two: Annotated[None, Security(user, scopes=["d"])],
    ) -> None: ...

    requirements, _ = security(endpoint)

    assert requirements == [{"OAuth2PasswordBearer": ["c", "b", "a", "d"]}]


def test_dependencies_of_the_operation_come_first() -> None:
    """A scheme that guards the operation is listed before those of its parameters."""

    def endpoint(token: Annotated[str, Depends(oauth2)]) -> None: ...

    requirements, _ = security(endpoint, dependencies=[Depends(api_key)])

    assert requirements == [{"APIKeyHeader": []}, {"OAuth2PasswordBearer": []}]


def test_own_scheme_may_be_plain_data() -> None:
    """A scheme that is not one of this package describes itself as it likes."""

    class Own(SecurityBase):
        scheme_name = "Own"

        def __init__(self) -> None:
            self.model = {"type": "mutualTLS", "description": None}

        def __call__(self) -> None: ...

    def endpoint(own: Annotated[None, Depends(Own())]) -> None: ...

    assert security(endpoint) == ([{"Own": []}], {"Own": {"type": "mutualTLS"}})
