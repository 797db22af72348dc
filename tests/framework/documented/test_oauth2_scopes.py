"""A token for certain things only, and operations that each ask for some of them."""

from typing import Annotated

from pydantic import BaseModel

from kingpost import Depends, HTTPException, Kingpost, Security
from kingpost.security import OAuth2PasswordBearer, OAuth2PasswordRequestForm, SecurityScopes
from kingpost.testclient import TestClient

oauth2 = OAuth2PasswordBearer(
    tokenUrl="token", scopes={"hive:read": "Look into hives", "honey:take": "Take honey"}
)


class Keeper(BaseModel):
    """Somebody who keeps bees."""

    name: str
    scopes: list[str]


def keeper(security_scopes: SecurityScopes, token: Annotated[str, Depends(oauth2)]) -> Keeper:
    """Read the token, ``name:scope+scope``; refuse one without what the operation asks for."""
    name, _, rights = token.partition("=")
    asked = f'Bearer scope="{security_scopes.scope_str}"' if security_scopes.scopes else "Bearer"
    for scope in security_scopes.scopes:
        if scope not in rights.split("+"):
            raise HTTPException(401, f"Needs {scope}", headers={"www-authenticate": asked})
    return Keeper(name=name, scopes=security_scopes.scopes)


def reader(keeper: Annotated[Keeper, Security(keeper, scopes=["hive:read"])]) -> Keeper:
    """Return a keeper who may look."""
    return keeper


def application() -> Kingpost:
    """An apiary."""
    app = Kingpost()

    @app.post("/token")
    async def token(form: Annotated[OAuth2PasswordRequestForm, Depends()]) -> dict[str, str]:
        if form.password != "smoke":
            raise HTTPException(status_code=400, detail="Stung")
        return {"access_token": f"{form.username}={'+'.join(form.scopes)}", "token_type": "bearer"}

    @app.get("/hives")
    async def hives(keeper: Annotated[Keeper, Depends(reader)]) -> Keeper:
        return keeper

    @app.get("/honey")
    async def honey(keeper: Annotated[Keeper, Security(reader, scopes=["honey:take"])]) -> Keeper:
        return keeper

    @app.get("/weather")
    async def weather(keeper: Annotated[Keeper, Depends(keeper)]) -> Keeper:
        return keeper

    return app


def signed_in(scope: str) -> TestClient:
    """A client with a token for some scopes."""
    client = TestClient(application())
    form = {"username": "ilse", "password": "smoke", "scope": scope}
    answer = client.post("/token", data=form).json()
    client.headers["authorization"] = f"Bearer {answer['access_token']}"
    return client


def test_token_for_a_password() -> None:
    """The form of the password flow gives name, password and the scopes as a list."""
    client = TestClient(application())
    wrong = client.post("/token", data={"username": "ilse", "password": "x"})
    empty = client.post("/token", data={"username": "ilse", "grant_type": "code"})

    assert signed_in("a b").headers["authorization"] == "Bearer ilse=a+b"
    assert (wrong.status_code, wrong.json()) == (400, {"detail": "Stung"})
    assert [(error["type"], error["loc"]) for error in empty.json()["detail"]] == [
        ("string_pattern_mismatch", ["body", "grant_type"]),
        ("missing", ["body", "password"]),
    ]


def test_scopes_of_the_whole_chain() -> None:
    """The function sees the scopes of everything that leads to it, the outermost first."""
    client = signed_in("hive:read honey:take")

    assert client.get("/hives").json() == {"name": "ilse", "scopes": ["hive:read"]}
    assert client.get("/honey").json()["scopes"] == ["honey:take", "hive:read"]
    assert client.get("/weather").json()["scopes"] == []


def test_scope_that_the_token_lacks() -> None:
    """An operation that asks for more is refused, and says for what it asks."""
    answer = signed_in("hive:read").get("/honey")

    assert (answer.status_code, answer.json()) == (401, {"detail": "Needs honey:take"})
    assert answer.headers["www-authenticate"] == 'Bearer scope="honey:take hive:read"'


def test_no_token() -> None:
    """The scheme refuses a request without a token of its kind."""
    client = TestClient(application())
    none = client.get("/weather")
    basic = client.get("/weather", auth=("ilse", "smoke"))

    assert (none.status_code, none.json()) == (401, {"detail": "Not authenticated"})
    assert none.headers["www-authenticate"] == "Bearer"
    assert basic.status_code == 401


def test_scopes_in_the_document() -> None:
    """Each operation lists the scopes that it asks for; the scheme lists all."""
    document = application().openapi()
    security = {
        path: item.get("get", {}).get("security") for path, item in document["paths"].items()
    }

    assert security == {
        "/token": None,
        "/hives": [{"OAuth2PasswordBearer": ["hive:read"]}],
        "/honey": [{"OAuth2PasswordBearer": ["honey:take", "hive:read"]}],
        "/weather": [{"OAuth2PasswordBearer": []}],
    }
    assert document["components"]["securitySchemes"]["OAuth2PasswordBearer"] == {
        "type": "oauth2",
        "flows": {
            "password": {
                "scopes": {"hive:read": "Look into hives", "honey:take": "Take honey"},
                "tokenUrl": "token",
            }
        },
    }
