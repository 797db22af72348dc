"""Values that operations receive: files, URLs, headers."""

from starlette.datastructures import UploadFile as StarletteUploadFile

from kingpost._http.datastructures import (
    URL,
    Address,
    Default,
    DefaultPlaceholder,
    DefaultType,
    FormData,
    Headers,
    QueryParams,
    State,
    UploadFile,
)

__all__ = [
    "Address",
    "Default",
    "DefaultPlaceholder",
    "DefaultType",
    "FormData",
    "Headers",
    "QueryParams",
    "StarletteUploadFile",
    "State",
    "URL",
    "UploadFile",
]
