"""Forms: URL-encoded and multipart fields, models, empty values."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from kingpost import Body, Depends, File, Form, Kingpost, Query, Request, UploadFile
from kingpost.exceptions import RequestValidationError
from kingpost.responses import JSONResponse
from tests.parity.harness import Log, case, post

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class Colour(StrEnum):
    """A choice."""

    RED = "red"
    BLUE = "blue"


class Login(BaseModel):
    """Credentials."""

    username: str
    password: str = Field(min_length=3)
    remember: bool = False
    tags: list[str] = []


class Strict(BaseModel):
    """Refuses what it does not name."""

    model_config = ConfigDict(extra="forbid")

    one: str


@case(
    post("/", data={"username": "a", "password": "b"}),
    post("/", 422, data={"username": "a"}),
    post("/", 422),
    post("/", 422, json={"username": "a", "password": "b"}),
    post("/", content=b"username=a&password=%C3%A9+x%20y", headers=FORM),
    post("/", files={"username": (None, "a"), "password": (None, "b")}),
)
def test_two_fields() -> Kingpost:
    """Form fields from URL-encoded and multipart bodies; JSON is none."""
    app = Kingpost()

    @app.post("/")
    def login(username: Annotated[str, Form()], password: Annotated[str, Form()]) -> list[str]:
        return [username, password]

    return app


@case(
    post("/", data={"n": "5"}),
    post("/", 422, data={"n": "0"}),
    post("/", 422, data={"n": "x"}),
    post("/", 422, data={"n": ""}),
)
def test_one_field() -> Kingpost:
    """A single form field is never un-embedded."""
    app = Kingpost()

    @app.post("/")
    def create(n: int = Form(gt=0, description="A number")) -> int:
        return n

    return app


@case(
    post("/", data={"a": "", "b": "", "c": ""}),
    post("/", data={"a": "x", "b": "2", "c": "y"}),
    post("/"),
    post("/", 422, data={"b": "x"}),
)
def test_empty_value_is_absent() -> Kingpost:
    """An empty form value counts as absent (behaviour 17)."""
    app = Kingpost()

    @app.post("/")
    def create(
        a: Annotated[str, Form()] = "default",
        b: Annotated[int | None, Form()] = None,
        c: Annotated[str | None, Form()] = "c",
    ) -> list[Any]:
        return [a, b, c]

    return app


@case(post("/", 422, data={"a": ""}), post("/", data={"a": "x"}), post("/", data={"a": " "}))
def test_empty_required_value_is_missing() -> Kingpost:
    """An empty value of a required text is `missing` (behaviour 17)."""
    app = Kingpost()

    @app.post("/")
    def create(a: Annotated[str, Form()]) -> str:
        return a

    return app


@case(
    post("/", data={"tags": ["a", "b"], "n": "1"}),
    post("/", content=b"tags=a&tags=&n=1&n=2", headers=FORM),
    post("/", 422, data={"n": ["1", "x"]}),
    post("/", 422),
)
def test_lists() -> Kingpost:
    """A list field takes all values of its name; a scalar the last."""
    app = Kingpost()

    @app.post("/")
    def create(tags: Annotated[list[str], Form()], n: Annotated[int, Form()]) -> dict[str, Any]:
        return {"tags": tags, "n": n}

    return app


@case(
    post("/", data={"username": "a", "password": "abc", "remember": "on", "tags": ["x", "y"]}),
    post("/", data={"username": "a", "password": "abc", "other": "z"}),
    post("/", 422, data={"username": "a", "password": "ab"}),
    post("/", 422, data={"username": ""}),
    post("/", 422),
)
def test_form_model() -> Kingpost:
    """A model as the whole form."""
    app = Kingpost()

    @app.post("/")
    def login(form: Annotated[Login, Form()]) -> Login:
        return form

    return app


@case(post("/", data={"one": "1"}), post("/", 422, data={"one": "1", "two": "2"}))
def test_form_model_forbids_extra() -> Kingpost:
    """extra="forbid" rejects unknown fields."""
    app = Kingpost()

    @app.post("/")
    def create(form: Annotated[Strict, Form()]) -> Strict:
        return form

    return app


@case(
    post("/", data={"one": "1", "n": "1"}, status=422),
    post("/", data={"form": "1", "n": "1"}, status=422),
    post("/", data={"username": "u", "password": "abc", "n": "1"}, status=422),
    post("/ok"),
)
def test_strict_form_model_beside_field() -> Kingpost:
    """A form model that forbids extras does not know its sibling field."""
    app = Kingpost()

    @app.post("/")
    def create(
        n: Annotated[int, Form()], form: Annotated[Strict | None, Form()] = None
    ) -> dict[str, Any]:
        return {"form": form, "n": n}

    @app.post("/ok")
    def ok() -> str:
        return "ok"

    return app


@case(
    post("/", data={"username": "u", "password": "abc", "n": "1"}),
    post("/", 422, data={"form": "x", "n": "1"}),
    post("/", 422, data={"username": "u", "password": "abc"}),
    post("/", 422, data={"username": "u", "password": "abc", "n": "y"}),
)
def test_form_model_beside_field() -> Kingpost:
    """A form model and a form field in one operation."""
    app = Kingpost()

    @app.post("/")
    def create(n: Annotated[int, Form()], form: Annotated[Login, Form()]) -> dict[str, Any]:
        return {"form": form, "n": n}

    return app


@case(
    post("/", 422, data={"n": "1", "login": "x"}),
    post("/", data={"n": "1", "username": "u", "password": "abc"}),
    post("/", 422, data={"n": "1", "login": '{"username": "u", "password": "abc"}'}),
    post("/", 422, json={"n": 1, "login": {"username": "u", "password": "abc"}}),
    post("/", 422, data={"n": "x"}),
)
def test_field_beside_unmarked_model() -> Kingpost:
    """A form field beside an unmarked model: both are form fields (behaviour 25)."""
    app = Kingpost()

    @app.post("/")
    def create(n: Annotated[int, Form()], login: Login | None = None) -> dict[str, Any]:
        return {"login": login, "n": n}

    return app


@case(
    post("/7?q=2", data={"on": "2024-01-01", "colour": "red", "flag": "yes"}),
    post("/x?q=y", 422, data={"on": "never", "colour": "green", "flag": "perhaps"}),
)
def test_types_beside_path_and_query() -> Kingpost:
    """Typed fields beside path and query."""
    app = Kingpost()

    @app.post("/{n}")
    def create(
        n: int,
        q: Annotated[int, Query()],
        on: Annotated[date, Form()],
        colour: Annotated[Colour, Form()],
        flag: Annotated[bool, Form()],
    ) -> list[Any]:
        return [n, q, on, colour, flag]

    return app


@case(
    post("/", data={"a": "1", "b": "2"}),
    post("/", 422, data={"a": "1"}),
)
def test_fields_of_a_dependency() -> Kingpost:
    """Fields declared by the endpoint and by its dependency are one form."""

    def extra(b: Annotated[int, Form()]) -> int:
        return b

    app = Kingpost()

    @app.post("/")
    def create(a: Annotated[int, Form()], b: Annotated[int, Depends(extra)]) -> list[int]:
        return [a, b]

    return app


@case(
    post("/", 400, content=b"x", headers={"Content-Type": "multipart/form-data"}),
    post("/", 400, content=b"x", headers={"Content-Type": "multipart/form-data; boundary=b"}),
    post("/", 422, content=b"%zz&&==&a", headers=FORM),
    post("/", content=b"a=%FF&a=%C3%A9", headers=FORM),
)
def test_malformed_forms() -> Kingpost:
    """A missing boundary is a 400 with plain text detail (behaviour 27)."""
    app = Kingpost()

    @app.post("/")
    def create(a: Annotated[str, Form()]) -> str:
        return a

    return app


@case(
    post("/", 400, files=[(f"f{n}", (None, "x")) for n in range(1001)]),
    post("/", files={"a": (None, "x")}),
)
def test_too_many_fields() -> Kingpost:
    """More than 1000 fields are a 400 (behaviour 27)."""
    app = Kingpost()

    @app.post("/")
    def create(a: Annotated[str, Form()]) -> str:
        return a

    return app


@case(
    post("/", data={"a": "1"}),
    post("/", 400, files={"a": (None, "12345678901")}),
    post("/", 400, files={"a": (None, "1"), "b": (None, "2"), "c": (None, "3")}),
)
def test_form_limits() -> Kingpost:
    """form_limits bound the number of fields and their size."""
    app = Kingpost(form_limits={"max_fields": 2, "max_part_size": 10})

    @app.post("/")
    def create(a: Annotated[str, Form()]) -> str:
        return a

    return app


@case(post("/", data={"a": "1", "b": "2"}), post("/", data={"a": ""}), post("/x", 404))
def test_form_read_from_request() -> Kingpost:
    """request.form() in an endpoint without form parameters."""
    app = Kingpost()

    @app.post("/")
    async def create(request: Request) -> dict[str, Any]:
        async with request.form() as form:
            return dict(form)

    return app


@case(post("/", data={"a": "1", "b": "2"}), post("/", 422, data={"a": "1"}))
def test_form_read_twice() -> Kingpost:
    """The endpoint can read the form that the parameters were taken from."""
    app = Kingpost()

    @app.post("/")
    async def create(request: Request, b: Annotated[int, Form()]) -> dict[str, Any]:
        return {"b": b, "all": dict(await request.form())}

    return app


@case(
    post("/", data={"a": "1"}),
    post("/", 422, data={"b": "1"}),
)
def test_documented_settings() -> Kingpost:
    """Titles, examples, media type and hidden fields in the document."""
    app = Kingpost()

    @app.post("/")
    def create(
        a: Annotated[int, Form(title="The A", examples=[1], json_schema_extra={"x-k": 1})],
        b: Annotated[str, Form(deprecated=True)] = "b",
    ) -> list[Any]:
        return [a, b]

    return app


@case(post("/", data={"a": "1"}), post("/", 422, data={}))
def test_media_type_of_form() -> Kingpost:
    """Form(media_type=...) changes the document."""
    app = Kingpost()

    @app.post("/")
    def create(a: Annotated[int, Form(media_type="multipart/form-data")]) -> int:
        return a

    return app


@case(
    post("/", data={"a": "1", "b": "2"}),
    post("/", 422, json={"a": 1, "b": 2}),
    post("/", 422, data={"a": "x", "b": "y"}),
)
def test_form_field_beside_json_field() -> Kingpost:
    """Form() beside Body(): the form wins."""
    app = Kingpost()

    @app.post("/")
    def create(a: Annotated[int, Form()], b: Annotated[int, Body()]) -> list[int]:
        return [a, b]

    return app


@case(
    *(
        post("/", content=body, headers=FORM)
        for body in (
            b"a=1",
            b"&a=1&&b=2&",
            b"a=1&a=2&b=3&b=4",
            b"a=x=y&b=%3D",
            b"a=+%2B+&b=%zz%C3%A9\xe9",
            b"a=%E4&%62=5",
            b"a=1;b=2",
            b"a=1&b",
            b"a=1&b=&b=2",
            b"a=1&b=2&b=",
            b"a= 1\r\n",
        )
    ),
    *(post("/", 422, content=body, headers=FORM) for body in (b"", b"a", b"=1", b"a=1&a=", b"A=1")),
    post("/", content=[b"a=1&", b"b=2"], headers=FORM),
    post("/", content=b"a=1", headers={"Content-Type": FORM["Content-Type"] + "; charset=utf-8"}),
    post("/", content=b"a=1", headers={"Content-Type": FORM["Content-Type"].upper()}),
    post("/", 422, content=b"a=1", headers={"Content-Type": FORM["Content-Type"] + "x"}),
    post("/", 422, content=b"a=1", headers={"Content-Type": "text/plain"}),
    post("/", 400, content=b"a=1", headers={"Content-Type": "multipart/form-data"}),
    post("/", 400, content=b"a=1", headers={"Content-Type": "multipart/form-data; boundary=b"}),
    post("/", 400, content=b"a=" + b"x" * (1024 * 1024), headers=FORM),
)
def test_unusual_bodies() -> Kingpost:
    """What stands between the signs, what repeats, what comes in pieces or is no form."""
    app = Kingpost()

    @app.post("/")
    async def read(
        a: Annotated[str, Form()], b: Annotated[list[str] | None, Form()] = None
    ) -> list[Any]:
        return [a, b]

    return app


@case(
    post("/", 418, data={"a": "x"}, files={"f": b"content"}),
    post("/", 418, data={"a": "x"}),
    post("/", data={"a": "fine"}),
)
def test_exception_handlers_read_the_form() -> Kingpost:
    """Also after the operation has read it."""
    app = Kingpost()

    @app.exception_handler(LookupError)
    async def handle(request: Request, exc: LookupError) -> JSONResponse:
        form = await request.form()
        return JSONResponse({"names": sorted(form), "said": str(exc)}, status_code=418)

    @app.post("/")
    async def read(a: Annotated[str, Form()], f: UploadFile | None = None) -> str:
        if a != "fine":
            raise LookupError(a)
        return a

    return app


@case(
    post("/", data={"a": "1"}, files={"f": b"content"}),
    post("/", 422, data={"a": "x"}, files={"f": b"content"}),
    post("/", data={"a": "1"}),
)
def test_form_beside_the_request(log: Log) -> Kingpost:
    """The request has the same form; a file that was refused can still be read by a handler."""
    app = Kingpost()

    @app.exception_handler(RequestValidationError)
    async def handle(request: Request, exc: RequestValidationError) -> JSONResponse:
        form = exc.body
        log.append(" ".join(sorted(form)))
        return JSONResponse({"count": len(exc.errors())}, status_code=422)

    @app.post("/")
    async def read(
        request: Request, a: Annotated[int, Form()], f: Annotated[bytes | None, File()] = None
    ) -> list[Any]:
        return [a, f, sorted(await request.form())]

    return app
