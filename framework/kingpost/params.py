"""The marker classes behind the functions of `kingpost.param_functions`."""

from pydantic_core import PydanticUndefined as Undefined

from kingpost._declare.markers import (
    Body,
    Cookie,
    Depends,
    File,
    Form,
    Header,
    Param,
    ParamTypes,
    Path,
    Query,
    Security,
)
from kingpost._http.errors import KingpostDeprecationWarning

__all__ = [
    "Body",
    "Cookie",
    "Depends",
    "File",
    "Form",
    "Header",
    "KingpostDeprecationWarning",
    "Param",
    "ParamTypes",
    "Path",
    "Query",
    "Security",
    "Undefined",
]
