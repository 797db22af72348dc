"""What an operation declares that it needs: aliases, and the functions behind them."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Annotated, cast

from sqlmodel.ext.asyncio.session import AsyncSession

from app.database import Database
from app.errors import AppError
from app.features.sessions import service as sessions
from app.features.sessions.scopes import SCOPES
from app.features.sessions.service import Identity
from app.mail.outbox import Outbox
from app.paging import PageRequest
from app.rate_limits import RateLimits
from app.security import AccessTokens, InvalidTokenError, Passwords
from app.settings import Settings
from kingpost import Depends, Request, Security
from kingpost.security import OAuth2PasswordBearer, SecurityScopes

_SAFE_METHODS = ("GET", "HEAD", "OPTIONS")


@dataclass(frozen=True)
class Resources:
    """What the lifespan opens and every request shares."""

    settings: Settings
    database: Database
    passwords: Passwords
    access_tokens: AccessTokens
    outbox: Outbox
    rate_limits: RateLimits


def get_resources(request: Request) -> Resources:
    """Return what the lifespan opened."""
    return cast(Resources, request.state.resources)


ResourcesDep = Annotated[Resources, Depends(get_resources)]


def get_client_address(request: Request) -> str | None:
    """Return where a request comes from, as the server tells it; None on a Unix socket.

    No header is read here, or everybody could choose an address. Uvicorn does it before, where
    the connection is from a proxy that ``FORWARDED_ALLOW_IPS`` names.
    """
    return request.client.host if request.client is not None else None


ClientAddress = Annotated[str | None, Depends(get_client_address)]


async def get_session(request: Request, resources: ResourcesDep) -> AsyncIterator[AsyncSession]:
    """Open the one transaction of a request.

    It is committed when the operation has returned and before the answer is sent: no client
    hears of a success that the database then refuses.
    """
    read_only = request.method in _SAFE_METHODS
    async with resources.database.transaction(read_only=read_only) as session:
        yield session


SessionDep = Annotated[AsyncSession, Depends(get_session, scope="function")]

bearer = OAuth2PasswordBearer(
    tokenUrl="/api/v1/login/access-token", scopes=SCOPES, auto_error=False
)
BearerToken = Annotated[str | None, Depends(bearer)]


async def identify(
    required: SecurityScopes, token: BearerToken, session: SessionDep, resources: ResourcesDep
) -> Identity:
    """Return who sends the request.

    Raises:
        AppError: 401 ``not_authenticated`` without a token; 401 ``invalid_token`` with one that is
            broken, expired or of an ended session; 403 ``insufficient_scope`` with one that
            lacks a scope of the operation (RFC 6750, section 3.1).
    """
    if token is None:
        raise AppError(
            401,
            "not_authenticated",
            "Sign in to do this.",
            headers={"WWW-Authenticate": "Bearer"},
        )
    try:
        identity = await sessions.identify(session, resources.access_tokens.decode(token))
    except InvalidTokenError:
        identity = None
    if identity is None:
        raise AppError(
            401,
            "invalid_token",
            "You are not signed in any more; sign in again.",
            headers={"WWW-Authenticate": 'Bearer error="invalid_token"'},
        )
    if not set(required.scopes) <= set(identity.scopes):
        raise AppError(
            403,
            "insufficient_scope",
            "You may not do this; ask an administrator for the right to.",
            headers={
                "WWW-Authenticate": 'Bearer error="insufficient_scope", '
                f'scope="{required.scope_str}"'
            },
        )
    return identity


# Who may use an operation reads as the type of its `identity`.
ItemsReader = Annotated[Identity, Security(identify, scopes=["items:read"])]
ItemsWriter = Annotated[Identity, Security(identify, scopes=["items:write"])]
UsersReader = Annotated[Identity, Security(identify, scopes=["users:read"])]
UsersWriter = Annotated[Identity, Security(identify, scopes=["users:write"])]
Administrator = Annotated[Identity, Security(identify, scopes=["admin"])]

PageDep = Annotated[PageRequest, Depends()]
