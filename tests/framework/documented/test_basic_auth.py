"""Name and password with each request."""

import secrets
from typing import Annotated

from kingpost import Depends, HTTPException, Kingpost
from kingpost.security import HTTPBasic, HTTPBasicCredentials
from kingpost.testclient import TestClient

basic = HTTPBasic()
REFUSED = {"www-authenticate": "Basic"}


def keeper(credentials: Annotated[HTTPBasicCredentials, Depends(basic)]) -> str:
    """Return the keeper's name, or refuse."""
    right = secrets.compare_digest(credentials.password.encode(), b"fog:horn")
    if credentials.username != "maren" or not right:
        raise HTTPException(status_code=401, detail="Not the keeper", headers=REFUSED)
    return credentials.username


def application() -> Kingpost:
    """A lighthouse."""
    app = Kingpost()

    @app.get("/lamp")
    def lamp(name: Annotated[str, Depends(keeper)]) -> dict[str, str]:
        return {"keeper": name}

    return app


def test_right_name_and_password() -> None:
    """A password may have a colon in it."""
    answer = TestClient(application()).get("/lamp", auth=("maren", "fog:horn"))

    assert answer.json() == {"keeper": "maren"}


def test_wrong_password() -> None:
    """The function decides who is refused; the header makes a browser ask."""
    answer = TestClient(application()).get("/lamp", auth=("maren", "bell"))

    assert (answer.status_code, answer.json()) == (401, {"detail": "Not the keeper"})
    assert answer.headers["www-authenticate"] == "Basic"


def test_no_credentials() -> None:
    """Without credentials, or with others, the scheme itself refuses."""
    client = TestClient(application())
    none = client.get("/lamp")
    bearer = client.get("/lamp", headers={"authorization": "Bearer abc"})

    assert (none.status_code, none.json()) == (401, {"detail": "Not authenticated"})
    assert none.headers["www-authenticate"] == "Basic"
    assert bearer.status_code == 401


def test_credentials_that_cannot_be_read() -> None:
    """What is no base64 text with a colon is refused."""
    client = TestClient(application())
    no_text = client.get("/lamp", headers={"authorization": "Basic ???"})
    no_colon = client.get("/lamp", headers={"authorization": "Basic bWFyZW4="})

    assert [no_text.status_code, no_colon.status_code] == [401, 401]
    assert no_colon.json() == {"detail": "Not authenticated"}


def test_realm_and_document() -> None:
    """A realm stands in the header; the scheme stands in the document."""
    app = Kingpost()
    scheme = HTTPBasic(realm="tower", description="The keeper's")

    @app.get("/lamp")
    def lamp(credentials: Annotated[HTTPBasicCredentials, Depends(scheme)]) -> str:
        return credentials.username

    client = TestClient(app)
    document = client.get("/openapi.json").json()

    assert client.get("/lamp", auth=("a", "b")).json() == "a"
    assert client.get("/lamp").headers["www-authenticate"] == 'Basic realm="tower"'
    assert document["paths"]["/lamp"]["get"]["security"] == [{"HTTPBasic": []}]
    assert document["components"]["securitySchemes"] == {
        "HTTPBasic": {"type": "http", "description": "The keeper's", "scheme": "basic"}
    }


def test_optional_credentials() -> None:
    """A scheme may leave it to the function what happens without credentials."""
    app = Kingpost()
    scheme = HTTPBasic(auto_error=False)

    @app.get("/lamp")
    def lamp(credentials: Annotated[HTTPBasicCredentials | None, Depends(scheme)]) -> str:
        return credentials.username if credentials else "nobody"

    client = TestClient(app)

    assert client.get("/lamp").json() == "nobody"
    assert client.get("/lamp", auth=("a", "b")).json() == "a"
