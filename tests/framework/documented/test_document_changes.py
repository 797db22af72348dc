"""An OpenAPI document that is changed, kept away, or described in more detail."""

from typing import Any

from pydantic import BaseModel
from pydantic_settings import BaseSettings

from kingpost import Kingpost, Request
from kingpost.openapi.utils import get_openapi
from kingpost.routing import APIRoute
from kingpost.testclient import TestClient


class Settings(BaseSettings):
    """Where the document is."""

    openapi_url: str = "/openapi.json"


def sundial() -> Kingpost:
    """A sundial, with a document of its own making."""
    app = Kingpost()

    @app.get("/shadow")
    async def shadow() -> float:
        return 3.5

    def document() -> dict[str, Any]:
        if not app.openapi_schema:
            made = get_openapi(
                title="Sundial",
                version="7.0.0",
                summary="Hours in the sun",
                description="Only by **day**",
                routes=app.routes,
            )
            made["info"]["x-logo"] = {"url": "https://sun.example/logo.png"}
            app.openapi_schema = made
        return app.openapi_schema

    app.openapi = document  # type: ignore[method-assign]
    return app


def test_document_made_by_hand() -> None:
    """What the application's method returns is what is served."""
    app = sundial()
    client = TestClient(app)
    served = client.get("/openapi.json").json()

    assert client.get("/shadow").json() == 3.5
    assert served["info"] == {
        "title": "Sundial",
        "summary": "Hours in the sun",
        "description": "Only by **day**",
        "version": "7.0.0",
        "x-logo": {"url": "https://sun.example/logo.png"},
    }
    assert list(served["paths"]) == ["/shadow"]
    assert app.openapi() is app.openapi()


def test_document_kept_away(monkeypatch: Any) -> None:
    """A setting of the environment moves the document or takes it away, with its pages."""
    monkeypatch.setenv("OPENAPI_URL", "")
    hidden = TestClient(Kingpost(openapi_url=Settings().openapi_url))
    monkeypatch.setenv("OPENAPI_URL", "/private/api.json")
    moved = TestClient(Kingpost(openapi_url=Settings().openapi_url))

    assert [hidden.get(path).status_code for path in ("/openapi.json", "/docs", "/redoc")] == [
        404,
        404,
        404,
    ]
    assert moved.get("/private/api.json").json()["openapi"] == "3.1.0"
    assert moved.get("/openapi.json").status_code == 404


class Reading(BaseModel):
    """What the dial shows."""

    hour: int
    cloudy: bool


def test_names_of_functions_as_operation_ids() -> None:
    """Operations can be renamed once all are declared."""
    app = Kingpost()

    @app.get("/readings")
    async def all_readings() -> list[Reading]:
        return []

    for route in app.routes:
        if isinstance(route, APIRoute):
            route.operation_id = route.name

    assert TestClient(app).get("/readings").json() == []
    assert app.openapi()["paths"]["/readings"]["get"]["operationId"] == "all_readings"


def test_description_from_the_docstring() -> None:
    """A docstring is the description, up to a form feed."""
    app = Kingpost()

    @app.post("/readings", summary="Add a reading", response_model=Reading)
    async def add(reading: Reading) -> Any:
        """
        Keep a reading:

        - **hour**: from 0 to 23
        \f
        :param reading: not for readers
        """
        return reading

    operation = app.openapi()["paths"]["/readings"]["post"]

    assert operation["summary"] == "Add a reading"
    assert operation["description"] == "Keep a reading:\n\n- **hour**: from 0 to 23"
    assert TestClient(app).post("/readings", json={"hour": 9}).status_code == 422


def test_body_described_by_hand() -> None:
    """A function that reads the request itself can describe what it reads."""
    app = Kingpost()
    schema = Reading.model_json_schema()

    @app.post(
        "/import",
        openapi_extra={
            "requestBody": {"content": {"text/csv": {"schema": schema}}, "required": True},
            "x-slow": True,
        },
    )
    async def load(request: Request) -> int:
        return len((await request.body()).split(b","))

    operation = app.openapi()["paths"]["/import"]["post"]

    assert TestClient(app).post("/import", content=b"9,true").json() == 2
    assert operation["requestBody"]["content"] == {"text/csv": {"schema": schema}}
    assert operation["x-slow"] is True


def test_parameter_described_by_hand() -> None:
    """What is added is merged with what is known."""
    app = Kingpost()
    sundial = {"name": "sundial", "in": "query", "required": False, "schema": {"type": "string"}}

    @app.get("/hour", openapi_extra={"parameters": [sundial]})
    async def hour(offset: int = 0) -> int:
        return 12 + offset

    parameters = app.openapi()["paths"]["/hour"]["get"]["parameters"]

    assert [parameter["name"] for parameter in parameters] == ["offset", "sundial"]
