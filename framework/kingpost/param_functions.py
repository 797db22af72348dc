"""Functions that declare where a parameter comes from."""

from kingpost._declare.depends import Depends, Security
from kingpost._declare.parameters import Body, Cookie, File, Form, Header, Path, Query

__all__ = ["Depends", "Security", "Body", "Cookie", "File", "Form", "Header", "Path", "Query"]
