"""Further answers of an operation, told to the document."""

from typing import Any

from pydantic import BaseModel

from kingpost import APIRouter, Kingpost
from kingpost.responses import JSONResponse, Response
from kingpost.testclient import TestClient


class Star(BaseModel):
    """A star."""

    name: str
    magnitude: float


class Problem(BaseModel):
    """What went wrong."""

    reason: str


def responses(app: Kingpost, path: str) -> dict[str, Any]:
    """What the document says about the answers of an operation."""
    found: dict[str, Any] = app.openapi()["paths"][path]["get"]["responses"]
    return found


def test_model_of_an_error() -> None:
    """A model documents another status; what is returned for it is the function's affair."""
    app = Kingpost()

    @app.get("/stars/{name}", response_model=Star, responses={404: {"model": Problem}})
    async def star(name: str) -> Any:
        if name != "Vega":
            return JSONResponse(status_code=404, content={"reason": f"no {name}"})
        return {"name": name, "magnitude": 0.03}

    client = TestClient(app)
    missing = client.get("/stars/Nox")

    assert client.get("/stars/Vega").json() == {"name": "Vega", "magnitude": 0.03}
    assert (missing.status_code, missing.json()) == (404, {"reason": "no Nox"})
    assert responses(app, "/stars/{name}")["404"] == {
        "description": "Not Found",
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    assert list(responses(app, "/stars/{name}")) == ["200", "404", "422"]


def test_another_media_type() -> None:
    """The main answer may come in other media types too."""
    app = Kingpost()

    @app.get(
        "/map",
        response_model=Star,
        responses={200: {"content": {"image/png": {}}, "description": "Data, or a picture"}},
    )
    async def sky(picture: bool = False) -> Any:
        if picture:
            return Response(b"\x89PNG", media_type="image/png")
        return {"name": "Vega", "magnitude": 0}

    client = TestClient(app)

    assert client.get("/map").headers["content-type"] == "application/json"
    assert client.get("/map?picture=yes").content == b"\x89PNG"
    assert responses(app, "/map")["200"] == {
        "description": "Data, or a picture",
        "content": {
            "application/json": {"schema": {"$ref": "#/components/schemas/Star"}},
            "image/png": {},
        },
    }


def test_example_and_description() -> None:
    """Description and example stand beside the model's schema."""
    app = Kingpost()
    example = {"name": "Deneb", "magnitude": 1.25}

    @app.get(
        "/star",
        response_model=Star,
        responses={
            200: {
                "description": "The star of the day",
                "content": {"application/json": {"example": example}},
            },
            404: {"model": Problem, "description": "Clouds"},
        },
    )
    async def star() -> Any:
        return example

    assert TestClient(app).get("/star").json() == example
    assert responses(app, "/star")["200"]["content"]["application/json"] == {
        "example": example,
        "schema": {"$ref": "#/components/schemas/Star"},
    }
    assert responses(app, "/star")["404"]["description"] == "Clouds"


def test_answers_declared_once() -> None:
    """A dict of common answers is combined with those of one operation."""
    common: dict[int | str, dict[str, Any]] = {
        302: {"description": "Set below the horizon"},
        403: {"description": "Telescope in use"},
    }
    app = Kingpost()

    @app.get("/star", responses={**common, 200: {"content": {"image/png": {}}}})
    async def star() -> str:
        return "Vega"

    assert TestClient(app).get("/star").json() == "Vega"
    assert list(responses(app, "/star")) == ["200", "302", "403"]
    assert responses(app, "/star")["302"] == {"description": "Set below the horizon"}


def test_answers_of_application_and_router() -> None:
    """Application, router and inclusion add their answers; the nearest wins."""
    app = Kingpost(responses={500: {"description": "Power cut"}})
    router = APIRouter(responses={404: {"description": "router"}})

    @router.get("/star", responses={418: {"description": "operation"}})
    async def star() -> None:
        """Nothing to see."""

    app.include_router(
        router, responses={404: {"description": "inclusion"}, 401: {"model": Problem}}
    )
    found = responses(app, "/star")

    assert TestClient(app).get("/star").status_code == 200
    assert {status: answer["description"] for status, answer in found.items()} == {
        "200": "Successful Response",
        "500": "Power cut",
        "404": "router",
        "401": "Unauthorized",
        "418": "operation",
    }


def test_ranges_and_default() -> None:
    """Keys may be ranges or `default`; one that covers 422 takes the place of the built-in."""
    app = Kingpost()

    @app.get("/a", responses={"default": {"model": Problem}})
    async def a(number: int) -> int:
        return number

    @app.get("/b", responses={"4xx": {"description": "Yours"}, "5XX": {"description": "Ours"}})
    async def b(number: int) -> int:
        return number

    assert TestClient(app).get("/a?number=x").status_code == 422
    assert list(responses(app, "/a")) == ["200", "default"]
    assert responses(app, "/a")["default"]["description"] == "Default Response"
    assert sorted(responses(app, "/b")) == ["200", "4XX", "5XX"]
