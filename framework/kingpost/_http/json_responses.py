"""JSON responses written by other libraries than the standard one; kept for code that has them."""

import importlib
from typing import Any

from starlette.responses import JSONResponse
from typing_extensions import deprecated

from kingpost._http.errors import KingpostDeprecationWarning

__all__ = ["ORJSONResponse", "UJSONResponse"]

_INSTEAD = (
    "is deprecated, as with a return type or a response model results are written straight to JSON "
    "by Pydantic, which is faster and needs no response class. Leave the response class out."
)


@deprecated(f"UJSONResponse {_INSTEAD}", category=KingpostDeprecationWarning)
class UJSONResponse(JSONResponse):
    """JSON written by ujson. Deprecated: declare a return type instead."""

    def render(self, content: Any) -> bytes:
        """Return the content as JSON.

        Raises:
            AssertionError: ujson is not installed.
        """
        ujson = _library("ujson", "UJSONResponse")
        return ujson.dumps(content, ensure_ascii=False).encode()  # type: ignore[no-any-return]


@deprecated(f"ORJSONResponse {_INSTEAD}", category=KingpostDeprecationWarning)
class ORJSONResponse(JSONResponse):
    """JSON written by orjson. Deprecated: declare a return type instead."""

    def render(self, content: Any) -> bytes:
        """Return the content as JSON; keys need not be text, and NumPy's types are known.

        Raises:
            AssertionError: orjson is not installed.
        """
        orjson = _library("orjson", "ORJSONResponse")
        options = orjson.OPT_NON_STR_KEYS | orjson.OPT_SERIALIZE_NUMPY
        return orjson.dumps(content, option=options)  # type: ignore[no-any-return]


def _library(name: str, wanted_by: str) -> Any:
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as exc:
        raise AssertionError(
            f"{name} must be installed to use {wanted_by}: it does the writing. Install it, or "
            "leave the response class out."
        ) from exc
