"""Functions that declare where a parameter comes from."""

from pydantic_core import PydanticUndefined as Undefined

from kingpost._declare.depends import Depends, Security
from kingpost._declare.parameters import Body, Cookie, File, Form, Header, Path, Query

__all__ = [
    "Body",
    "Cookie",
    "Depends",
    "File",
    "Form",
    "Header",
    "Path",
    "Query",
    "Security",
    "Undefined",
]
