"""Single cookies and headers, read and sent."""

from datetime import datetime
from typing import Annotated, Any

from kingpost import Cookie, Header, Kingpost, Response
from kingpost.responses import JSONResponse
from kingpost.testclient import TestClient


def test_cookie() -> None:
    """A cookie is read by the parameter's name; it never gets hyphens."""
    app = Kingpost()

    @app.get("/visits")
    async def visit(
        ads_id: Annotated[str | None, Cookie()] = None, count: Annotated[int, Cookie(ge=0)] = 0
    ) -> list[Any]:
        return [ads_id, count]

    client = TestClient(app)

    assert client.get("/visits", headers={"cookie": "ads_id=a b; count=3"}).json() == ["a b", 3]
    assert client.get("/visits", headers={"cookie": "ads-id=x"}).json() == [None, 0]
    wrong = client.get("/visits", headers={"cookie": "count=-1"}).json()["detail"][0]
    assert (wrong["type"], wrong["loc"]) == ("greater_than_equal", ["cookie", "count"])


def test_required_cookie_with_an_alias() -> None:
    """An alias is used as it is written."""
    app = Kingpost()

    @app.get("/visits")
    async def visit(session: Annotated[str, Cookie(alias="Session-Id")]) -> str:
        return session

    client = TestClient(app)

    assert client.get("/visits", headers={"cookie": "Session-Id=s1"}).json() == "s1"
    assert client.get("/visits").json()["detail"][0]["loc"] == ["cookie", "Session-Id"]


def test_header() -> None:
    """Underscores stand for hyphens, and case does not matter."""
    app = Kingpost()

    @app.get("/agent")
    async def agent(user_agent: Annotated[str | None, Header()] = None) -> str | None:
        return user_agent

    client = TestClient(app, headers={"User-Agent": "probe"})

    assert client.get("/agent").json() == "probe"
    parameter = app.openapi()["paths"]["/agent"]["get"]["parameters"][0]
    assert (parameter["name"], parameter["in"]) == ("user-agent", "header")


def test_header_with_underscores() -> None:
    """The conversion can be switched off, for servers that allow such names."""
    app = Kingpost()

    @app.get("/strange")
    async def strange(
        strange_header: Annotated[str | None, Header(convert_underscores=False)] = None,
    ) -> str | None:
        return strange_header

    client = TestClient(app)

    assert client.get("/strange", headers={"strange_header": "a"}).json() == "a"
    assert client.get("/strange", headers={"strange-header": "a"}).json() is None


def test_repeated_headers() -> None:
    """A list takes every header of the name; commas do not divide."""
    app = Kingpost()

    @app.get("/tokens")
    async def tokens(x_token: Annotated[list[str] | None, Header()] = None) -> list[str] | None:
        return x_token

    client = TestClient(app)

    assert client.get("/tokens", headers=[("x-token", "a,b"), ("x-token", "c")]).json() == [
        "a,b",
        "c",
    ]
    assert client.get("/tokens").json() is None


def test_types_of_headers() -> None:
    """Numbers, times and constraints, as everywhere."""
    app = Kingpost()

    @app.get("/since")
    async def since(
        x_since: Annotated[datetime, Header()], x_count: Annotated[int, Header(lt=10)] = 1
    ) -> list[Any]:
        return [x_since.year, x_count]

    client = TestClient(app)
    wrong = client.get("/since", headers={"x-since": "soon", "x-count": "10"})

    assert client.get("/since", headers={"x-since": "2026-01-01T00:00:00"}).json() == [2026, 1]
    assert [error["loc"] for error in wrong.json()["detail"]] == [
        ["header", "x-since"],
        ["header", "x-count"],
    ]


def test_header_by_default_value() -> None:
    """The older style, with the marker as the default."""
    app = Kingpost()

    @app.get("/key")
    async def key(x_key: str = Header(), x_more: str = Header("none", max_length=4)) -> list[str]:
        return [x_key, x_more]

    client = TestClient(app)

    assert client.get("/key", headers={"x-key": "k"}).json() == ["k", "none"]
    assert client.get("/key").json()["detail"][0]["loc"] == ["header", "x-key"]


def test_cookies_and_headers_of_an_answer() -> None:
    """On the injected response, or on one that is made by hand; a cookie is deleted as well."""
    app = Kingpost()

    @app.get("/injected")
    async def injected(response: Response) -> str:
        response.set_cookie("seen", "yes")
        response.headers["X-Seen"] = "yes"
        return "ok"

    @app.get("/by-hand")
    async def by_hand() -> JSONResponse:
        response = JSONResponse("ok")
        response.delete_cookie("seen")
        return response

    client = TestClient(app)
    first = client.get("/injected")

    assert first.headers["x-seen"] == "yes"
    assert client.cookies["seen"] == "yes"
    assert "seen" not in client.get("/by-hand").cookies
    assert "seen" not in client.cookies
