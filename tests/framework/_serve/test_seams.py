"""Functions and classes that tools for traces and error reports replace."""

import subprocess
import sys
import textwrap
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel
from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.middleware.errors import ServerErrorMiddleware
from starlette.middleware.exceptions import ExceptionMiddleware
from starlette.routing import Route

from kingpost import BackgroundTasks, Depends, Kingpost, routing
from kingpost._serve.seams import replaced
from kingpost.testclient import TestClient

ROOT = Path(__file__).resolve().parents[3]


class Item(BaseModel):
    """What comes and goes."""

    name: str


def application() -> Kingpost:
    """An application with one operation of many parts."""
    app = Kingpost(openapi_url=None)

    def shout(loud: bool = False) -> bool:
        return loud

    @app.post("/items/{number}", response_model_exclude_unset=True)
    async def create(number: int, item: Item, loud: bool = Depends(shout)) -> Item:
        if item.name == "boom":
            raise LookupError("boom")
        return Item(name=f"{item.name} {number}{'!' if loud else ''}")

    return app


def ask(app: Kingpost, path: str = "/items/7?loud=1", name: str = "lamp") -> tuple[int, Any]:
    """Return status and data of the answer."""
    with TestClient(app, raise_server_exceptions=False) as client:
        response = client.post(path, json={"name": name})
    is_json = response.headers["content-type"] == "application/json"
    return response.status_code, response.json() if is_json else response.text


STEPS = ["run_endpoint_function", "serialize_response", "solve_dependencies"]


@pytest.mark.parametrize("name", STEPS)
def test_what_stands_in_the_place_of_a_step_is_called(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Also where it is put there after the operations were declared; once it is gone, no more."""
    original: Callable[..., Awaitable[Any]] = getattr(routing, name)
    seen: list[dict[str, Any]] = []

    async def watch(**arguments: Any) -> Any:
        seen.append(arguments)
        return await original(**arguments)

    app = application()
    expected = ask(app), ask(app, "/items/x"), ask(app, name="boom")
    with monkeypatch.context() as patch:
        patch.setattr(routing, name, watch)
        assert (ask(app), ask(app, "/items/x"), ask(app, name="boom")) == expected
        calls = len(seen)
    assert not replaced
    ask(app)

    assert calls == len(seen) == {"serialize_response": 1, "run_endpoint_function": 2}.get(name, 3)
    assert expected[0] == (200, {"name": "lamp 7!"})
    assert [status for status, _ in expected] == [200, 422, 500]


def test_a_step_may_see_and_change_what_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    """The arguments are those that FastAPI's own routes give."""

    async def run(*, dependant: Any, values: dict[str, Any], is_coroutine: bool) -> Any:
        assert is_coroutine
        assert values == {"number": 7, "item": Item(name="lamp"), "loud": True}
        return await dependant.call(**{**values, "number": 8})

    monkeypatch.setattr(routing, "run_endpoint_function", run)

    assert ask(application()) == (200, {"name": "lamp 8!"})


def test_what_did_fit_is_told_beside_the_errors(monkeypatch: pytest.MonkeyPatch) -> None:
    """A tool that shows the arguments of a request wants them most when some are wrong."""
    solve = routing.solve_dependencies
    found: list[Any] = []

    async def watch(**arguments: Any) -> Any:
        solved = await solve(**arguments)
        found.append((solved.values, [error["loc"] for error in solved.errors]))
        return solved

    monkeypatch.setattr(routing, "solve_dependencies", watch)

    assert ask(application(), "/items/x?loud=1")[0] == 422
    assert found == [({"loud": True, "item": Item(name="lamp")}, [("path", "number")])]


@pytest.mark.parametrize("name", ["get_request_handler", "request_response"])
def test_what_makes_handlers_counts_for_what_is_declared_later(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Tools wrap the handler of each operation when it is made."""
    original: Callable[..., Any] = getattr(routing, name)
    made: list[Any] = []

    def watch(*args: Any, **arguments: Any) -> Any:
        made.append(original(*args, **arguments))
        return made[-1]

    expected = ask(application()), ask(application(), "/items/x")
    monkeypatch.setattr(routing, name, watch)
    app = application()

    assert len(made) == 1
    assert (ask(app), ask(app, "/items/x")) == expected


def test_the_endpoint_may_be_wrapped_where_its_handler_is_made(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """That is how a tool follows a function into its thread."""
    original = routing.get_request_handler

    def watch(*, dependant: Any, **arguments: Any) -> Any:
        endpoint = dependant.call

        async def wrapped(**values: Any) -> Any:
            return Item(name=f"<{(await endpoint(**values)).name}>")

        dependant.call = wrapped
        return original(dependant=dependant, **arguments)

    monkeypatch.setattr(routing, "get_request_handler", watch)

    assert ask(application()) == (200, {"name": "<lamp 7!>"})


@pytest.mark.parametrize(
    ("cls", "method"),
    [
        (Starlette, "__call__"),
        (ExceptionMiddleware, "__call__"),
        (ServerErrorMiddleware, "__call__"),
        (Route, "handle"),
    ],
)
def test_what_was_changed_in_a_class_is_called(
    monkeypatch: pytest.MonkeyPatch, cls: type, method: str
) -> None:
    """Ours take the place of these only while they do what Starlette made them for."""
    original: Callable[..., Awaitable[None]] = getattr(cls, method)
    seen: list[str] = []

    async def watch(self: Any, scope: Any, receive: Any, send: Any) -> None:
        seen.append(scope["type"])
        await original(self, scope, receive, send)

    app = application()
    expected = ask(app), ask(app, "/items/x"), ask(app, name="boom")
    monkeypatch.setattr(cls, method, watch)
    app = application()

    assert (ask(app), ask(app, "/items/x"), ask(app, name="boom")) == expected
    assert seen.count("http") == 3


@pytest.mark.parametrize(
    ("module", "cls", "method"),
    [
        ("applications", "Starlette", "__call__"),
        ("middleware.exceptions", "ExceptionMiddleware", "__call__"),
        ("middleware.errors", "ServerErrorMiddleware", "__call__"),
        ("routing", "Route", "handle"),
    ],
)
def test_it_does_not_matter_who_was_there_first(module: str, cls: str, method: str) -> None:
    """Tools are started at the top of a program, before it imports a framework."""
    program = f"""
        import functools
        from starlette.{module} import {cls}

        original, seen = {cls}.{method}, []

        @functools.wraps(original)
        async def watch(self, scope, receive, send):
            seen.append(scope["type"])
            await original(self, scope, receive, send)

        {cls}.{method} = watch

        from tests.framework._serve.test_seams import application, ask

        assert ask(application()) == (200, {{"name": "lamp 7!"}})
        assert ask(application(), name="boom")[0] == 500
        assert seen.count("http") == 2, seen
    """

    command = [sys.executable, "-c", textwrap.dedent(program)]
    subprocess.run(command, cwd=ROOT, check=True)  # noqa: S603


def test_what_was_changed_in_background_tasks_is_called(monkeypatch: pytest.MonkeyPatch) -> None:
    """Traces go on after the answer has been sent."""
    original = BackgroundTask.__call__
    seen: list[Any] = []

    async def watch(self: BackgroundTask) -> None:
        seen.append(self.func)
        await original(self)

    monkeypatch.setattr(BackgroundTask, "__call__", watch)
    app = Kingpost()
    done: list[int] = []

    @app.post("/items/{number}")
    def create(number: int, tasks: BackgroundTasks) -> None:
        tasks.add_task(done.append, number)

    assert ask(app, "/items/7") == (200, None)
    assert (len(seen), done) == (1, [7])
