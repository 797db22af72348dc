import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from kingpost._cli import commands as module
from kingpost._cli.commands import commands
from kingpost._cli.server import ServerOptions

from .conftest import Write

APP = """
from kingpost import Kingpost
app = Kingpost()

@app.get("/items/{item_id}")
async def read_item(item_id: int) -> dict[str, int]:
    return {"item_id": item_id}
"""


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ServerOptions]]:
    """Return what would have been served, instead of serving it."""
    calls: list[tuple[str, ServerOptions]] = []
    monkeypatch.setattr(
        module, "serve", lambda target, options: calls.append((target.entrypoint, options))
    )
    monkeypatch.setattr(module, "check_server", lambda options: None)
    monkeypatch.setenv("KINGPOST_ENV", "")
    monkeypatch.delenv("KINGPOST_ENV")
    monkeypatch.delenv("PORT", raising=False)
    return calls


def invoke(*args: str) -> Any:
    """Run the command in this process."""
    return CliRunner().invoke(commands, args)


class TestDev:
    def test_serves_this_machine_and_reloads(self, project: Write, served: list[Any]) -> None:
        """The defaults are those for work on the application."""
        project("main.py", APP)

        result = invoke("dev")

        assert result.output == ("Serving main:app at http://127.0.0.1:8000 (documents at /docs)\n")
        entrypoint, options = served[0]
        assert entrypoint == "main:app"
        assert (options.host, options.port, options.reload) == ("127.0.0.1", 8000, True)
        assert options.workers is None

    def test_marks_the_environment(self, project: Write, served: list[Any]) -> None:
        """The application can tell development, unless it was told something else."""
        project("main.py", APP)

        invoke("dev")
        assert os.environ["KINGPOST_ENV"] == "development"

        os.environ["KINGPOST_ENV"] = "staging"
        invoke("dev")
        assert os.environ["KINGPOST_ENV"] == "staging"

    def test_takes_its_options(self, project: Write, served: list[Any]) -> None:
        """Every option reaches the server."""
        project("shop/web.py", APP + "other = app\n")

        invoke(
            *["dev", "shop/web.py", "--app", "other", "--host", "::1", "--port", "9"],
            *["--no-reload", "--reload-dir", "shop", "--reload-dir", "lib", "--root-path", "/x"],
            *["--no-proxy-headers", "--forwarded-allow-ips", "*", "--verbose"],
        )

        assert served == [
            (
                "web:other",
                ServerOptions(
                    host="::1",
                    port=9,
                    reload=False,
                    reload_dirs=(Path("shop"), Path("lib")),
                    root_path="/x",
                    proxy_headers=False,
                    forwarded_allow_ips="*",
                    verbose=True,
                ),
            )
        ]


class TestRun:
    def test_serves_everyone_without_reloading(self, project: Write, served: list[Any]) -> None:
        """The defaults are those for production, where nothing marks development."""
        project("main.py", APP)

        invoke("run", "--workers", "3", "-e", "main:app")

        entrypoint, options = served[0]
        assert entrypoint == "main:app"
        assert (options.host, options.port, options.reload) == ("0.0.0.0", 8000, False)  # noqa: S104
        assert options.workers == 3
        assert "KINGPOST_ENV" not in os.environ

    def test_takes_the_port_of_the_environment(
        self, project: Write, served: list[Any], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """PORT is what platforms set; an option goes before it."""
        project("main.py", APP)
        monkeypatch.setenv("PORT", "9001")

        invoke("run")
        invoke("run", "--port", "9002")

        assert [options.port for _, options in served] == [9001, 9002]

    def test_names_a_port_that_is_none(
        self, project: Write, served: list[Any], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A wrong variable is named, and nothing starts."""
        monkeypatch.setenv("PORT", "http")

        result = invoke("run")

        assert result.exit_code == 2
        assert "'PORT'" in result.output
        assert served == []

    def test_does_not_announce_what_is_not_there(self, project: Write, served: list[Any]) -> None:
        """Without documents there is no address for them."""
        project("main.py", "from kingpost import Kingpost\napp = Kingpost(openapi_url=None)\n")

        assert invoke("run").output == "Serving main:app at http://127.0.0.1:8000\n"

    def test_says_why_it_cannot(self, project: Write, served: list[Any]) -> None:
        """A refusal is its message and a status that scripts can see."""
        result = invoke("run", "nowhere.py")

        assert (result.exit_code, result.output) == (1, "There is no file nowhere.py.\n")
        assert served == []


class TestRoutes:
    def test_lists_the_routes(self, project: Write) -> None:
        """The table names methods, path, name, function and line."""
        project("main.py", APP)

        result = invoke("routes")

        lines = result.output.splitlines()
        assert lines[-1].split() == [
            "GET", "/items/{item_id}", "read_item", "main.read_item", "main.py:5"
        ]  # fmt: skip
        assert result.exit_code == 0

    def test_restricts_the_list(self, project: Write) -> None:
        """A file, paths and names can be mixed, since a file ends with .py."""
        project("shop.py", APP)

        result = invoke("routes", "read_item", "shop.py")

        assert len(result.output.splitlines()) == 1

    def test_prints_the_handler(self, project: Write) -> None:
        """--source shows what the application runs."""
        project("main.py", APP)

        result = invoke("routes", "--source", "/items/{item_id}")

        assert result.output.startswith("# GET /items/{item_id}  main.py:5\n")
        compile(result.output, "handler", "exec")

    def test_prints_the_plan(self, project: Write) -> None:
        """--plan shows what a request needs, and goes before the source."""
        project("main.py", APP)

        result = invoke("routes", "--plan", "--source", "read_item")

        plan, source = result.output.split("\n\n", 1)
        assert plan.splitlines() == [
            "GET /items/{item_id}",
            "read_item  async  main.py:5",
            "├── item_id: int  path",
            "└── sends dict[str, int] straight to JSON",
        ]
        assert source.startswith("# GET /items/{item_id}")

    def test_prints_json(self, project: Write) -> None:
        """--json is one document, whatever else is asked for."""
        project("main.py", APP)

        entries = json.loads(invoke("routes", "--json", "--source", "read_item").output)

        assert [entry["path"] for entry in entries] == ["/items/{item_id}"]
        assert "async def" in entries[0]["source"]

    @pytest.mark.parametrize(
        ("args", "message"),
        [
            (["nothing"], "No route has 'nothing'"),
            (["a.py", "b.py"], "a.py and b.py are two files"),
            (["--app", "other"], "main:other is of type Starlette, whose routes are not known"),
        ],
    )
    def test_says_why_it_cannot(self, project: Write, args: list[str], message: str) -> None:
        """A refusal is its message and a status that scripts can see."""
        project(
            "main.py",
            APP + "from starlette.applications import Starlette\nother = Starlette()\n",
        )

        result = invoke("routes", *args)

        assert result.exit_code == 1
        assert message in result.output


class TestOpenapi:
    def test_prints_the_document(self, project: Write) -> None:
        """The output is the document alone, for programs to read."""
        project("main.py", APP)

        result = invoke("openapi")

        assert json.loads(result.stdout)["paths"].keys() == {"/items/{item_id}"}
        assert result.stderr == ""

    def test_writes_a_file(self, project: Write) -> None:
        """Then nothing is printed."""
        project("shop/web.py", APP.replace("app", "other"))

        result = invoke(
            "openapi", "shop/web.py", "--app", "other", "-o", "api.json", "--indent", "0"
        )

        assert (result.exit_code, result.output) == (0, "")
        text = Path("api.json").read_text()
        assert text.count("\n") == 1
        assert json.loads(text)["info"]["title"] == "Kingpost"

    @pytest.mark.parametrize(
        ("args", "message"),
        [
            (["--app", "other"], "which has no OpenAPI document"),
            (["--app", "none"], "has no object 'none'"),
            (["-o", "none/api.json"], "could not be written"),
            (["nowhere.py"], "There is no file nowhere.py"),
        ],
    )
    def test_refuses_plainly(self, project: Write, args: list[str], message: str) -> None:
        """A refusal is its message and a status that scripts can see."""
        project(
            "main.py",
            APP + "from starlette.applications import Starlette\nother = Starlette()\n",
        )

        result = invoke("openapi", *args)

        assert result.exit_code == 1
        assert message in result.output


ALIASED_APP = """
from fastapi import FastAPI
app = FastAPI(version=FastAPI.__module__)

@app.get("/items/{item_id}")
async def read_item(item_id: int) -> dict[str, int]:
    return {"item_id": item_id}
"""


def fetch(url: str, server: subprocess.Popen[str]) -> Any:
    """Return the answer, as soon as a worker listens on the port that the server has taken."""
    while server.poll() is None:
        try:
            with urllib.request.urlopen(url) as response:
                return json.load(response)
        except urllib.error.URLError:
            time.sleep(0.05)
    return None


@pytest.mark.parametrize(
    ("options", "app"),
    [([], APP), (["--as-fastapi"], ALIASED_APP), (["--as-fastapi", "--workers=2"], ALIASED_APP)],
    ids=["plain", "alias", "alias in workers"],
)
def test_a_real_server_answers_and_ends(project: Write, options: list[str], app: str) -> None:
    """The command serves a request over a socket and ends on SIGTERM."""
    project("main.py", app)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "kingpost", "run", "--host", "127.0.0.1", "--port", str(port)]
    command += options

    with subprocess.Popen(  # noqa: S603 - the interpreter of this very test
        command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        try:
            assert server.stderr is not None
            assert any("Uvicorn running on" in line for line in server.stderr)
            url = f"http://127.0.0.1:{port}/items/7"
            assert fetch(url, server) == {"item_id": 7}
        finally:
            server.send_signal(signal.SIGTERM)
            server.communicate()

    assert server.returncode in (0, -signal.SIGTERM)
