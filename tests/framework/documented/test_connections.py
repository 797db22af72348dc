"""What a request or a WebSocket is made of, read through `HTTPConnection`, `Request` and kin."""

from typing import Annotated, Any

from kingpost import Depends, Kingpost, Request, Response, WebSocket
from kingpost.requests import HTTPConnection
from kingpost.testclient import TestClient


async def language(connection: HTTPConnection) -> str:
    """Return the first language that the client asks for; HTTP and WebSocket alike."""
    return connection.headers.get("accept-language", "en").split(",")[0]


Language = Annotated[str, Depends(language)]


def test_one_dependency_for_http_and_websocket() -> None:
    """A dependency that takes an HTTPConnection serves both kinds of operation."""
    app = Kingpost()

    @app.get("/greeting")
    async def greeting(language: Language) -> dict[str, str]:
        return {"language": language}

    @app.websocket("/chat")
    async def chat(websocket: WebSocket, language: Language) -> None:
        await websocket.accept()
        await websocket.send_text(language)
        await websocket.close()

    client = TestClient(app)
    headers = {"accept-language": "da,en"}

    assert client.get("/greeting", headers=headers).json() == {"language": "da"}
    assert client.get("/greeting").json() == {"language": "en"}
    with client.websocket_connect("/chat", headers=headers) as session:
        assert session.receive_text() == "da"


def test_attributes_of_a_connection() -> None:
    """Scope, URL, headers, query, path and cookies are read off the connection."""
    app = Kingpost()
    app.state.shop = "north"

    @app.get("/boats/{name}", name="boat")
    async def boat(connection: HTTPConnection) -> dict[str, Any]:
        return {
            "type": connection.scope["type"],
            "method": connection["method"],
            "path": connection.url.path,
            "base": str(connection.base_url),
            "agent": connection.headers["user-agent"],
            "query": connection.query_params.multi_items(),
            "parameters": connection.path_params,
            "cookies": connection.cookies,
            "client": connection.client.host if connection.client else None,
            "shop": connection.app.state.shop,
            "link": str(connection.url_for("boat", name="b")),
            "keys": "method" in connection,
            "equal": connection == connection.scope,
        }

    client = TestClient(app, headers={"user-agent": "probe"})
    answer = client.get("/boats/a?x=1&x=2", headers={"cookie": "c=1"})

    assert answer.json() == {
        "type": "http",
        "method": "GET",
        "path": "/boats/a",
        "base": "http://testserver/",
        "agent": "probe",
        "query": [["x", "1"], ["x", "2"]],
        "parameters": {"name": "a"},
        "cookies": {"c": "1"},
        "client": "testclient",
        "shop": "north",
        "link": "http://testserver/boats/b",
        "keys": True,
        "equal": False,
    }


def test_request_used_directly() -> None:
    """An operation may take the request and read what it did not declare."""
    app = Kingpost()

    @app.post("/boats/{boat_id}")
    async def boat(boat_id: int, request: Request) -> dict[str, Any]:
        return {
            "host": request.client.host if request.client else None,
            "port": request.client.port if request.client else None,
            "body": (await request.body()).decode(),
            "method": request.method,
            "parameter": boat_id,
        }

    client = TestClient(app, client=("10.1.2.3", 4567))
    answer = client.post("/boats/7", content=b"raw text")

    assert answer.json() == {
        "host": "10.1.2.3",
        "port": 4567,
        "body": "raw text",
        "method": "POST",
        "parameter": 7,
    }
    assert client.post("/boats/x").status_code == 422


def test_request_body_as_json_form_and_stream() -> None:
    """The request's own readers work beside the declared parameters."""
    app = Kingpost()

    @app.post("/json")
    async def as_json(request: Request) -> Any:
        return await request.json()

    @app.post("/form")
    async def as_form(request: Request) -> dict[str, str]:
        async with request.form() as form:
            return {name: str(value) for name, value in form.items()}

    @app.post("/stream")
    async def as_stream(request: Request) -> dict[str, int]:
        return {"bytes": sum([len(chunk) async for chunk in request.stream()])}

    client = TestClient(app)

    assert client.post("/json", json={"sail": [1, None]}).json() == {"sail": [1, None]}
    assert client.post("/form", data={"sail": "main"}).json() == {"sail": "main"}
    assert client.post("/stream", content=b"x" * 70_000).json() == {"bytes": 70_000}


def test_state_shared_along_a_request() -> None:
    """What a middleware leaves in the request's state, dependencies and operations find."""
    app = Kingpost()

    @app.middleware("http")
    async def number(request: Request, call_next: Any) -> Response:
        request.state.number = 42
        response: Response = await call_next(request)
        return response

    async def doubled(connection: HTTPConnection) -> int:
        return int(connection.state.number) * 2

    @app.get("/number")
    async def read(request: Request, doubled: Annotated[int, Depends(doubled)]) -> list[int]:
        return [request.state.number, doubled]

    assert TestClient(app).get("/number").json() == [42, 84]


def test_injected_parameters_stay_out_of_the_document() -> None:
    """Request, response and connection are no parameters of the API."""
    app = Kingpost()

    @app.get("/plain")
    async def plain(request: Request, connection: HTTPConnection, response: Response) -> str:
        response.headers["x-kind"] = request.scope["type"] + connection.scope["type"]
        return "ok"

    client = TestClient(app)

    assert client.get("/plain").headers["x-kind"] == "httphttp"
    assert "parameters" not in client.get("/openapi.json").json()["paths"]["/plain"]["get"]
