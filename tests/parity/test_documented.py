"""The programs of `tests/framework/documented` on both frameworks.

A test of that folder asserts what the documentation promises. Here it runs on ours and on the peer,
so that what it asserts is the peer's behaviour too; whatever it does not assert, status, headers
and body of each exchange and each application's OpenAPI document, is compared.
"""

import ast
import importlib
import inspect
import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any, cast

import anyio
import httpx2
import pytest
from starlette.testclient import TestClient

from tests.parity.harness.copies import OURS, PEER, copy_of, neutral
from tests.parity.harness.observe import stable_headers

FOLDER = Path(__file__).parents[1] / "framework" / "documented"
PACKAGE = "tests.framework.documented"

NAMES = re.compile(rf"{OURS}|{PEER}".encode(), re.IGNORECASE)
PAGE = re.compile(rb"SwaggerUIBundle\(|<redoc|Swagger UI: OAuth2 Redirect")
"""What a page of documentation holds; ours are compared in `test_docs_pages.py`."""
TOKEN = re.compile(r"eyJ[\w-]+\.eyJ[\w-]+\.[\w-]+")
"""A web token: it says when it ends, and the two sides may run in different seconds."""

UNEVEN: dict[str, str] = {
    "test_application_options::test_debug": "a traceback names the framework's own lines",
}
"""Tests whose exchanges differ from run to run, or on purpose: the test and the reason."""


def documented() -> list[tuple[str, str]]:
    """Return module and name of every test of the folder, the table's own left out."""
    return [
        (path.stem, node.name)
        for path in sorted(FOLDER.glob("test_*.py"))
        if path.stem != "test_table"
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.name.startswith("test_")
    ]


@pytest.mark.parametrize(
    ("module", "name"), [pytest.param(*found, id="::".join(found)) for found in documented()]
)
def test_program(module: str, name: str, tmp_path: Path) -> None:
    """What a program is shown to do, the peer does too, exchange by exchange."""
    loaded = importlib.import_module(f"{PACKAGE}.{module}")

    ours, theirs = (run(loaded, side, name, tmp_path / side) for side in (OURS, PEER))

    if f"{module}::{name}" not in UNEVEN:
        assert len(ours) == len(theirs)
        for mine, due in zip(ours, theirs, strict=True):
            assert mine == due


def run(module: ModuleType, side: str, name: str, folder: Path) -> list[Any]:
    """Run a test on one side; return its exchanges and its applications' documents."""
    folder.mkdir()
    test = vars(copy_of(module, side))[name]
    with pytest.MonkeyPatch.context() as patch, _recorded(patch) as records:
        fixtures = {"tmp_path": folder, "monkeypatch": patch}
        call = partial(test, **{p: fixtures[p] for p in inspect.signature(test).parameters})
        if inspect.iscoroutinefunction(test):
            anyio.run(call)
        else:
            call()
    return records


@contextmanager
def _recorded(patch: pytest.MonkeyPatch) -> Iterator[list[Any]]:
    records: list[Any] = []
    applications: list[Any] = []
    start = cast(Callable[..., None], TestClient.__init__)
    send = cast(Callable[..., httpx2.Response], TestClient.send)

    def starting(client: TestClient, /, app: Any, *arguments: Any, **keywords: Any) -> None:
        start(client, app, *arguments, **keywords)
        if app not in applications:
            applications.append(app)

    def sending(client: TestClient, request: httpx2.Request, **keywords: Any) -> httpx2.Response:
        response = send(client, request, **keywords)
        body = response.content if response.is_stream_consumed else b""
        records.append(
            (
                f"{request.method} {request.url}",
                response.status_code,
                _headers(response, body),
                "a page" if PAGE.search(body) else TOKEN.sub("a token", _text(body)),
            )
        )
        return response

    patch.setattr(TestClient, "__init__", starting)
    patch.setattr(TestClient, "send", sending)
    yield records
    records.extend(_document(app) for app in applications if hasattr(app, "openapi"))


def _headers(response: httpx2.Response, body: bytes) -> dict[str, list[str]]:
    headers = stable_headers(response.headers.raw)
    for name in headers.keys() & {"etag", "last-modified"}:
        # Each side has files of its own, of different ages.
        headers[name] = ["given"]
    if NAMES.search(body) or PAGE.search(body):
        # The names of the two frameworks are not of one length.
        headers.pop("content-length", None)
    return headers


def _text(body: bytes) -> str:
    return neutral(body.decode("latin-1"))


def _document(app: Any) -> str:
    return neutral(json.dumps(app.openapi(), sort_keys=True, indent=1))
