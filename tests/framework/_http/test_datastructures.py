from io import BytesIO
from typing import Annotated

import pytest
from pydantic import TypeAdapter, ValidationError
from starlette.datastructures import Headers
from starlette.datastructures import UploadFile as StarletteUploadFile

from kingpost._http.datastructures import UploadFile

ADAPTER: TypeAdapter[UploadFile] = TypeAdapter(UploadFile)


@pytest.mark.anyio
async def test_reads_and_writes() -> None:
    """The methods are those of a file, to be awaited."""
    file = UploadFile(BytesIO(b"abc"), size=3, filename="a.txt", headers=Headers({}))

    assert await file.read(1) == b"a"
    assert await file.read() == b"bc"
    await file.write(b"d")
    await file.seek(2)
    assert await file.read() == b"cd"
    await file.close()

    assert file.file.closed


@pytest.mark.parametrize("cls", [UploadFile, StarletteUploadFile])
def test_accepts_the_files_of_the_parser(cls: type[StarletteUploadFile]) -> None:
    """The form parser makes Starlette's class; it is delivered as it came."""
    file = cls(BytesIO(b""))

    assert ADAPTER.validate_python(file) is file


@pytest.mark.parametrize("value", ["text", b"bytes", None, 1])
def test_refuses_what_is_no_file(value: object) -> None:
    """A text field under a file's name is the sender's mistake, and told as one."""
    with pytest.raises(ValidationError) as caught:
        ADAPTER.validate_python(value)

    error = caught.value.errors()[0]
    assert error["type"] == "value_error"
    assert error["msg"] == f"Value error, Expected UploadFile, received: {type(value)}"


def test_is_documented_as_bytes() -> None:
    """OpenAPI 3.1 describes a file by its media type (section 4.8.14.4)."""
    schema = TypeAdapter(Annotated[UploadFile, "a file"]).json_schema()

    assert schema == {"type": "string", "contentMediaType": "application/octet-stream"}
