"""What tools put in the place of methods of Starlette's classes."""

import functools
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.middleware.errors import ServerErrorMiddleware
from starlette.middleware.exceptions import ExceptionMiddleware
from starlette.responses import FileResponse
from starlette.routing import Route
from starlette.websockets import WebSocket

from kingpost._http.patches import is_patched

METHODS = [
    (Starlette, "__call__"),
    (BaseHTTPMiddleware, "__call__"),
    (ExceptionMiddleware, "__call__"),
    (ServerErrorMiddleware, "__call__"),
    (FileResponse, "__call__"),
    (Route, "handle"),
    (WebSocket, "receive_text"),
    (WebSocket, "send"),
]


class Callable:
    """What is put there need not be a function."""

    def __init__(self, wrapped: Any) -> None:
        self.wrapped = wrapped

    def __getattr__(self, name: str) -> Any:
        """Look like what it stands for."""
        return getattr(self.wrapped, name)


@pytest.mark.parametrize(("cls", "name"), METHODS)
def test_any_replacement_is_noticed(
    monkeypatch: pytest.MonkeyPatch, cls: type[Any], name: str
) -> None:
    """A function that says that it is the one which was there, and an object that does."""
    original = getattr(cls, name)

    @functools.wraps(original)
    async def watch(*args: Any) -> None:
        await original(*args)

    assert not is_patched(cls)
    for replacement in (watch, Callable(original)):
        with monkeypatch.context() as patch:
            patch.setattr(cls, name, replacement)
            assert is_patched(cls)
    assert not is_patched(cls)


def test_other_methods_do_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    """They do what they do with either class."""
    monkeypatch.setattr(Route, "matches", lambda *_: None)
    monkeypatch.setattr(WebSocket, "close", lambda *_: None)

    assert not is_patched(Route)
    assert not is_patched(WebSocket)
