"""An uploaded file: what is known of it, and how it is read and written."""

import io
from typing import Annotated, Any

import anyio

from kingpost import File, Form, Kingpost, UploadFile
from kingpost.datastructures import Headers
from kingpost.testclient import TestClient


def test_bytes_and_file() -> None:
    """A file comes as its bytes, or as an object with name, type and size."""
    app = Kingpost()

    @app.post("/scan")
    async def scan(page: Annotated[bytes, File()]) -> int:
        return len(page)

    @app.post("/photo")
    async def photo(photo: UploadFile) -> list[Any]:
        return [photo.filename, photo.content_type, photo.size, photo.headers["content-type"]]

    client = TestClient(app)
    missing = client.post("/photo")

    assert client.post("/scan", files={"page": b"12345"}).json() == 5
    assert client.post("/photo", files={"photo": ("cat.png", b"123", "image/png")}).json() == [
        "cat.png",
        "image/png",
        3,
        "image/png",
    ]
    assert missing.status_code == 422
    assert missing.json()["detail"] == [
        {"type": "missing", "loc": ["body", "photo"], "msg": "Field required", "input": None}
    ]


def test_read_seek_and_close() -> None:
    """A file is read in parts, from where one likes."""
    app = Kingpost()

    @app.post("/parts")
    async def parts(tape: UploadFile) -> list[str]:
        first, rest = await tape.read(2), await tape.read()
        await tape.seek(1)
        again = await tape.read()
        await tape.close()
        return [part.decode() for part in (first, rest, again)]

    answer = TestClient(app).post("/parts", files={"tape": ("t.txt", b"abcdef")})

    assert answer.json() == ["ab", "cdef", "bcdef"]


def test_plain_file_in_a_synchronous_function() -> None:
    """`file` is an ordinary file, for functions that do not await."""
    app = Kingpost()

    @app.post("/lines")
    def lines(log: UploadFile) -> int:
        return sum(1 for _ in log.file)

    assert TestClient(app).post("/lines", files={"log": ("l.txt", b"a\nb\nc\n")}).json() == 3


def test_several_files() -> None:
    """A list takes every file of a name."""
    app = Kingpost()

    @app.post("/album")
    async def album(pictures: list[UploadFile]) -> list[str | None]:
        return [picture.filename for picture in pictures]

    client = TestClient(app)
    sent = [("pictures", ("a.png", b"a")), ("pictures", ("b.png", b"b"))]

    assert client.post("/album", files=sent).json() == ["a.png", "b.png"]
    assert client.post("/album").status_code == 422


def test_optional_file() -> None:
    """A file may be left out; an empty field of a browser's form counts as left out."""
    app = Kingpost()

    @app.post("/note")
    async def note(attachment: UploadFile | None = None) -> str | None:
        return attachment.filename if attachment else None

    client = TestClient(app)

    assert client.post("/note").json() is None
    assert client.post("/note", files={"attachment": ("x.txt", b"")}).json() == "x.txt"


def test_file_and_fields() -> None:
    """Files and fields come in one form, which is documented as multipart."""
    app = Kingpost()

    @app.post("/send")
    async def send(
        letter: Annotated[UploadFile, File(description="What to send")],
        to: Annotated[str, Form()],
    ) -> str:
        return f"{letter.filename} to {to}"

    client = TestClient(app)
    sent = client.post("/send", files={"letter": ("l.pdf", b"%")}, data={"to": "Rome"})
    body = app.openapi()["components"]["schemas"]["Body_send_send_post"]

    assert sent.json() == "l.pdf to Rome"
    assert client.post("/send", data={"to": "Rome"}).status_code == 422
    assert body["properties"]["letter"] == {
        "type": "string",
        "contentMediaType": "application/octet-stream",
        "title": "Letter",
        "description": "What to send",
    }
    assert list(app.openapi()["paths"]["/send"]["post"]["requestBody"]["content"]) == [
        "multipart/form-data"
    ]


def test_file_made_by_hand() -> None:
    """An upload can be made of any binary file, and written to."""
    file = UploadFile(
        io.BytesIO(b"old"),
        size=3,
        filename="n.txt",
        headers=Headers({"content-type": "text/plain"}),
    )

    async def rewrite() -> bytes:
        await file.seek(0)
        await file.write(b"new!")
        await file.seek(0)
        return await file.read()

    assert (file.filename, file.content_type) == ("n.txt", "text/plain")
    assert anyio.run(rewrite) == b"new!"
    assert file.size == 7
