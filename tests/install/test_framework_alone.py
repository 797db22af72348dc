"""The framework stands alone: its wheel, its declared dependencies, nothing of this repository."""

import json
import socket
import subprocess
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

APP = """
from typing import Annotated
from kingpost import Kingpost, Query

app = Kingpost()

@app.get("/items/{item_id}")
async def read(item_id: int, q: Annotated[str | None, Query(max_length=3)] = None) -> object:
    return {"item_id": item_id, "q": q}
"""

OPTIONAL = ["email_validator", "fastapi", "httpx", "httpx2", "jinja2", "opentelemetry", "typer"]


def _ask(url: str) -> tuple[int, object]:
    try:
        with urllib.request.urlopen(url, timeout=10) as response:
            return response.status, json.load(response)
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.load(error)


@pytest.fixture(scope="module")
def server(
    python: Path, clean_env: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Serve the small app with Uvicorn from the clean environment."""
    folder = tmp_path_factory.mktemp("app")
    (folder / "alone.py").write_text(APP)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        command = [str(python), "-m", "uvicorn", "alone:app", "--fd", str(listener.fileno())]
        process = subprocess.Popen(command, cwd=folder, env=clean_env, pass_fds=[listener.fileno()])
        try:
            # The socket listens already, so the first request simply waits for the server.
            yield address
        finally:
            process.terminate()
            process.wait(timeout=30)


def test_a_request_is_served(server: str) -> None:
    """A path and a query parameter come typed into the operation and out as JSON."""
    assert _ask(f"{server}/items/7?q=abc") == (200, {"item_id": 7, "q": "abc"})


def test_a_wrong_request_lists_every_problem(server: str) -> None:
    """Both wrong parameters are named in one 422."""
    status, body = _ask(f"{server}/items/seven?q=abcd")

    assert status == 422
    assert isinstance(body, dict)
    assert [problem["loc"] for problem in body["detail"]] == [["path", "item_id"], ["query", "q"]]


def test_the_description_is_served(server: str) -> None:
    """The OpenAPI document and the pages that show it come with the wheel."""
    status, document = _ask(f"{server}/openapi.json")

    assert status == 200
    assert isinstance(document, dict)
    assert list(document["paths"]) == ["/items/{item_id}"]
    for page in ("docs", "redoc"):
        with urllib.request.urlopen(f"{server}/{page}", timeout=10) as response:
            assert response.headers["content-type"].startswith("text/html")


def test_it_is_imported_without_its_extras(python: Path, clean_env: dict[str, str]) -> None:
    """What only some applications use is not needed to import and declare."""
    block = f"import sys; sys.modules.update(dict.fromkeys({OPTIONAL}))\n"
    done = subprocess.run(
        [str(python), "-c", block + APP], env=clean_env, capture_output=True, text=True, check=False
    )

    assert done.stderr == ""
    assert done.returncode == 0


def test_it_is_typed_and_brings_nothing_else_along(wheel: Path) -> None:
    """The wheel holds one package with its type marker, and no tests or tools."""
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()

    assert "kingpost/py.typed" in names
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {"kingpost"}
