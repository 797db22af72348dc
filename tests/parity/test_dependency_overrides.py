"""dependency_overrides: what replaces what, with which parameters, and what stays documented."""

from collections.abc import Iterator
from typing import Annotated, Any

from kingpost import APIRouter, Body, Depends, Form, HTTPException, Kingpost, Security, WebSocket
from kingpost.security import OAuth2PasswordBearer, SecurityScopes
from tests.parity.harness import Log, case, differs, get, post, receive, websocket


def common(q: int) -> dict[str, Any]:
    """The original, with a required parameter."""
    return {"q": q}


@case(get("/"), get("/?q=1"), get("/x", 404))
def test_without_parameters() -> Kingpost:
    """An override without parameters; the document still shows the original's (behaviour 50)."""
    app = Kingpost()

    @app.get("/")
    def read(value: Annotated[dict[str, Any], Depends(common)]) -> dict[str, Any]:
        return value

    app.dependency_overrides[common] = lambda: {"q": "overridden"}
    return app


@case(get("/?r=1"), get("/?q=1", 422), get("/?r=x", 422))
def test_with_other_parameters() -> Kingpost:
    """An override may take different parameters (behaviour 50)."""
    app = Kingpost()

    @app.get("/")
    def read(value: Annotated[dict[str, Any], Depends(common)]) -> dict[str, Any]:
        return value

    async def other(r: int) -> dict[str, Any]:
        return {"r": r}

    app.dependency_overrides[common] = other
    return app


@case(get("/"), get("/x", 404))
def test_generator(log: Log) -> Kingpost:
    """An override may be a generator; it keeps the scope of the original (behaviour 50)."""
    app = Kingpost()

    @app.get("/")
    def read(
        value: Annotated[dict[str, Any], Depends(common)],
        early: Annotated[dict[str, Any], Depends(common, scope="function")],
    ) -> list[Any]:
        return [value, early]

    def resource() -> Iterator[dict[str, Any]]:
        log.append("enter")
        yield {"from": "override"}
        log.append("exit")

    app.dependency_overrides[common] = resource
    return app


@case(get("/"), get("/x", 404))
def test_plain_for_generator(log: Log) -> Kingpost:
    """A plain function for a generator."""

    def resource() -> Iterator[str]:
        log.append("enter")
        yield "original"
        log.append("exit")

    app = Kingpost()

    @app.get("/")
    def read(value: Annotated[str, Depends(resource)]) -> str:
        return value

    app.dependency_overrides[resource] = lambda: "plain"
    return app


@case(get("/?q=5"), get("/", 422))
def test_sub_dependency() -> Kingpost:
    """A sub-dependency is overridden in place; the override's own sub-dependencies are solved."""

    def leaf() -> str:
        return "leaf"

    def middle(leaf: Annotated[str, Depends(leaf)]) -> str:
        return f"middle of {leaf}"

    app = Kingpost()

    @app.get("/")
    def read(value: Annotated[str, Depends(middle)]) -> str:
        return value

    def new_leaf(common: Annotated[dict[str, Any], Depends(common)]) -> str:
        return f"new {common}"

    app.dependency_overrides[leaf] = new_leaf
    return app


@case(get("/a/x"), get("/b/x", 422))
def test_in_routers_and_dependencies_lists() -> Kingpost:
    """Overrides reach dependencies=[...] of app, routers and operations."""

    def guard() -> None:
        raise HTTPException(403)

    app = Kingpost(dependencies=[Depends(guard)])
    router = APIRouter(dependencies=[Depends(guard)])

    @router.get("/x", dependencies=[Depends(guard)])
    def read() -> str:
        return "x"

    app.include_router(router, prefix="/a", dependencies=[Depends(guard)])
    app.include_router(router, prefix="/b", dependencies=[Depends(common)])
    app.dependency_overrides[guard] = lambda: None
    return app


@case(get("/on"), get("/set"), get("/on"), get("/unset"), get("/on"), get("/x", 404))
def test_changed_between_requests() -> Kingpost:
    """Overrides set and removed at run time count from the next request on."""

    def value() -> str:
        return "original"

    app = Kingpost()

    @app.get("/on")
    def on(value: Annotated[str, Depends(value)]) -> str:
        return value

    @app.get("/set")
    def set_override() -> None:
        app.dependency_overrides[value] = lambda: "changed"

    @app.get("/unset")
    def unset() -> None:
        app.dependency_overrides = {}

    return app


@case(get("/"), get("/x", 404))
def test_override_of_override_is_not_followed() -> Kingpost:
    """An override that is itself a key is not replaced again."""

    def one() -> str:
        return "one"

    def two() -> str:
        return "two"

    def three() -> str:
        return "three"

    app = Kingpost()

    @app.get("/")
    def read(a: Annotated[str, Depends(one)], b: Annotated[str, Depends(two)]) -> list[str]:
        return [a, b]

    app.dependency_overrides = {one: two, two: three}
    return app


@case(get("/"), get("/x", 404))
def test_security_scopes_reach_the_override() -> Kingpost:
    """The override gets the scopes declared for the original."""
    scheme = OAuth2PasswordBearer(tokenUrl="token", scopes={"a": "A", "b": "B"})

    def user(scopes: SecurityScopes, token: Annotated[str, Depends(scheme)]) -> list[str]:
        return [token]

    app = Kingpost()

    @app.get("/")
    def read(user: Annotated[list[str], Security(user, scopes=["a", "b"])]) -> list[str]:
        return user

    def fake(scopes: SecurityScopes) -> list[str]:
        return list(scopes.scopes)

    app.dependency_overrides[user] = fake
    return app


@case(get("/"), get("/x", 404))
def test_security_scheme() -> Kingpost:
    """A security scheme can be overridden, and stays documented."""
    scheme = OAuth2PasswordBearer(tokenUrl="token")
    app = Kingpost()

    @app.get("/")
    def read(token: Annotated[str, Depends(scheme)]) -> str:
        return token

    app.dependency_overrides[scheme] = lambda: "fake"
    return app


@case(get("/"), get("/x", 404))
def test_shared_value_of_an_overridden_dependency(log: Log) -> Kingpost:
    """An override is called once per request as its original would be."""

    def value() -> int:
        return -1

    def other(value: Annotated[int, Depends(value)]) -> int:
        return value

    def replacement() -> int:
        log.append("replacement")
        return len(log)

    app = Kingpost()

    @app.get("/")
    def read(
        one: Annotated[int, Depends(value)],
        two: Annotated[int, Depends(other)],
        three: Annotated[int, Depends(replacement)],
    ) -> list[int]:
        return [one, two, three]

    app.dependency_overrides[value] = replacement
    return app


@case(websocket("/ws", receive()), get("/ws", 404))
def test_websocket() -> Kingpost:
    """Overrides apply to websockets."""
    app = Kingpost()

    @app.websocket("/ws")
    async def talk(socket: WebSocket, value: Annotated[Any, Depends(common)]) -> None:
        await socket.accept()
        await socket.send_json(value)

    app.dependency_overrides[common] = lambda: "overridden"
    return app


def with_and_without_a_body() -> Kingpost:
    """An operation that reads a body, and one that does not, with the same dependency."""
    app = Kingpost()

    @app.post("/none")
    def read(value: Annotated[dict[str, Any], Depends(common)]) -> dict[str, Any]:
        return value

    @app.post("/one")
    def create(
        item: Annotated[dict[str, int], Body()],
        value: Annotated[dict[str, Any], Depends(common)],
    ) -> list[dict[str, Any]]:
        return [item, value]

    return app


@case(
    post("/none", 422, json={"a": 1}),
    post("/before", 422, json={"a": 1}),
    post("/one", json={"a": 1}),
    post("/one", 422),
)
def test_with_a_body() -> Kingpost:
    """An override that asks for a body gets the operation's, and none where it reads none."""
    app = with_and_without_a_body()

    @app.post("/before", dependencies=[Depends(common)])
    def read_before() -> str:
        return "never"

    app.dependency_overrides[common] = lambda body=Body(): {"body": body}
    return app


@case(post("/one", json={"a": 1, "b": 2}), post("/one", 422, json={"a": 1}), post("/none", 422))
def test_with_keys_of_the_body() -> Kingpost:
    """An override with several body parameters finds them by name, whatever the operation does."""
    app = with_and_without_a_body()

    def other(a: Annotated[int, Body()], b: Annotated[int, Body()]) -> dict[str, Any]:
        return {"a": a, "b": b}

    app.dependency_overrides[common] = other
    return app


@case(post("/", 422, data={"a": "1"}), post("/embedded", 422, json={"a": 1}), get("/ok"))
def test_with_a_named_body_where_none_is_read() -> Kingpost:
    """A form field and an embedded parameter are missed under their names."""
    app = Kingpost()

    def other() -> str:
        return ""

    @app.post("/")
    def read(value: Annotated[dict[str, Any], Depends(common)]) -> dict[str, Any]:
        return value

    @app.post("/embedded")
    def read_embedded(value: Annotated[str, Depends(other)]) -> str:
        return value

    @app.get("/ok")
    def ok() -> str:
        return "no dependency"

    app.dependency_overrides[common] = lambda a=Form(): {"a": a}
    app.dependency_overrides[other] = lambda a=Body(embed=True): a
    return app


NO_BODY = [{"type": "missing", "loc": ["body"], "msg": "Field required", "input": None}]


@case(
    differs(
        websocket("/ws", status=1008),
        "transcript",
        reason="a close reason is text",
        ours=["closed 1008 'body: Field required'"],
        theirs=[f"closed 1008 {NO_BODY}"],
    ),
    websocket("/optional", receive()),
)
def test_body_in_a_websocket() -> Kingpost:
    """A WebSocket has no body: what must come from one is missing."""
    app = Kingpost()

    @app.websocket("/ws")
    async def talk(socket: WebSocket, body: Annotated[int, Body()]) -> None:
        await socket.accept()

    @app.websocket("/optional")
    async def talk_without(socket: WebSocket, body: Annotated[int, Body()] = 3) -> None:
        await socket.accept()
        await socket.send_json(body)

    return app
