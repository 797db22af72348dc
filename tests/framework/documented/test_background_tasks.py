"""Work that is done after the response was sent."""

from pathlib import Path
from typing import Annotated

from kingpost import BackgroundTasks, Depends, HTTPException, Kingpost
from kingpost.responses import JSONResponse
from kingpost.testclient import TestClient


def write(file: Path, line: str, end: str = ".") -> None:
    """Append a line to a diary."""
    with file.open("a") as opened:
        opened.write(line + end + "\n")


def test_task_with_arguments(tmp_path: Path) -> None:
    """A function is called later with the arguments that it was added with."""
    diary = tmp_path / "diary.txt"
    app = Kingpost()

    @app.post("/water/{plant}")
    async def water(plant: str, tasks: BackgroundTasks) -> dict[str, str]:
        tasks.add_task(write, diary, f"watered the {plant}", end="!")
        return {"plant": plant}

    answer = TestClient(app).post("/water/fern")

    assert answer.json() == {"plant": "fern"}
    assert diary.read_text() == "watered the fern!\n"
    assert app.openapi()["paths"]["/water/{plant}"]["post"]["parameters"] == [
        {
            "name": "plant",
            "in": "path",
            "required": True,
            "schema": {"type": "string", "title": "Plant"},
        }
    ]


def test_tasks_of_dependency_and_operation(tmp_path: Path) -> None:
    """A dependency and the operation add to the same list; it runs in the order of adding."""
    diary = tmp_path / "diary.txt"
    app = Kingpost()

    def note(tasks: BackgroundTasks, reason: str | None = None) -> str | None:
        if reason:
            tasks.add_task(write, diary, f"because of {reason}")
        return reason

    @app.post("/prune/{plant}")
    def prune(
        plant: str, tasks: BackgroundTasks, reason: Annotated[str | None, Depends(note)]
    ) -> str | None:
        tasks.add_task(write, diary, f"pruned the {plant}")
        return reason

    client = TestClient(app)

    assert client.post("/prune/rose?reason=mildew").json() == "mildew"
    assert client.post("/prune/vine").json() is None
    assert diary.read_text() == "because of mildew.\npruned the rose.\npruned the vine.\n"


def test_task_that_is_a_coroutine_function() -> None:
    """A task may be a coroutine function; tasks run one after the other."""
    done: list[str] = []
    app = Kingpost()

    async def measure(place: str) -> None:
        done.append(f"measured {place}")

    @app.get("/measure")
    async def start(tasks: BackgroundTasks) -> str:
        tasks.add_task(measure, "soil")
        tasks.add_task(measure, place="air")
        assert done == []
        return "started"

    assert TestClient(app).get("/measure").json() == "started"
    assert done == ["measured soil", "measured air"]


def test_no_task_after_an_error() -> None:
    """What was added is dropped when the operation raises."""
    done: list[str] = []
    app = Kingpost()

    @app.get("/fail")
    def fail(tasks: BackgroundTasks) -> None:
        tasks.add_task(done.append, "reached")
        raise HTTPException(status_code=409, detail="frost")

    answer = TestClient(app).get("/fail")

    assert (answer.status_code, answer.json()) == (409, {"detail": "frost"})
    assert done == []


def test_tasks_of_a_returned_response() -> None:
    """A returned response takes the injected tasks along, unless it has its own."""
    done: list[str] = []
    app = Kingpost()

    @app.get("/without")
    def without(tasks: BackgroundTasks) -> JSONResponse:
        tasks.add_task(done.append, "injected")
        return JSONResponse("ok")

    @app.get("/own")
    def own() -> JSONResponse:
        tasks = BackgroundTasks()
        tasks.add_task(done.append, "own")
        return JSONResponse("ok", background=tasks)

    client = TestClient(app)
    client.get("/without")
    client.get("/own")

    assert done == ["injected", "own"]
