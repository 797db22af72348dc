"""Several form models and fields in one operation: what is read, what is documented."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from kingpost import Depends, File, Form, Kingpost, UploadFile
from tests.parity.harness import case, post


class Login(BaseModel):
    """Credentials."""

    username: str
    remember: bool = False


class Address(BaseModel):
    """Where."""

    street: str = Field("none", alias="the-street")
    numbers: list[int] = []


class Strict(BaseModel):
    """Refuses what it does not name."""

    model_config = ConfigDict(extra="forbid")

    one: str


@case(post("/", data={"username": "a"}), post("/"), post("/", 422, data={"remember": "x"}))
def test_optional_form_model() -> Kingpost:
    """A form model that may be absent as a whole."""
    app = Kingpost()

    @app.post("/")
    def create(form: Annotated[Login | None, Form()] = None) -> Any:
        return form

    return app


@case(
    post("/", data={"username": "a", "n": "1"}), post("/", data={"n": "1"}), post("/", 422, data={})
)
def test_optional_form_model_beside_field() -> Kingpost:
    """An optional form model beside a required field."""
    app = Kingpost()

    @app.post("/")
    def create(n: Annotated[int, Form()], form: Annotated[Login | None, Form()] = None) -> Any:
        return [n, form]

    return app


@case(post("/", data={"one": "1"}), post("/"), post("/", 422, data={"two": "2"}))
def test_optional_strict_form_model() -> Kingpost:
    """An optional form model that forbids extras, alone."""
    app = Kingpost()

    @app.post("/")
    def create(form: Annotated[Strict | None, Form()] = None) -> Any:
        return form

    return app


@case(
    post("/", data={"username": "a", "the-street": "s", "numbers": ["1", "2"]}),
    post("/", 422, data={"numbers": ["1", "x"]}),
    post("/", 422),
)
def test_two_form_models() -> Kingpost:
    """Two form models share one form."""
    app = Kingpost()

    @app.post("/")
    def create(login: Annotated[Login, Form()], address: Annotated[Address, Form()]) -> Any:
        return [login, address]

    return app


@case(
    post("/", data={"username": "a", "the-street": "s"}),
    post("/", 422, data={"the-street": "s"}),
)
def test_form_models_of_endpoint_and_dependency() -> Kingpost:
    """One model in the endpoint, another in its dependency."""

    def where(address: Annotated[Address, Form()]) -> str:
        return address.street

    app = Kingpost()

    @app.post("/")
    def create(login: Annotated[Login, Form()], street: Annotated[str, Depends(where)]) -> Any:
        return [login, street]

    return app


@case(
    post("/", data={"username": "a"}, files={"file": ("a.txt", b"a")}),
    post("/", 422, data={"username": "a"}),
    post("/", 422, files={"file": ("a.txt", b"a")}),
)
def test_form_model_beside_file() -> Kingpost:
    """A form model beside a file."""
    app = Kingpost()

    @app.post("/")
    def create(login: Annotated[Login, Form()], file: UploadFile) -> Any:
        return [login, file.filename]

    return app


@case(
    post("/", data={"name": "n"}, files=[("file", ("a.txt", b"a")), ("more", ("b", b"b"))]),
    post("/", 422, data={"name": "n", "file": "text"}),
)
def test_files_inside_a_form_model() -> Kingpost:
    """A form model with file fields."""

    class Upload(BaseModel):
        model_config = ConfigDict(arbitrary_types_allowed=True)
        name: str
        file: UploadFile
        more: list[UploadFile] = []

    app = Kingpost()

    @app.post("/")
    def create(upload: Annotated[Upload, Form()]) -> Any:
        return [upload.name, upload.file.filename, len(upload.more)]

    return app


@case(post("/", data={"a": "1"}), post("/", 422, data={"a": "x"}), post("/", data={}))
def test_form_defaults_of_a_model() -> Kingpost:
    """Fields set, defaults and empty values in a form model."""

    class Defaults(BaseModel):
        a: int = 5
        b: str = "b"
        c: str | None = None

    app = Kingpost()

    @app.post("/")
    def create(form: Annotated[Defaults, Form()]) -> Any:
        return [form, sorted(form.model_fields_set)]

    return app


@case(
    post("/", data={"a": ""}),
    post("/", data={"a": "", "b": "x"}),
    post("/", 422, data={"n": "x"}),
)
def test_empty_values_in_a_form_model() -> Kingpost:
    """Empty values of a form model count as absent (behaviour 17)."""

    class Defaults(BaseModel):
        a: str = "default"
        b: str | None = None
        n: int = 1

    app = Kingpost()

    @app.post("/")
    def create(form: Annotated[Defaults, Form()]) -> Any:
        return [form, sorted(form.model_fields_set)]

    return app


@case(
    post("/", files={"raw": ("a", b"abc")}, data={"title": "t"}),
    post("/", 422, data={"title": "t"}),
)
def test_file_field_beside_form_in_old_style() -> Kingpost:
    """Default style: `bytes = File()` beside `str = Form()`."""
    app = Kingpost()

    @app.post("/")
    def create(raw: bytes = File(), title: str = Form()) -> Any:
        return [len(raw), title]

    return app
