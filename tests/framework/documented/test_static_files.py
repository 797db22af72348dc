"""A folder of files, served as they are."""

import os
from pathlib import Path

import pytest

from kingpost import Kingpost
from kingpost.staticfiles import StaticFiles
from kingpost.testclient import TestClient


def site(folder: Path) -> Path:
    """Write a small site into a folder."""
    (folder / "css").mkdir()
    (folder / "index.html").write_text("<h1>Harbour</h1>")
    (folder / "404.html").write_text("<h1>No such quay</h1>")
    (folder / "css" / "plain.css").write_text("h1 { color: navy }")
    for file in folder.rglob("*.*"):
        os.utime(file, (1_900_000_000, 1_900_000_000))
    return folder


def test_files_of_a_folder(tmp_path: Path) -> None:
    """Everything below the path is a file of the folder."""
    app = Kingpost()
    app.mount("/static", StaticFiles(directory=site(tmp_path)), name="static")
    client = TestClient(app)
    style = client.get("/static/css/plain.css")

    assert style.text == "h1 { color: navy }"
    assert style.headers["content-type"] == "text/css; charset=utf-8"
    assert client.get("/static/css/other.css").status_code == 404
    assert client.get("/static/css").status_code == 404
    assert client.post("/static/css/plain.css").status_code == 405
    assert client.get("/static/%2e%2e/secret").status_code == 404
    assert app.openapi()["paths"] == {}


def test_path_for_a_file(tmp_path: Path) -> None:
    """The mount's name makes addresses."""
    app = Kingpost()
    app.mount("/static", StaticFiles(directory=site(tmp_path)), name="static")

    assert app.url_path_for("static", path="/css/plain.css") == "/static/css/plain.css"


def test_unchanged_file(tmp_path: Path) -> None:
    """A client that has the file is told so."""
    app = Kingpost()
    app.mount("/static", StaticFiles(directory=site(tmp_path)))
    client = TestClient(app)
    tag = client.get("/static/css/plain.css").headers["etag"]
    again = client.get("/static/css/plain.css", headers={"if-none-match": tag})

    assert (again.status_code, again.content) == (304, b"")


def test_html_mode(tmp_path: Path) -> None:
    """A folder stands for its index page, and an own page says what is not there."""
    app = Kingpost()

    @app.get("/quays")
    def quays() -> list[int]:
        return [1, 2]

    app.mount("/", StaticFiles(directory=site(tmp_path), html=True))
    client = TestClient(app)
    missing = client.get("/pier")

    assert client.get("/quays").json() == [1, 2]
    assert client.get("/").text == "<h1>Harbour</h1>"
    assert (missing.status_code, missing.text) == (404, "<h1>No such quay</h1>")


def test_missing_folder(tmp_path: Path) -> None:
    """A folder that is not there is refused at once, unless one says not to look."""
    with pytest.raises(RuntimeError, match="does not exist"):
        StaticFiles(directory=tmp_path / "nothing")

    assert StaticFiles(directory=tmp_path / "nothing", check_dir=False).html is False
