import sys
from types import SimpleNamespace
from typing import Any

import pytest

from kingpost._http.errors import KingpostDeprecationWarning
from kingpost._http.json_responses import ORJSONResponse, UJSONResponse

CLASSES = [(UJSONResponse, "ujson"), (ORJSONResponse, "orjson")]


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Put stand-ins in the libraries' place that record how they are called."""
    recorded: list[Any] = []

    def ujson(content: Any, **options: Any) -> str:
        recorded.append((content, options))
        return '"é"'

    def orjson(content: Any, **options: Any) -> bytes:
        recorded.append((content, options))
        return b'"x"'

    monkeypatch.setitem(sys.modules, "ujson", SimpleNamespace(dumps=ujson))
    monkeypatch.setitem(
        sys.modules,
        "orjson",
        SimpleNamespace(dumps=orjson, OPT_NON_STR_KEYS=4, OPT_SERIALIZE_NUMPY=16),
    )
    return recorded


def test_ujson_leaves_text_readable(calls: list[Any]) -> None:
    """Letters are sent as they are, in UTF-8."""
    with pytest.warns(KingpostDeprecationWarning):
        response = UJSONResponse({"a": 1})

    assert calls == [({"a": 1}, {"ensure_ascii": False})]
    assert response.body == '"é"'.encode()
    assert response.headers["content-type"] == "application/json"


def test_orjson_knows_more_types(calls: list[Any]) -> None:
    """Keys of any type, and arrays of NumPy."""
    with pytest.warns(KingpostDeprecationWarning):
        response = ORJSONResponse({1: 2})

    assert calls == [({1: 2}, {"option": 4 | 16})]
    assert response.body == b'"x"'


@pytest.mark.parametrize(("cls", "library"), CLASSES)
def test_the_way_out_is_named(calls: list[Any], cls: type[Any], library: str) -> None:
    """Making a response warns, at the line that makes it; naming the class does not."""
    with pytest.warns(KingpostDeprecationWarning, match="Leave the response class out") as caught:
        cls(None)

    assert [warning.filename for warning in caught] == [__file__]


@pytest.mark.parametrize(("cls", "library"), CLASSES)
def test_a_missing_library_is_named(
    monkeypatch: pytest.MonkeyPatch, cls: type[Any], library: str
) -> None:
    """Neither is a dependency of this package."""
    monkeypatch.setitem(sys.modules, library, None)

    with (
        pytest.warns(KingpostDeprecationWarning),
        pytest.raises(AssertionError, match=f"{library} must be installed"),
    ):
        cls(None)
