import json
import pickle
from typing import Any

import pytest
from starlette.exceptions import HTTPException as StarletteHTTPException

from kingpost._http import errors
from kingpost._http.errors import (
    DependencyScopeError,
    EndpointContext,
    HTTPException,
    KingpostDeprecationWarning,
    KingpostError,
    RequestErrorModel,
    RequestValidationError,
    ResponseValidationError,
    ValidationException,
    WebSocketErrorModel,
    WebSocketException,
    WebSocketRequestValidationError,
)

PROBLEM = {"type": "missing", "loc": ("query", "q"), "msg": "Field required", "input": None}
PLACE: EndpointContext = {
    "function": "read_item",
    "path": "GET /items/{item_id}",
    "file": "shop/items.py",
    "line": 12,
}


class TestHTTPException:
    def test_carries_any_detail(self) -> None:
        """What can be written as JSON is sent as it is."""
        exc = HTTPException(404, detail={"code": "gone"}, headers={"X-Hint": "1"})

        found: tuple[Any, ...] = (exc.status_code, exc.detail, exc.headers)
        assert found == (404, {"code": "gone"}, {"X-Hint": "1"})

    def test_has_the_reason_phrase_without_a_detail(self) -> None:
        """The status says enough."""
        assert HTTPException(404).detail == "Not Found"

    def test_is_caught_as_that_of_the_toolkit(self) -> None:
        """A handler for Starlette's class catches both."""
        assert issubclass(HTTPException, StarletteHTTPException)


def test_a_websocket_exception_carries_code_and_reason() -> None:
    """Both travel in the close frame."""
    exc = WebSocketException(1008, "no token")

    assert (exc.code, exc.reason) == (1008, "no token")


class TestValidationException:
    @pytest.mark.parametrize(
        "cls",
        [RequestValidationError, ResponseValidationError, WebSocketRequestValidationError],
    )
    def test_holds_the_problems_and_the_place(self, cls: type[ValidationException]) -> None:
        """A handler can log where the operation is without parsing a message."""
        exc = cls([PROBLEM], endpoint_ctx=PLACE)

        assert exc.errors() == [PROBLEM]
        assert (exc.endpoint_function, exc.endpoint_path) == ("read_item", "GET /items/{item_id}")
        assert (exc.endpoint_file, exc.endpoint_line) == ("shop/items.py", 12)

    @pytest.mark.parametrize("cls", [RequestValidationError, ResponseValidationError])
    def test_holds_the_body(self, cls: Any) -> None:
        """What was sent, or returned, is there for handlers."""
        assert cls([PROBLEM], body={"a": 1}).body == {"a": 1}

    def test_lists_every_problem(self) -> None:
        """The message is for logs: all problems, then the place."""
        exc = ValidationException([PROBLEM, PROBLEM], endpoint_ctx=PLACE)

        assert str(exc).splitlines() == [
            "2 validation errors:",
            f"  {PROBLEM}",
            f"  {PROBLEM}",
            "",
            '  File "shop/items.py", line 12, in read_item',
            "    GET /items/{item_id}",
        ]

    def test_does_without_the_place(self) -> None:
        """An error of unknown origin is only its problems."""
        assert str(ValidationException([PROBLEM])) == f"1 validation error:\n  {PROBLEM}"

    def test_does_without_the_path(self) -> None:
        """A function may be known where its route is not."""
        place: EndpointContext = {"function": "read", "file": "a.py", "line": 1}

        text = str(ValidationException([], endpoint_ctx=place))

        assert text == '0 validation errors:\n\n  File "a.py", line 1, in read'


def test_misuse_is_one_family() -> None:
    """One except clause catches every misuse of the framework."""
    assert issubclass(DependencyScopeError, KingpostError)
    assert issubclass(KingpostError, RuntimeError)


def test_deprecations_are_shown_by_default() -> None:
    """Python hides deprecation warnings outside of `__main__`, so these are of another kind."""
    assert not issubclass(KingpostDeprecationWarning, DeprecationWarning)


@pytest.mark.parametrize("name", [name for name in errors.__all__ if name.endswith("Error")])
def test_errors_have_the_module_to_import_them_from(name: str) -> None:
    """Tracebacks show the public path."""
    assert getattr(errors, name).__module__ == "kingpost.exceptions"


def test_exceptions_survive_a_process_boundary() -> None:
    """Worker processes hand exceptions back by pickling them."""
    exc = pickle.loads(pickle.dumps(HTTPException(409, "taken")))  # noqa: S301 - made right here

    assert (type(exc), exc.status_code, exc.detail) == (HTTPException, 409, "taken")


@pytest.mark.parametrize("model", [RequestErrorModel, WebSocketErrorModel])
def test_the_error_models_are_empty(model: Any) -> None:
    """They lend their name to errors and accept everything."""
    assert json.loads(model(a=1).model_dump_json()) == {}
