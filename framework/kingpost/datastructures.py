"""Values that operations receive: files, URLs, headers."""

from kingpost._http.datastructures import (
    URL,
    Address,
    Default,
    DefaultPlaceholder,
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
    "FormData",
    "Headers",
    "QueryParams",
    "State",
    "UploadFile",
    "URL",
]
