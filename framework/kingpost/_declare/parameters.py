"""Functions that declare where a parameter comes from.

Each returns a marker, typed `Any` so that it can stand as a default:
``q: int = Query(5, ge=1)``. In `Annotated[int, Query(ge=1)]` the default stays a plain one.
"""

from typing import Any, Unpack

from pydantic_core import PydanticUndefined

from kingpost._declare import markers
from kingpost._declare.options import PARAMETER, ParamOptions

__all__ = ["Body", "Cookie", "File", "Form", "Header", "Path", "Query"]


@PARAMETER.written_out
def Path(default: Any = ..., **options: Unpack[ParamOptions]) -> Any:  # noqa: N802
    """Declare a parameter in the path.

    Args:
        default: Nothing but ``...``: a path parameter is always there.
        options: See `ParamOptions`.

    Raises:
        AssertionError: A default was given.
    """
    PARAMETER.check("Path", options)
    return markers.Path(default, **options)


@PARAMETER.written_out
def Query(default: Any = PydanticUndefined, **options: Unpack[ParamOptions]) -> Any:  # noqa: N802
    """Declare a parameter in the query string.

    Args:
        default: The value when the request has none; without it the parameter is required.
        options: See `ParamOptions`.
    """
    PARAMETER.check("Query", options)
    return markers.Query(default, **options)


@PARAMETER.written_out
def Header(  # noqa: N802
    default: Any = PydanticUndefined,
    *,
    convert_underscores: bool = True,
    **options: Unpack[ParamOptions],
) -> Any:
    """Declare a request header.

    Args:
        default: The value when the request has none; without it the header is required.
        convert_underscores: Read ``user_agent`` from ``user-agent``.
        options: See `ParamOptions`.
    """
    PARAMETER.check("Header", options)
    return markers.Header(default, convert_underscores=convert_underscores, **options)


@PARAMETER.written_out
def Cookie(default: Any = PydanticUndefined, **options: Unpack[ParamOptions]) -> Any:  # noqa: N802
    """Declare a cookie.

    Args:
        default: The value when the request has none; without it the cookie is required.
        options: See `ParamOptions`.
    """
    PARAMETER.check("Cookie", options)
    return markers.Cookie(default, **options)


@PARAMETER.written_out
def Body(  # noqa: N802
    default: Any = PydanticUndefined,
    *,
    embed: bool | None = None,
    media_type: str = "application/json",
    **options: Unpack[ParamOptions],
) -> Any:
    """Declare the JSON body, or one key of it.

    Args:
        default: The value when the request has none; without it the body is required.
        embed: Read the value from the key of the parameter's name even when it is the only one.
        media_type: The type to document.
        options: See `ParamOptions`.
    """
    PARAMETER.check("Body", options)
    return markers.Body(default, embed=embed, media_type=media_type, **options)


@PARAMETER.written_out
def Form(  # noqa: N802
    default: Any = PydanticUndefined,
    *,
    media_type: str = "application/x-www-form-urlencoded",
    **options: Unpack[ParamOptions],
) -> Any:
    """Declare a field of a form.

    Args:
        default: The value when the form has none; without it the field is required.
        media_type: The type to document.
        options: See `ParamOptions`.
    """
    PARAMETER.check("Form", options)
    return markers.Form(default, media_type=media_type, **options)


@PARAMETER.written_out
def File(  # noqa: N802
    default: Any = PydanticUndefined,
    *,
    media_type: str = "multipart/form-data",
    **options: Unpack[ParamOptions],
) -> Any:
    """Declare a file in a form.

    Args:
        default: The value when the form has none; without it the file is required.
        media_type: The type to document.
        options: See `ParamOptions`.
    """
    PARAMETER.check("File", options)
    return markers.File(default, media_type=media_type, **options)
