"""Form fields, models of them, and files."""

from typing import Annotated, Any

from pydantic import BaseModel

from kingpost import File, Form, Kingpost, UploadFile
from kingpost.testclient import TestClient


class Login(BaseModel):
    """The fields of a form."""

    username: str
    password: str
    remember: bool = False


class StrictLogin(BaseModel):
    """The same, and nothing else."""

    model_config = {"extra": "forbid"}

    username: str


def errors(answer: Any) -> list[tuple[str, list[Any]]]:
    """Return kind and place of each entry of a 422."""
    assert answer.status_code == 422
    return [(error["type"], error["loc"]) for error in answer.json()["detail"]]


def content_of(app: Kingpost, path: str) -> str:
    """Return the documented media type of a body."""
    return str(*app.openapi()["paths"][path]["post"]["requestBody"]["content"])


def test_form_fields() -> None:
    """Fields of an encoded form, as simple parameters."""
    app = Kingpost()

    @app.post("/login")
    async def login(
        username: Annotated[str, Form()], password: Annotated[str, Form(min_length=3)]
    ) -> str:
        return username

    client = TestClient(app)

    assert client.post("/login", data={"username": "ada", "password": "abc"}).json() == "ada"
    assert errors(client.post("/login", data={"username": "ada", "password": "a"})) == [
        ("string_too_short", ["body", "password"])
    ]
    assert errors(client.post("/login")) == [
        ("missing", ["body", "username"]),
        ("missing", ["body", "password"]),
    ]
    assert errors(client.post("/login", json={"username": "ada", "password": "abc"})) == [
        ("missing", ["body", "username"]),
        ("missing", ["body", "password"]),
    ]
    assert content_of(app, "/login") == "application/x-www-form-urlencoded"


def test_form_model() -> None:
    """The fields of one model."""
    app = Kingpost()

    @app.post("/login")
    async def login(login: Annotated[Login, Form()]) -> Login:
        return login

    client = TestClient(app)

    assert client.post(
        "/login", data={"username": "a", "password": "b", "remember": "on"}
    ).json() == {
        "username": "a",
        "password": "b",
        "remember": True,
    }
    assert errors(client.post("/login", data={"username": "a"})) == [
        ("missing", ["body", "password"])
    ]


def test_extra_form_fields_are_refused() -> None:
    """A model that forbids extra fields refuses one that it does not name."""
    app = Kingpost()

    @app.post("/login")
    async def login(login: Annotated[StrictLogin, Form()]) -> StrictLogin:
        return login

    answer = TestClient(app).post("/login", data={"username": "a", "extra": "e"})

    assert errors(answer) == [("extra_forbidden", ["body", "extra"])]


def test_empty_form_field() -> None:
    """An empty field counts as one that was not sent."""
    app = Kingpost()

    @app.post("/note")
    async def note(
        text: Annotated[str, Form()], title: Annotated[str, Form()] = "untitled"
    ) -> list[str]:
        return [text, title]

    client = TestClient(app)

    assert client.post("/note", data={"text": "a", "title": ""}).json() == ["a", "untitled"]
    assert errors(client.post("/note", data={"text": ""})) == [("missing", ["body", "text"])]


def test_file_as_bytes_and_as_upload() -> None:
    """A file read at once, and one that is read in parts."""
    app = Kingpost()

    @app.post("/bytes")
    async def as_bytes(file: Annotated[bytes, File()]) -> int:
        return len(file)

    @app.post("/upload")
    async def as_upload(file: UploadFile) -> dict[str, Any]:
        first = await file.read(2)
        await file.seek(0)
        return {
            "name": file.filename,
            "type": file.content_type,
            "size": file.size,
            "first": first.decode(),
            "all": (await file.read()).decode(),
        }

    client = TestClient(app)

    assert client.post("/bytes", files={"file": b"abc"}).json() == 3
    assert client.post("/upload", files={"file": ("a.txt", b"abc", "text/plain")}).json() == {
        "name": "a.txt",
        "type": "text/plain",
        "size": 3,
        "first": "ab",
        "all": "abc",
    }
    assert errors(client.post("/upload")) == [("missing", ["body", "file"])]
    assert errors(client.post("/upload", data={"file": "text"})) == [
        ("value_error", ["body", "file"])
    ]
    assert content_of(app, "/upload") == "multipart/form-data"


def test_upload_read_in_a_plain_function() -> None:
    """In a function without await, the file beneath is read."""
    app = Kingpost()

    @app.post("/upload")
    def upload(file: UploadFile) -> str:
        return file.file.read().decode()

    assert TestClient(app).post("/upload", files={"file": ("a", b"abc")}).json() == "abc"


def test_optional_files() -> None:
    """A file that may be missing, as bytes and as an upload."""
    app = Kingpost()

    @app.post("/files")
    async def files(
        raw: Annotated[bytes | None, File()] = None, upload: UploadFile | None = None
    ) -> list[Any]:
        return [raw and len(raw), upload and upload.filename]

    client = TestClient(app)

    assert client.post("/files").json() == [None, None]
    assert client.post("/files", files={"raw": b"ab", "upload": ("u.txt", b"")}).json() == [
        2,
        "u.txt",
    ]


def test_metadata_of_a_file() -> None:
    """A description goes to the document."""
    app = Kingpost()

    @app.post("/upload")
    async def upload(file: Annotated[UploadFile, File(description="A page")]) -> str | None:
        return file.filename

    schema = app.openapi()["components"]["schemas"]["Body_upload_upload_post"]

    assert TestClient(app).post("/upload", files={"file": ("p.txt", b"")}).json() == "p.txt"
    assert schema["properties"]["file"]["description"] == "A page"


def test_several_files() -> None:
    """A list takes every file of the name."""
    app = Kingpost()

    @app.post("/bytes")
    async def as_bytes(files: Annotated[list[bytes], File()]) -> list[int]:
        return [len(file) for file in files]

    @app.post("/uploads")
    async def as_uploads(files: list[UploadFile]) -> list[str | None]:
        return [file.filename for file in files]

    client = TestClient(app)
    sent = [("files", ("a.txt", b"a")), ("files", ("b.txt", b"bb"))]

    assert client.post("/bytes", files=sent).json() == [1, 2]
    assert client.post("/uploads", files=sent).json() == ["a.txt", "b.txt"]
    assert errors(client.post("/uploads")) == [("missing", ["body", "files"])]


def test_forms_and_files_together() -> None:
    """Fields and files in one body of several parts."""
    app = Kingpost()

    @app.post("/both")
    async def both(
        small: Annotated[bytes, File()],
        large: Annotated[UploadFile, File()],
        token: Annotated[str, Form()],
        copies: Annotated[int, Form()] = 1,
    ) -> list[Any]:
        return [len(small), large.content_type, token, copies]

    client = TestClient(app)
    files: dict[str, Any] = {"small": b"s", "large": ("l.bin", b"l", "application/x-large")}

    assert client.post("/both", files=files, data={"token": "t", "copies": "2"}).json() == [
        1,
        "application/x-large",
        "t",
        2,
    ]
    assert errors(client.post("/both", data={"token": "t"})) == [
        ("missing", ["body", "small"]),
        ("missing", ["body", "large"]),
    ]
    assert errors(client.post("/both", files=files)) == [("missing", ["body", "token"])]


def test_lists_in_a_form() -> None:
    """A field that is repeated, single and in a model."""

    class Survey(BaseModel):
        name: str
        likes: list[str] = []

    app = Kingpost()

    @app.post("/single")
    async def single(likes: Annotated[list[int], Form()]) -> list[int]:
        return likes

    @app.post("/model")
    async def model(survey: Annotated[Survey, Form()]) -> Survey:
        return survey

    client = TestClient(app)

    assert client.post("/single", data={"likes": ["1", "2"]}).json() == [1, 2]
    assert errors(client.post("/single", data={"likes": ["1", "x"]})) == [
        ("int_parsing", ["body", "likes", 1])
    ]
    assert client.post("/model", data={"name": "n", "likes": ["a", "b"]}).json() == {
        "name": "n",
        "likes": ["a", "b"],
    }
