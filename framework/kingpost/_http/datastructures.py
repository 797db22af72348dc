"""Values that operations receive: files, URLs, headers."""

from collections.abc import Callable, Mapping
from typing import Any, cast

from pydantic import GetJsonSchemaHandler
from pydantic_core import CoreSchema
from pydantic_core.core_schema import with_info_plain_validator_function
from starlette.datastructures import (
    URL,
    Address,
    FormData,
    Headers,
    QueryParams,
    State,
)
from starlette.datastructures import UploadFile as StarletteUploadFile

from kingpost._http.unset import Default, DefaultPlaceholder, DefaultType

__all__ = [
    "URL",
    "Address",
    "Default",
    "DefaultPlaceholder",
    "DefaultType",
    "FormData",
    "Headers",
    "QueryParams",
    "State",
    "UploadFile",
]


class UploadFile(StarletteUploadFile):
    """A file sent in a form, kept in memory while small and on disk when large.

    Declare a parameter of this type to receive a file. It is closed after the response.
    """

    async def write(self, data: bytes) -> None:
        """Append bytes to the file."""
        await super().write(data)

    async def read(self, size: int = -1) -> bytes:
        """Return up to `size` bytes; all that is left for -1."""
        return await super().read(size)

    async def seek(self, offset: int) -> None:
        """Move to `offset` bytes from the beginning."""
        await super().seek(offset)

    async def close(self) -> None:
        """Close the file and free its storage."""
        await super().close()

    @classmethod
    def validate(cls, value: Any) -> Any:
        """Accept a file, refuse anything else with a `ValueError`."""
        if not isinstance(value, StarletteUploadFile):
            raise ValueError(f"Expected UploadFile, received: {type(value)}")
        return value

    @classmethod
    def _validate(cls, value: Any, _: Any) -> "UploadFile":
        return cast(UploadFile, cls.validate(value))

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {"type": "string", "contentMediaType": "application/octet-stream"}

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: type[Any], handler: Callable[[Any], CoreSchema]
    ) -> Mapping[str, Any]:
        return cast(Mapping[str, Any], with_info_plain_validator_function(cls._validate))
