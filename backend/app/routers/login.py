"""Signing in, staying signed in and signing out."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Annotated

from starlette.datastructures import Headers

from app.database import utcnow
from app.dependencies import BearerToken, ClientAddress, Resources, ResourcesDep, SessionDep
from app.errors import TOO_MANY_TRIES, AppError, ErrorBody
from app.features.sessions import service
from app.features.sessions.schemas import Token
from app.features.users.service import typed_email_key
from app.origins import refuse_foreign_origin, require_own_origin
from app.rate_limits import Action
from app.security import AccessToken, InvalidTokenError
from kingpost import APIRouter, BackgroundTasks, Cookie, Depends, Header, Request, Response
from kingpost.security import OAuth2PasswordRequestForm

router = APIRouter(prefix="/login", tags=["login"])

COOKIE = "kingpost_refresh"
# Below the path of these operations alone: no other request carries the token.
COOKIE_PATH = "/api/v1/login"
# Set and cleared with it, for the page to read: without it there is nothing to ask for.
HINT = "kingpost_signed_in"

RefreshCookie = Annotated[str | None, Cookie(alias=COOKIE, include_in_schema=False)]

_FOREIGN = {"model": ErrorBody, "description": "Sent by a page that is not ours."}


@router.post(
    "/access-token",
    responses={
        400: {"model": ErrorBody, "description": "The e-mail address or the password is wrong."},
        403: _FOREIGN,
        **TOO_MANY_TRIES,
    },
)
async def access_token(
    form: Annotated[OAuth2PasswordRequestForm, Depends()],
    request: Request,
    response: Response,
    session: SessionDep,
    resources: ResourcesDep,
    address: ClientAddress,
    background: BackgroundTasks,
    user_agent: Annotated[str, Header(include_in_schema=False)] = "",
) -> Token:
    """Sign in with an e-mail address and a password (OAuth2 password flow).

    The refresh token comes in an HttpOnly cookie.
    """
    refuse_foreign_origin(request, resources.settings)
    account = typed_email_key(form.username)
    await resources.rate_limits.count(Action.SIGN_IN, address=address, account=account)
    typed = service.Credentials(
        email=form.username,
        password=form.password,
        scopes=tuple(form.scopes) or None,
        user_agent=user_agent,
    )
    lifetime = timedelta(days=resources.settings.REFRESH_TOKEN_DAYS)
    grant = await service.sign_in(session, resources.passwords, typed, lifetime)
    background.add_task(resources.rate_limits.forget, Action.SIGN_IN, account=account)
    return _answer(response, resources, grant)


@router.post(
    "/refresh",
    responses={
        401: {"model": ErrorBody, "description": "The session has ended."},
        403: _FOREIGN,
        **TOO_MANY_TRIES,
    },
)
async def refresh(
    request: Request,
    response: Response,
    session: SessionDep,
    resources: ResourcesDep,
    address: ClientAddress,
    cookie: RefreshCookie = None,
) -> Token:
    """Exchange the refresh cookie for a new one and an access token."""
    require_own_origin(request, resources.settings, cookie_sent=cookie is not None)
    # Before what clears the cookie: who comes too often stays signed in.
    await resources.rate_limits.count(Action.REFRESH, address=address)
    owner = await service.find_owner(session, cookie or "")
    await resources.rate_limits.count(Action.REFRESH, account=owner)
    try:
        grant = await service.refresh(session, cookie or "")
    except AppError as error:
        error.headers = _with_cleared_cookies(resources, error.headers)
        raise
    return _answer(response, resources, grant)


@router.post("/logout", status_code=204, responses={403: _FOREIGN})
async def logout(
    request: Request,
    response: Response,
    session: SessionDep,
    resources: ResourcesDep,
    token: BearerToken,
    cookie: RefreshCookie = None,
) -> None:
    """End the session at once and clear the cookie; without a session there is nothing to do."""
    require_own_origin(request, resources.settings, cookie_sent=cookie is not None)
    await service.sign_out(session, refresh_token=cookie, access=_readable(resources, token))
    _set_cookies(response, resources, "", 0)


def _readable(resources: Resources, token: str | None) -> AccessToken | None:
    """Return what an access token says, or None for one that says nothing any more."""
    try:
        return resources.access_tokens.decode(token) if token is not None else None
    except InvalidTokenError:
        return None


def _answer(response: Response, resources: Resources, grant: service.Grant) -> Token:
    now = utcnow()
    _set_cookies(
        response, resources, grant.refresh_token, int((grant.expires_at - now).total_seconds())
    )
    return Token(
        access_token=resources.access_tokens.encode(grant.access, now),
        token_type="bearer",  # noqa: S106 - the kind of the token
        expires_in=int(resources.access_tokens.lifetime.total_seconds()),
        scope=" ".join(grant.access.scopes),
    )


def _set_cookies(response: Response, resources: Resources, value: str, max_age: int) -> None:
    secure = not resources.settings.in_development
    response.set_cookie(
        COOKIE,
        value,
        max_age=max_age,
        path=COOKIE_PATH,
        secure=secure,
        httponly=True,
        samesite="lax",
    )
    hint = "1" if value else ""
    response.set_cookie(HINT, hint, max_age=max_age, path="/", secure=secure, samesite="lax")


def _with_cleared_cookies(resources: Resources, given: Mapping[str, str] | None) -> Headers:
    """Return headers with those that make a browser forget the cookies: one each."""
    response = Response(headers=given)
    _set_cookies(response, resources, "", 0)
    # Its length is that of an empty body, not of the refusal's.
    return Headers(raw=[pair for pair in response.raw_headers if pair[0] != b"content-length"])
