"""Cookie parameters and cookies in answers."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict

from kingpost import Cookie, Header, Kingpost, Query, Response
from tests.parity.harness import case, get, post


class Session(BaseModel):
    """Cookies as a model."""

    session_id: str
    visits: int = 0


class Strict(BaseModel):
    """Refuses any cookie it does not name."""

    model_config = ConfigDict(extra="forbid")

    one: int


@case(
    get("/", headers={"Cookie": "ads_id=abc"}),
    get("/"),
    get("/", headers={"Cookie": "ads-id=abc"}),
    get("/x", 404),
)
def test_optional_cookie() -> Kingpost:
    """A cookie's name keeps its underscores (behaviour 19)."""
    app = Kingpost()

    @app.get("/")
    def read(ads_id: Annotated[str | None, Cookie()] = None) -> dict[str, Any]:
        return {"ads_id": ads_id}

    return app


@case(
    get("/", headers={"Cookie": "n=3; other=x"}),
    get("/", 422),
    get("/", 422, headers={"Cookie": "n=x"}),
    get("/", 422, headers={"Cookie": "n="}),
    get("/", headers={"Cookie": 'n="4"'}),
)
def test_required_integer() -> Kingpost:
    """A required cookie of a type."""
    app = Kingpost()

    @app.get("/")
    def read(n: Annotated[int, Cookie(ge=1, title="N")]) -> int:
        return n

    return app


@case(
    get("/", headers={"Cookie": "the-key=v"}),
    get("/", 422, headers={"Cookie": "key=v"}),
)
def test_alias() -> Kingpost:
    """A cookie with an alias, in the older style."""
    app = Kingpost()

    @app.get("/")
    def read(key: str = Cookie(alias="the-key", min_length=1)) -> str:
        return key

    return app


@case(
    get("/", headers={"Cookie": "session_id=s; visits=2"}),
    get("/", headers={"Cookie": "session_id=s"}),
    get("/", 422, headers={"Cookie": "visits=x"}),
)
def test_cookie_model() -> Kingpost:
    """A model of cookies."""
    app = Kingpost()

    @app.get("/")
    def read(cookies: Annotated[Session, Cookie()]) -> Session:
        return cookies

    return app


@case(
    get("/", headers={"Cookie": "one=1"}),
    get("/", 422, headers={"Cookie": "one=1; two=2"}),
)
def test_forbidden_extra_cookies() -> Kingpost:
    """extra="forbid" rejects cookies that the model does not name."""
    app = Kingpost()

    @app.get("/")
    def read(cookies: Annotated[Strict, Cookie()]) -> Strict:
        return cookies

    return app


@case(
    get("/", headers={"Cookie": "n=1; n=2"}),
    get("/", 422, headers={"Cookie": "n=1; n=x"}),
)
def test_repeated_cookie() -> Kingpost:
    """Of two cookies of one name, one is taken."""
    app = Kingpost()

    @app.get("/")
    def read(n: Annotated[int, Cookie()]) -> int:
        return n

    return app


@case(post("/in"), get("/me"), post("/out"), get("/me", 422))
def test_cookies_set_and_deleted() -> Kingpost:
    """Cookies set on the injected Response come back on the next request and can be deleted."""
    app = Kingpost()

    @app.post("/in")
    def sign_in(response: Response) -> str:
        response.set_cookie("who", "ann", httponly=True, max_age=60, samesite="strict")
        response.set_cookie("plain", "x", path="/")
        return "in"

    @app.get("/me")
    def me(who: Annotated[str, Cookie()], plain: Annotated[str, Cookie()]) -> list[str]:
        return [who, plain]

    @app.post("/out")
    def sign_out(response: Response) -> None:
        response.delete_cookie("who")

    return app


@case(
    get("/?a=1", headers={"Cookie": "c=3", "b": "2"}),
    get("/?a=x", 422, headers={"Cookie": "c=z", "b": "y"}),
)
def test_order_of_sources() -> Kingpost:
    """Errors come in the order query, header, cookie, whatever the order declared (behaviour 7)."""
    app = Kingpost()

    @app.get("/")
    def read(
        c: Annotated[int, Cookie()], b: Annotated[int, Header()], a: Annotated[int, Query()]
    ) -> list[int]:
        return [a, b, c]

    return app
