"""File uploads: bytes, UploadFile, lists, optional files, files beside fields."""

from typing import Annotated, Any

from kingpost import (
    BackgroundTasks,
    Depends,
    File,
    Form,
    HTTPException,
    Kingpost,
    Request,
    UploadFile,
)
from kingpost.exceptions import RequestValidationError
from kingpost.responses import JSONResponse
from tests.parity.harness import Log, case, post

TEXT = ("a.txt", b"hello", "text/plain")


@case(post("/", files={"file": TEXT}), post("/", 422), post("/", 422, files={"other": TEXT}))
def test_bytes() -> Kingpost:
    """`bytes = File()` holds the content."""
    app = Kingpost()

    @app.post("/")
    def create(file: Annotated[bytes, File(description="Content")]) -> dict[str, Any]:
        return {"size": len(file), "text": file.decode()}

    return app


@case(
    post("/", files={"file": TEXT}),
    post("/", files={"file": ("", b"")}, status=422),
    post("/", files={"file": ("empty", b"")}),
    post("/", 422, data={"file": "text"}),
    post("/", 422, json={"file": "x"}),
)
def test_upload_file() -> Kingpost:
    """An UploadFile carries name, type and size; a text field is no file (behaviour 26)."""
    app = Kingpost()

    @app.post("/")
    async def create(file: UploadFile) -> dict[str, Any]:
        content = await file.read()
        await file.seek(0)
        return {
            "name": file.filename,
            "type": file.content_type,
            "size": file.size,
            "text": content.decode(),
            "again": (await file.read(2)).decode(),
            "header": file.headers.get("content-type"),
        }

    return app


@case(
    post("/", files={"file": TEXT}),
    post("/"),
    post("/", files={"file": ("", b"")}),
    post("/", 422, data={"file": "text"}),
)
def test_optional_file() -> Kingpost:
    """An empty file input makes an optional file None (behaviour 26)."""
    app = Kingpost()

    @app.post("/")
    def create(file: UploadFile | None = None) -> Any:
        return file.filename if file else None

    return app


@case(
    post("/", files=[("files", TEXT), ("files", ("b.txt", b"b"))]),
    post("/", files=[("files", TEXT)]),
    post("/", 422),
    post("/", 422, files=[("files", TEXT), ("files", (None, "text"))]),
)
def test_list_of_files() -> Kingpost:
    """Several files under one name."""
    app = Kingpost()

    @app.post("/")
    def create(files: list[UploadFile]) -> list[str | None]:
        return [file.filename for file in files]

    return app


@case(
    post("/", files=[("files", TEXT), ("files", ("b.txt", b"bb"))]),
    post("/", 422),
)
def test_list_of_bytes() -> Kingpost:
    """Several contents under one name."""
    app = Kingpost()

    @app.post("/")
    def create(files: Annotated[list[bytes], File()]) -> list[int]:
        return [len(file) for file in files]

    return app


@case(
    post("/", files={"raw": TEXT, "file": TEXT}, data={"token": "t"}),
    post("/", 422, data={"token": "t"}),
    post("/", 422, files={"raw": TEXT}),
)
def test_files_beside_fields() -> Kingpost:
    """Files and fields in one body are documented as multipart (behaviour 25)."""
    app = Kingpost()

    @app.post("/")
    def create(
        raw: Annotated[bytes, File()],
        file: Annotated[UploadFile, File(description="The file")],
        token: Annotated[str, Form()],
    ) -> list[Any]:
        return [len(raw), file.content_type, token]

    return app


@case(
    post("/", files={"file": TEXT}),
    post("/", files={"file": ("b", b"x" * 2_000_000)}),
    post("/", 422),
)
def test_files_are_closed_after_the_response(log: Log) -> Kingpost:
    """Files are open in background tasks and closed afterwards (behaviour 26)."""
    kept: list[UploadFile] = []
    app = Kingpost()

    @app.post("/")
    def create(file: UploadFile, tasks: BackgroundTasks) -> int | None:
        log.append(f"earlier closed: {[f.file.closed for f in kept]}")
        kept.append(file)
        tasks.add_task(lambda: log.append(f"in task closed: {file.file.closed}"))
        return file.size

    return app


@case(
    post("/", files=[("a", TEXT), ("b", ("b.bin", b"b"))]),
    post("/", files=[("x", TEXT), ("x", TEXT)]),
    post("/", 400, content=b"x", headers={"content-type": "multipart/form-data"}),
)
def test_files_from_request() -> Kingpost:
    """request.form() with files, read by the endpoint itself."""
    app = Kingpost()

    @app.post("/")
    async def create(request: Request) -> list[Any]:
        form = await request.form()
        return [
            [name, value if isinstance(value, str) else value.filename]
            for name, value in form.multi_items()
        ]

    return app


@case(
    post("/", files={"the-file": ("ü.txt", b"x", "text/plain; charset=utf-8")}),
    post("/", 422, files={"file": TEXT}),
)
def test_alias_and_unicode_name() -> Kingpost:
    """A file under an alias, with a name beyond ASCII."""
    app = Kingpost()

    @app.post("/")
    def create(file: Annotated[UploadFile, File(alias="the-file")]) -> list[str | None]:
        return [file.filename, file.content_type]

    return app


@case(
    post("/", files=[("files", TEXT)]),
    post("/", 400, files=[("files", TEXT), ("files", TEXT)]),
)
def test_limit_of_files() -> Kingpost:
    """form_limits of an operation bound the number of files."""
    app = Kingpost()

    @app.post("/", form_limits={"max_files": 1})
    def create(files: list[UploadFile]) -> int:
        return len(files)

    return app


@case(
    post("/", files=[("files", TEXT)]),
    post("/"),
    post("/", 422, data={"files": "text"}),
)
def test_optional_list_of_files() -> Kingpost:
    """`list[UploadFile] | None`."""
    app = Kingpost()

    @app.post("/")
    def create(files: Annotated[list[UploadFile] | None, File()] = None) -> int | None:
        return None if files is None else len(files)

    return app


@case(
    post("/", files={"file": TEXT}, data={"count": "2"}),
    post("/", 400, files={"file": TEXT}),
    post("/", 422, files={"file": TEXT}, data={"count": "x"}),
    post("/gone", 422, files={"count": TEXT}),
)
def test_handlers_of_exceptions_may_read_the_files() -> Kingpost:
    """A form's files are closed when its request has been answered, whoever answers it."""
    app = Kingpost()

    @app.exception_handler(HTTPException)
    async def answer(request: Request, exc: HTTPException) -> JSONResponse:
        form = await request.form()
        file = form["file"]
        assert not isinstance(file, str)
        return JSONResponse((await file.read()).decode(), exc.status_code)

    @app.exception_handler(RequestValidationError)
    async def refuse(request: Request, exc: RequestValidationError) -> JSONResponse:
        files = [value for value in exc.body.values() if not isinstance(value, str)]
        return JSONResponse([(await file.read()).decode() for file in files], 422)

    @app.post("/")
    async def create(file: UploadFile, count: Annotated[int, Form()] = 1) -> None:
        if count == 1:
            raise HTTPException(400)

    @app.post("/gone")
    async def gone(count: Annotated[int, Form()]) -> None:
        raise HTTPException(400)

    return app


@case(
    post("/both", files={"file": TEXT}),
    post("/upload", files={"file": TEXT}),
    post("/form", files={"file": TEXT}),
    post("/both", 422),
)
def test_contents_that_several_callables_read() -> Kingpost:
    """Reading a file as bytes leaves it as it was, for whoever else reads it."""
    app = Kingpost()

    def content(file: Annotated[bytes, File()]) -> bytes:
        return file

    @app.post("/both")
    def create_both(
        file: Annotated[bytes, File()], same: Annotated[bytes, Depends(content)]
    ) -> list[bytes]:
        return [file, same]

    @app.post("/upload")
    async def create_upload(
        file: UploadFile, same: Annotated[bytes, Depends(content)]
    ) -> list[bytes]:
        return [await file.read(), same]

    @app.post("/form")
    async def create_form(request: Request, file: Annotated[bytes, File()]) -> list[Any]:
        form = await request.form()
        sent = form["file"]
        return [file, sent if isinstance(sent, str) else await sent.read()]

    return app
