"""Forms where the package that parses them is not installed."""

import sys
from typing import Annotated, Any

import pytest

from kingpost import APIRouter, Depends, Form, Kingpost, UploadFile
from kingpost.security import OAuth2PasswordRequestForm, OAuth2PasswordRequestFormStrict
from tests.parity.harness import refused
from tests.parity.harness.copies import OURS, PEER, copy_of

ELSEWHERE = Kingpost()
"""Has had the same dependencies when there was a parser."""

PARSERS = ("python_multipart", "python_multipart.multipart", "multipart", "multipart.multipart")


@pytest.fixture(autouse=True)
def _without_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hide the packages, once there are the applications of this module that could be made."""
    for side in (OURS, PEER):
        copy_of(sys.modules[__name__], side)
    for name in PARSERS:
        monkeypatch.setitem(sys.modules, name, None)


def field(a: str = Form()) -> str:
    """Read a form."""
    return a


def hidden(value: str = Depends(field)) -> str:
    """Need what reads one."""
    return value


class Upload:
    """Reads a file."""

    def __init__(self, a: UploadFile) -> None:
        self.file = a


@ELSEWHERE.post("/token")
def sign_in(
    form: Annotated[OAuth2PasswordRequestForm, Depends()], _: str = Depends(hidden)
) -> None:
    """Read two forms."""


@refused(RuntimeError)
def test_of_the_operation() -> Kingpost:
    """A form parameter is refused when it is declared."""
    app = Kingpost()

    @app.post("/")
    def create(a: Annotated[str, Form()]) -> None:
        pass

    return app


@refused(RuntimeError)
def test_of_the_password_flow() -> Kingpost:
    """The form of OAuth2 is one."""
    app = Kingpost()

    @app.post("/token")
    def sign_in(form: Annotated[OAuth2PasswordRequestForm, Depends()]) -> None:
        pass

    return app


@refused(RuntimeError)
def test_of_the_strict_password_flow() -> Kingpost:
    """So is the stricter one."""
    app = Kingpost()

    @app.post("/token")
    def sign_in(form: OAuth2PasswordRequestFormStrict = Depends()) -> None:
        pass

    return app


@refused(RuntimeError)
def test_below_a_dependency() -> Kingpost:
    """However deep it is."""
    app = Kingpost()

    @app.post("/")
    def create(value: Annotated[str, Depends(hidden)]) -> None:
        pass

    return app


@refused(RuntimeError)
def test_of_a_class() -> Kingpost:
    """A file is in a form."""
    app = Kingpost()

    @app.post("/")
    def create(upload: Annotated[Upload, Depends()]) -> None:
        pass

    return app


@refused(RuntimeError)
def test_of_a_router() -> Kingpost:
    """A router's dependencies count from its first operation on."""
    router = APIRouter(dependencies=[Depends(hidden)])

    @router.post("/")
    def create() -> None:
        pass

    return router  # type: ignore[return-value]  # never reached


@refused(RuntimeError)
def test_of_an_application() -> Kingpost:
    """So do an application's."""
    app = Kingpost(dependencies=[Depends(field)])

    @app.get("/")
    def read() -> Any:
        return 1

    return app


@refused(RuntimeError)
def test_of_a_socket() -> Kingpost:
    """A WebSocket operation is no exception."""
    app = Kingpost()

    @app.websocket("/")
    async def talk(value: Annotated[str, Depends(field)]) -> None:
        pass

    return app
