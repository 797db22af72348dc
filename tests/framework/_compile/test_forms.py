"""Code that reads and checks a form."""

from typing import Annotated, Any

import pytest
from pydantic import AfterValidator, BaseModel, field_validator

from kingpost import File, Form, Kingpost, UploadFile
from kingpost._compile.forms import can_compile_form, reads_contents
from kingpost.routing import APIRoute
from kingpost.testclient import TestClient


class Login(BaseModel):
    """A form as a model."""

    name: str


class Signed(Login):
    """One that the application validates."""

    @field_validator("name")
    @classmethod
    def check(cls, value: str) -> str:
        """Accept any name."""
        return value


class Checked(UploadFile):
    """A file that the application validates."""


def application(type_: Any) -> tuple[Kingpost, APIRoute]:
    """One operation that takes a field of a form."""
    app = Kingpost(openapi_url=None)

    async def take(field):  # type: ignore[no-untyped-def]
        return str(field)

    take.__annotations__["field"] = type_
    app.post("/")(take)
    route = app.routes[-1]
    assert isinstance(route, APIRoute)
    return app, route


@pytest.mark.parametrize(
    ("type_", "compiled"),
    [
        (Annotated[str, Form()], True),
        (Annotated[list[int], Form()], True),
        (Annotated[bytes, File()], True),
        (UploadFile, True),
        (list[UploadFile], True),
        (Checked, False),
        (Annotated[str, Form(), AfterValidator(str.upper)], True),
        (Annotated[str, Form(), AfterValidator(lambda value: value)], False),
        (Annotated[Login, Form()], True),
        (Annotated[Signed, Form()], False),
    ],
)
def test_what_is_compiled(type_: Any, compiled: bool) -> None:
    """What no code of the application validates: fields, files, a model of fields."""
    _, route = application(type_)

    assert route.plan.body is not None
    assert can_compile_form(route.plan.body) is compiled
    assert ("read_form" in route.handler_source) is compiled


@pytest.mark.parametrize(
    ("type_", "read"),
    [
        (Annotated[bytes, File()], True),
        (Annotated[list[bytes], File()], True),
        (Annotated[bytes | None, File()], True),
        (UploadFile, False),
        (Annotated[bytes, Form()], False),
    ],
)
def test_contents_are_read_where_bytes_are_wanted(type_: Any, read: bool) -> None:
    """Any other type is given the file itself."""
    _, route = application(type_)

    assert route.plan.body is not None
    assert reads_contents(route.plan.body.params[0]) is read


def test_a_file_that_was_refused_is_closed() -> None:
    """As is one that was accepted, after the answer."""
    seen: list[UploadFile] = []
    app = Kingpost(openapi_url=None)

    @app.post("/")
    async def take(file: UploadFile, size: Annotated[int, Form()]) -> bool:
        seen.append(file)
        return file.file.closed

    client = TestClient(app)
    good = client.post("/", data={"size": "1"}, files={"file": b"text"})
    bad = client.post("/", data={"size": "x"}, files={"file": b"text"})

    assert (good.json(), bad.status_code) == (False, 422)
    assert [file.file.closed for file in seen] == [True]
