"""A front end with the dependencies of the routers around it."""

from pathlib import Path
from typing import Annotated

import pytest

from kingpost import APIRouter, BackgroundTasks, Depends, Header, HTTPException, Kingpost, Response
from kingpost.testclient import TestClient

HTML = {"accept": "text/html"}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A built front end."""
    (tmp_path / "index.html").write_text("<p>page</p>")
    (tmp_path / "a.js").write_text("1")
    return tmp_path


def test_dependencies_guard_the_files(site: Path) -> None:
    """What they raise is the answer; their headers and background tasks are applied."""
    done: list[str] = []

    def guard(response: Response, tasks: BackgroundTasks, x_key: Annotated[str, Header()]) -> None:
        if x_key != "k":
            raise HTTPException(403)
        response.headers["x-guarded"] = "1"
        tasks.add_task(done.append, "task")

    app = Kingpost(openapi_url=None)
    router = APIRouter(dependencies=[Depends(guard)])
    router.frontend("/site", directory=site)
    app.include_router(router, prefix="/v1")
    client = TestClient(app)

    answer = client.get("/v1/site/a.js", headers={"x-key": "k"})
    assert (answer.text, answer.headers["x-guarded"], done) == ("1", "1", ["task"])
    assert client.get("/v1/site/a.js", headers={"x-key": "no"}).status_code == 403
    assert client.get("/v1/site/a.js").status_code == 422


def test_overrides_hold(site: Path) -> None:
    """`dependency_overrides` reaches front ends as well."""

    def refuse() -> None:
        raise HTTPException(403)

    app = Kingpost(openapi_url=None, dependencies=[Depends(refuse)])
    app.frontend("/", directory=site)
    assert TestClient(app).get("/a.js").status_code == 403

    app.dependency_overrides[refuse] = lambda: None
    assert TestClient(app).get("/a.js").status_code == 200


def test_front_ends_that_come_late_are_served(site: Path) -> None:
    """At any depth, also after a request has asked for all front ends."""
    app, outer, inner = Kingpost(openapi_url=None), APIRouter(prefix="/o"), APIRouter(prefix="/i")
    outer.include_router(inner)
    app.include_router(outer)
    client = TestClient(app)
    assert client.get("/o/i/site/a.js").status_code == 404

    inner.frontend("/site", directory=site)

    assert client.get("/o/i/site/a.js").text == "1"


def test_routes_come_first_and_the_longest_front_end_next(site: Path, tmp_path: Path) -> None:
    """A front end takes what nothing else takes."""
    inner = tmp_path / "inner"
    inner.mkdir()
    (inner / "index.html").write_text("<p>inner</p>")
    app = Kingpost(openapi_url=None)
    app.frontend("/", directory=site)
    app.frontend("/inner", directory=inner)
    app.get("/a.js")(lambda: "route")
    client = TestClient(app)

    assert client.get("/a.js").json() == "route"
    assert client.get("/inner/x", headers=HTML).text == "<p>inner</p>"
    assert client.get("/x", headers=HTML).text == "<p>page</p>"
    assert client.post("/x").status_code == 404
