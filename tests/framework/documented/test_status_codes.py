"""Which status an answer has: named, added to, changed on the way."""

from typing import Annotated, Any

from pydantic import BaseModel

from kingpost import Body, Depends, Kingpost, Response, status
from kingpost.responses import JSONResponse
from kingpost.testclient import TestClient


def test_named_status() -> None:
    """The names of `status` are numbers, for HTTP and for WebSockets."""
    app = Kingpost()

    @app.get("/kettle", status_code=status.HTTP_418_IM_A_TEAPOT)
    def kettle() -> list[str]:
        return ["short", "stout"]

    answer = TestClient(app).get("/kettle")

    assert (answer.status_code, answer.json()) == (418, ["short", "stout"])
    assert list(app.openapi()["paths"]["/kettle"]["get"]["responses"]) == ["418"]
    assert status.HTTP_100_CONTINUE == 100
    assert status.HTTP_511_NETWORK_AUTHENTICATION_REQUIRED == 511
    assert status.WS_1008_POLICY_VIOLATION == 1008


def test_additional_status() -> None:
    """An operation that answers 200 for a change returns a response of its own for a creation."""
    plots: dict[str, dict[str, Any]] = {"north": {"crop": "leek", "rows": 4}}
    app = Kingpost()

    @app.put("/plots/{name}")
    async def plant(
        name: str,
        crop: Annotated[str | None, Body()] = None,
        rows: Annotated[int | None, Body()] = None,
    ) -> Any:
        known = name in plots
        plots[name] = {"crop": crop, "rows": rows}
        if known:
            return plots[name]
        return JSONResponse(status_code=status.HTTP_201_CREATED, content=plots[name])

    client = TestClient(app)
    changed = client.put("/plots/north", json={"crop": "kale", "rows": 3})
    created = client.put("/plots/south", json={"crop": "bean"})
    refused = client.put("/plots/south", json={"rows": "many"})

    assert (changed.status_code, changed.json()) == (200, {"crop": "kale", "rows": 3})
    assert (created.status_code, created.json()) == (201, {"crop": "bean", "rows": None})
    assert refused.status_code == 422
    assert refused.json()["detail"][0]["loc"] == ["body", "rows"]
    assert list(app.openapi()["paths"]["/plots/{name}"]["put"]["responses"]) == ["200", "422"]


def test_status_changed_on_the_way() -> None:
    """The injected response carries another status, and the result is still filtered."""
    app = Kingpost()
    beds: dict[str, str] = {"herbs": "thyme"}

    class Bed(BaseModel):
        """A bed in the garden."""

        content: str

    @app.put("/beds/{name}", status_code=200, response_model=Bed)
    def get_or_create(name: str, response: Response) -> Any:
        if name not in beds:
            beds[name] = "nothing yet"
            response.status_code = status.HTTP_201_CREATED
        return {"content": beds[name], "secret": 1}

    client = TestClient(app)
    known, created = client.put("/beds/herbs"), client.put("/beds/roses")

    assert (known.status_code, known.json()) == (200, {"content": "thyme"})
    assert (created.status_code, created.json()) == (201, {"content": "nothing yet"})
    assert client.put("/beds/roses").status_code == 200


def test_last_status_wins() -> None:
    """A dependency may set the status too; what is set later counts."""
    app = Kingpost()

    def accepted(response: Response) -> None:
        response.status_code = 202

    @app.get("/dependency", dependencies=[Depends(accepted)])
    def only_dependency() -> str:
        return "x"

    @app.get("/both", dependencies=[Depends(accepted)])
    def both(response: Response) -> str:
        response.status_code = 203
        return "x"

    client = TestClient(app)

    assert client.get("/dependency").status_code == 202
    assert client.get("/both").status_code == 203


def test_status_without_a_body() -> None:
    """204 sends nothing, whatever the function returns, and has no content in the document."""
    app = Kingpost()

    @app.delete("/beds/{name}", status_code=204)
    def remove(name: str) -> None:
        """Remove a bed."""

    answer = TestClient(app).delete("/beds/herbs")

    assert (answer.status_code, answer.content) == (204, b"")
    assert "content-length" not in answer.headers
    assert app.openapi()["paths"]["/beds/{name}"]["delete"]["responses"]["204"] == {
        "description": "Successful Response"
    }
