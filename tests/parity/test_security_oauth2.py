"""OAuth2: bearer schemes, the password form, scopes through the chain, their documents."""

from typing import Annotated, Any

from pydantic import BaseModel

from kingpost import APIRouter, Depends, Form, HTTPException, Kingpost, Security
from kingpost.security import (
    OAuth2,
    OAuth2AuthorizationCodeBearer,
    OAuth2PasswordBearer,
    OAuth2PasswordRequestForm,
    OAuth2PasswordRequestFormStrict,
    SecurityScopes,
)
from tests.parity.harness import Log, case, get, post, same

BEARER = {"Authorization": "Bearer abc"}


@case(
    get("/", headers=BEARER),
    get("/", headers={"Authorization": "bearer  x y "}),
    get("/", 401),
    get("/", 401, headers={"Authorization": "Basic abc"}),
    get("/", 200, headers={"Authorization": "Bearer"}),
    get("/", 401, headers={"Authorization": ""}),
)
def test_password_bearer() -> Kingpost:
    """The token after `Bearer`, in any case; otherwise 401 with WWW-Authenticate."""
    scheme = OAuth2PasswordBearer(tokenUrl="token")
    app = Kingpost()

    @app.get("/")
    def read(token: Annotated[str, Depends(scheme)]) -> str:
        return token

    return app


@case(get("/", headers=BEARER), get("/"), get("/x", 404))
def test_password_bearer_without_auto_error() -> Kingpost:
    """auto_error=False gives None."""
    scheme = OAuth2PasswordBearer(
        tokenUrl="/api/token",
        scheme_name="Own name",
        scopes={"me": "Read me"},
        description="How to sign in",
        auto_error=False,
        refreshUrl="/refresh",
    )
    app = Kingpost()

    @app.get("/")
    def read(token: Annotated[str | None, Depends(scheme)]) -> str | None:
        return token

    return app


@case(get("/", headers=BEARER), get("/", 401))
def test_authorization_code_bearer() -> Kingpost:
    """The authorization-code flow and its document."""
    scheme = OAuth2AuthorizationCodeBearer(
        authorizationUrl="authorize",
        tokenUrl="token",
        refreshUrl="refresh",
        scopes={"a": "A"},
        description="Code flow",
    )
    app = Kingpost()

    @app.get("/")
    def read(token: Annotated[str | None, Security(scheme, scopes=["a"])]) -> str | None:
        return token

    return app


@case(
    get("/", headers={"Authorization": "Other token"}),
    get("/", 401),
    get("/optional"),
)
def test_plain_oauth2() -> Kingpost:
    """OAuth2 with flows as a dict gives the raw header."""
    scheme = OAuth2(
        flows={"password": {"tokenUrl": "token", "scopes": {"read": "R", "write": "W"}}},
        description="Flows",
    )
    optional = OAuth2(flows={"implicit": {"authorizationUrl": "a"}}, auto_error=False)
    app = Kingpost()

    @app.get("/")
    def read(header: Annotated[str, Security(scheme)]) -> str:
        return header

    @app.get("/optional")
    def read_optional(header: Annotated[str | None, Security(optional)]) -> str | None:
        return header

    return app


@case(
    post("/", data={"username": "a", "password": "b"}),
    post("/", data={"username": "a", "password": "b", "grant_type": "password"}),
    post(
        "/",
        data={
            "username": "a",
            "password": "b",
            "scope": "one two  three ",
            "client_id": "i",
            "client_secret": "s",
        },
    ),
    post("/", 422, data={"username": "a", "password": "b", "grant_type": "other"}),
    post("/", data={"username": "a", "password": "b", "grant_type": ""}),
    post("/", 422, data={"username": "a"}),
    post("/", 422, json={"username": "a", "password": "b"}),
    post("/", 422),
)
def test_password_request_form() -> Kingpost:
    """The token endpoint's form; scopes are split at spaces."""
    app = Kingpost()

    @app.post("/")
    def token(form: Annotated[OAuth2PasswordRequestForm, Depends()]) -> dict[str, Any]:
        return dict(vars(form))

    return app


@case(
    post("/", data={"username": "a", "password": "b", "grant_type": "password"}),
    post("/", 422, data={"username": "a", "password": "b"}),
    post("/", 422, data={"username": "a", "password": "b", "grant_type": "x"}),
    post("/", 422, data={"username": "a", "password": "b", "grant_type": ""}),
    post("/", 422),
)
def test_strict_password_request_form() -> Kingpost:
    """The strict form requires grant_type."""
    app = Kingpost()

    @app.post("/")
    def token(form: OAuth2PasswordRequestFormStrict = Depends()) -> dict[str, Any]:
        return dict(vars(form))

    return app


@case(
    post("/", data={"username": "a", "password": "b", "code": "c"}),
    post("/", 422, data={"username": "a", "password": "b"}),
)
def test_form_with_a_field_beside_it() -> Kingpost:
    """A further form field beside the form class."""
    app = Kingpost()

    @app.post("/")
    def token(
        form: Annotated[OAuth2PasswordRequestForm, Depends()], code: Annotated[str, Form()]
    ) -> list[str]:
        return [form.username, code]

    return app


@case(get("/items", headers=BEARER), get("/items", 401), get("/me", headers=BEARER), get("/status"))
def test_scopes_accumulate(log: Log) -> Kingpost:
    """Declared scopes accumulate from the operation inwards (behaviour 50)."""
    scheme = OAuth2PasswordBearer(tokenUrl="token", scopes={"me": "M", "items": "I"})

    async def current_user(
        scopes: SecurityScopes, token: Annotated[str, Depends(scheme)]
    ) -> dict[str, Any]:
        log.append(f"{scopes.scopes} {scopes.scope_str!r}")
        return {"token": token, "scopes": scopes.scopes}

    async def active_user(
        user: Annotated[dict[str, Any], Security(current_user, scopes=["me"])],
    ) -> dict[str, Any]:
        return user

    app = Kingpost()

    @app.get("/items")
    def items(
        user: Annotated[dict[str, Any], Security(active_user, scopes=["items"])],
    ) -> dict[str, Any]:
        return user

    @app.get("/me")
    def me(user: Annotated[dict[str, Any], Depends(active_user)]) -> dict[str, Any]:
        return user

    @app.get("/status")
    def status() -> str:
        return "ok"

    return app


@case(get("/x/a", headers=BEARER), get("/x/a", 401), get("/x/b", headers=BEARER))
def test_scopes_of_routers_and_lists(log: Log) -> Kingpost:
    """Security in dependencies=[...] of routers and operations."""
    scheme = OAuth2PasswordBearer(tokenUrl="token", scopes={"r": "R", "o": "O", "i": "I"})

    def check(scopes: SecurityScopes, token: Annotated[str, Depends(scheme)]) -> list[str]:
        log.append(f"{sorted(scopes.scopes)} {token}")
        return scopes.scopes

    router = APIRouter(prefix="/x", dependencies=[Security(check, scopes=["r"])])

    @router.get("/a", dependencies=[Security(check, scopes=["o"])])
    def a() -> str:
        return "a"

    @router.get("/b")
    def b(scopes: Annotated[list[str], Security(check, scopes=["o", "r"])]) -> list[str]:
        return scopes

    app = Kingpost()
    app.include_router(router, dependencies=[Security(check, scopes=["i"])])
    return app


@case(get("/", headers=BEARER), get("/", 401), get("/missing", 403, headers=BEARER))
def test_scopes_checked_by_the_application() -> Kingpost:
    """The usual check of granted scopes, with a 403 and its header."""
    scheme = OAuth2PasswordBearer(tokenUrl="token", scopes={"read": "R", "admin": "A"})

    def user(scopes: SecurityScopes, token: Annotated[str, Depends(scheme)]) -> str:
        for scope in scopes.scopes:
            if scope != "read":
                headers = {"WWW-Authenticate": f'Bearer scope="{scopes.scope_str}"'}
                raise HTTPException(403, "Not enough permissions", headers)
        return token

    app = Kingpost()

    @app.get("/")
    def read(user: Annotated[str, Security(user, scopes=["read"])]) -> str:
        return user

    @app.get("/missing")
    def missing(user: Annotated[str, Security(user, scopes=["read", "admin"])]) -> str:
        return user

    return app


@case(
    post("/token", data={"username": "ann", "password": "pw"}),
    get("/me", 401),
    post("/token", 400, data={"username": "bob", "password": "pw"}),
)
def test_whole_sign_in() -> Kingpost:
    """Token endpoint and protected operation as the documentation has them."""

    class User(BaseModel):
        username: str
        disabled: bool | None = None

    scheme = OAuth2PasswordBearer(tokenUrl="token")
    app = Kingpost()

    def current(token: Annotated[str, Depends(scheme)]) -> User:
        return User(username=token)

    @app.post("/token")
    async def token(form: Annotated[OAuth2PasswordRequestForm, Depends()]) -> dict[str, str]:
        if form.username != "ann":
            raise HTTPException(status_code=400, detail="Incorrect username or password")
        return {"access_token": form.username, "token_type": "bearer"}

    @app.get("/me", response_model=User)
    async def me(user: Annotated[User, Depends(current)]) -> User:
        return user

    return app


@case(get("/a", headers=BEARER), get("/b", 401), get("/both", headers=BEARER))
def test_two_schemes_are_documented() -> Kingpost:
    """Operations with one, the other and both schemes."""
    first = OAuth2PasswordBearer(tokenUrl="one", scheme_name="first", scopes={"x": "X"})
    second = OAuth2PasswordBearer(tokenUrl="two", scheme_name="second")
    app = Kingpost()

    @app.get("/a")
    def a(token: Annotated[str, Security(first, scopes=["x"])]) -> str:
        return token

    @app.get("/b")
    def b(token: Annotated[str, Depends(second)]) -> str:
        return token

    @app.get("/both")
    def both(
        one: Annotated[str, Security(first, scopes=["x"])], two: Annotated[str, Depends(second)]
    ) -> list[str]:
        return [one, two]

    return app


@same
def test_flows_are_checked_where_they_are_written() -> object:
    """What is no flow is refused at once."""
    found: list[object] = []
    tried: list[Any] = [{"password": {}}, 3, {"password": {"tokenUrl": "token"}}]
    for flows in tried:
        try:
            found.append(OAuth2(flows=flows).scheme_name)
        except ValueError as exc:
            found.append(str(exc))
    return found
