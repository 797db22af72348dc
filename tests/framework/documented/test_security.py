"""Signing in: bearer tokens, passwords, JSON web tokens, scopes, basic authentication."""

import secrets
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

import jwt
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from pydantic import BaseModel

from kingpost import Depends, HTTPException, Kingpost, Security, status
from kingpost.security import (
    HTTPBasic,
    HTTPBasicCredentials,
    OAuth2PasswordBearer,
    OAuth2PasswordRequestForm,
    SecurityScopes,
)
from kingpost.testclient import TestClient

KEY = "a key for these tests alone, of 32 bytes and more"
# The cheapest setting that the hasher takes: this is no real password.
HASHES = PasswordHash((Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1),))

bearer = OAuth2PasswordBearer(tokenUrl="token")


class Member(BaseModel):
    """A member of the club, as others see one."""

    username: str
    email: str | None = None
    disabled: bool = False


class StoredMember(Member):
    """The same with what only the club knows."""

    hashed_password: str


MEMBERS = {
    "ada": StoredMember(username="ada", email="ada@a.example", hashed_password=HASHES.hash("a")),
    "bob": StoredMember(username="bob", disabled=True, hashed_password=HASHES.hash("b")),
}


def signed(claims: dict[str, Any], minutes: int = 5, key: str = KEY) -> str:
    """Return a token of these claims."""
    expiry = datetime.now(UTC) + timedelta(minutes=minutes)
    return jwt.encode({**claims, "exp": expiry}, key, algorithm="HS256")


def authorised(token: str) -> dict[str, str]:
    """Return the header that carries a token."""
    return {"Authorization": f"Bearer {token}"}


def test_bearer_token_of_a_header() -> None:
    """The token is handed over; without one the answer says how to sign in."""
    app = Kingpost()

    @app.get("/films")
    async def films(token: Annotated[str, Depends(bearer)]) -> str:
        return token

    client = TestClient(app)
    missing = client.get("/films")

    assert client.get("/films", headers=authorised("t1")).json() == "t1"
    assert client.get("/films", headers={"Authorization": "Basic t1"}).status_code == 401
    assert (missing.status_code, missing.json()) == (401, {"detail": "Not authenticated"})
    assert missing.headers["www-authenticate"] == "Bearer"
    assert app.openapi()["paths"]["/films"]["get"]["security"] == [{"OAuth2PasswordBearer": []}]
    assert app.openapi()["components"]["securitySchemes"] == {
        "OAuth2PasswordBearer": {
            "type": "oauth2",
            "flows": {"password": {"scopes": {}, "tokenUrl": "token"}},
        }
    }


def test_current_user_from_a_dependency() -> None:
    """The token becomes a user once, and every operation asks for the user."""

    async def current(token: Annotated[str, Depends(bearer)]) -> Member:
        return Member(username=token + "-decoded")

    app = Kingpost()

    @app.get("/me")
    async def me(user: Annotated[Member, Depends(current)]) -> Member:
        return user

    assert TestClient(app).get("/me", headers=authorised("ada")).json() == {
        "username": "ada-decoded",
        "email": None,
        "disabled": False,
    }


def club() -> Kingpost:
    """Return an application with a token endpoint and members who sign in."""
    app = Kingpost()

    async def current(token: Annotated[str, Depends(bearer)]) -> StoredMember:
        refused = HTTPException(
            status_code=status.HTTP_401_UNAUTHORIZED,
            detail="Could not validate credentials",
            headers={"WWW-Authenticate": "Bearer"},
        )
        try:
            claims = jwt.decode(token, KEY, algorithms=["HS256"])
        except jwt.InvalidTokenError as error:
            raise refused from error
        member = MEMBERS.get(claims.get("sub", ""))
        if member is None:
            raise refused
        return member

    async def active(member: Annotated[StoredMember, Depends(current)]) -> StoredMember:
        if member.disabled:
            raise HTTPException(status_code=400, detail="Inactive user")
        return member

    @app.post("/token")
    async def sign_in(form: Annotated[OAuth2PasswordRequestForm, Depends()]) -> dict[str, str]:
        member = MEMBERS.get(form.username)
        if member is None or not HASHES.verify(form.password, member.hashed_password):
            raise HTTPException(status_code=401, detail="Incorrect username or password")
        return {"access_token": signed({"sub": form.username}), "token_type": "bearer"}

    @app.get("/me", response_model=Member)
    async def me(member: Annotated[StoredMember, Depends(active)]) -> Any:
        return member

    return app


def test_password_flow_with_web_tokens() -> None:
    """A password is exchanged for a token, and the token shows who is asking."""
    client = TestClient(club())
    token = client.post("/token", data={"username": "ada", "password": "a"}).json()

    assert token["token_type"] == "bearer"
    assert client.get("/me", headers=authorised(token["access_token"])).json() == {
        "username": "ada",
        "email": "ada@a.example",
        "disabled": False,
    }


def test_wrong_passwords_and_tokens() -> None:
    """A wrong password, an old token, one of another key, and one for nobody."""
    client = TestClient(club())
    tokens = [
        signed({"sub": "ada"}, minutes=-1),
        signed({"sub": "ada"}, key=KEY[::-1]),
        signed({"sub": "eve"}),
        signed({}),
        "nonsense",
    ]

    assert client.post("/token", data={"username": "ada", "password": "b"}).status_code == 401
    assert client.post("/token", data={"username": "eve", "password": "e"}).json() == {
        "detail": "Incorrect username or password"
    }
    for token in tokens:
        answer = client.get("/me", headers=authorised(token))
        assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")


def test_inactive_user() -> None:
    """A valid token of a member who may not come in any more."""
    answer = TestClient(club()).get("/me", headers=authorised(signed({"sub": "bob"})))

    assert (answer.status_code, answer.json()) == (400, {"detail": "Inactive user"})


def test_form_of_the_password_flow() -> None:
    """The form has the fields of the specification; scopes come as one text."""
    app = Kingpost()

    @app.post("/token")
    async def sign_in(form: Annotated[OAuth2PasswordRequestForm, Depends()]) -> dict[str, Any]:
        return {**vars(form), "password": "kept"}

    client = TestClient(app)
    sent = {"username": "ada", "password": "a", "scope": "read write", "grant_type": "password"}
    wrong = client.post("/token", data={**sent, "grant_type": "code"})

    assert client.post("/token", data=sent).json() == {
        "grant_type": "password",
        "username": "ada",
        "password": "kept",
        "scopes": ["read", "write"],
        "client_id": None,
        "client_secret": None,
    }
    assert wrong.json()["detail"][0]["loc"] == ["body", "grant_type"]
    assert [e["loc"] for e in client.post("/token").json()["detail"]] == [
        ["body", "username"],
        ["body", "password"],
    ]


def scoped() -> Kingpost:
    """Return an application whose operations need scopes, in a chain of dependencies."""
    scheme = OAuth2PasswordBearer(
        tokenUrl="token", scopes={"me": "Who you are", "items": "What you have"}
    )

    async def user(needed: SecurityScopes, token: Annotated[str, Depends(scheme)]) -> str:
        name, _, granted = token.partition(":")
        if not set(needed.scopes) <= set(granted.split()):
            raise HTTPException(
                status_code=401,
                detail="Not enough permissions",
                headers={"WWW-Authenticate": f'Bearer scope="{needed.scope_str}"'},
            )
        return name

    async def active(user: Annotated[str, Security(user, scopes=["me"])]) -> str:
        return user

    app = Kingpost()

    @app.get("/me")
    async def me(user: Annotated[str, Depends(active)]) -> str:
        return user

    @app.get("/me/items")
    async def items(user: Annotated[str, Security(active, scopes=["items"])]) -> str:
        return f"items of {user}"

    @app.get("/status")
    async def anybody(user: Annotated[str, Depends(user)]) -> str:
        return user

    return app


def test_scopes_of_the_whole_chain() -> None:
    """An operation needs its own scopes and those of everything that it depends on."""
    client = TestClient(scoped())
    refused = client.get("/me/items", headers=authorised("ada:me"))

    assert client.get("/me", headers=authorised("ada:me")).json() == "ada"
    assert client.get("/me/items", headers=authorised("ada:me items")).json() == "items of ada"
    assert client.get("/status", headers=authorised("ada:")).json() == "ada"
    assert refused.json() == {"detail": "Not enough permissions"}
    assert refused.headers["www-authenticate"] == 'Bearer scope="items me"'


def test_scopes_in_the_document() -> None:
    """Each operation is documented with the scopes that it needs."""
    document = scoped().openapi()
    needed = {
        path: item["get"]["security"][0]["OAuth2PasswordBearer"]
        for path, item in document["paths"].items()
    }

    assert {path: sorted(scopes) for path, scopes in needed.items()} == {
        "/me": ["me"],
        "/me/items": ["items", "me"],
        "/status": [],
    }


def test_basic_authentication() -> None:
    """Name and password of the header, compared in constant time."""
    scheme = HTTPBasic()

    def user(sent: Annotated[HTTPBasicCredentials, Depends(scheme)]) -> str:
        if not secrets.compare_digest(sent.password.encode(), b"swordfish"):
            raise HTTPException(401, "Wrong password", headers={"WWW-Authenticate": "Basic"})
        return sent.username

    app = Kingpost()

    @app.get("/me")
    def me(user: Annotated[str, Depends(user)]) -> str:
        return user

    client = TestClient(app)
    missing = client.get("/me")

    assert client.get("/me", auth=("ada", "swordfish")).json() == "ada"
    assert client.get("/me", auth=("ada", "no")).json() == {"detail": "Wrong password"}
    assert (missing.status_code, missing.headers["www-authenticate"]) == (401, "Basic")
    for broken in ("Basic notbase64!", "Basic YWRh", "Bearer YWRhOmE="):
        assert client.get("/me", headers={"Authorization": broken}).status_code == 401


def test_token_that_need_not_be_there() -> None:
    """A scheme without automatic errors leaves the decision to the application."""
    scheme = OAuth2PasswordBearer(tokenUrl="token", auto_error=False)
    app = Kingpost()

    @app.get("/films")
    async def films(token: Annotated[str | None, Depends(scheme)]) -> str:
        return token or "guest"

    client = TestClient(app)

    assert client.get("/films").json() == "guest"
    assert client.get("/films", headers=authorised("ada")).json() == "ada"
