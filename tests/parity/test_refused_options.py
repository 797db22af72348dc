"""Which options the functions and classes of the vocabulary take, and which they refuse."""

from collections.abc import Callable, Mapping
from typing import Any

from kingpost import APIRouter, Kingpost, param_functions, params
from tests.parity.harness import same

OPTIONS: Mapping[str, Any] = {
    "default": ...,
    "annotation": int,
    "embed": True,
    "media_type": "a/b",
    "convert_underscores": False,
    "default_factory": list,
    "alias": "a",
    "validation_alias": "v",
    "serialization_alias": "s",
    "pattern": "^a",
    "strict": True,
    "validate_default": True,
    "union_mode": "smart",
    "fail_fast": True,
    "frozen": True,
    "exclude": True,
    "const": 1,
    "min_items": 1,
    "in_": 1,
    "name": "x",
    "dependency": len,
    "use_cache": False,
    "own": 1,
}
NAMES = ("Query", "Header", "Cookie", "Path", "Body", "Form", "File", "Depends")


def outcome(call: Callable[..., object], options: Mapping[str, Any]) -> str:
    """What becomes of a call."""
    try:
        call(**options)
    except (TypeError, ValueError, AssertionError) as error:
        text = str(error) if type(error) is TypeError else ""
        return f"{type(error).__name__} {text}"
    return "taken"


@same
def test_functions() -> object:
    """Each function refuses what is an option of others, in the same words."""
    functions = {name: getattr(param_functions, name) for name in NAMES}
    return {
        (name, option): outcome(function, {option: value})
        for name, function in functions.items()
        for option, value in OPTIONS.items()
    }


@same
def test_classes() -> object:
    """So does each class; these take the type, too."""
    classes = {name: getattr(params, name) for name in (*NAMES, "Param", "Security")}
    return {
        (name, option): outcome(cls, {option: value})
        for name, cls in classes.items()
        for option, value in OPTIONS.items()
    }


@same
def test_limits_of_forms() -> object:
    """They are a mapping of counts, wherever they are given."""
    limits: list[Any] = [None, {}, {"max_files": 1}, {"max_files": "1"}, {"files": 1}, [], 5, "ab"]
    places: list[Callable[..., object]] = [
        Kingpost,
        APIRouter,
        lambda **options: Kingpost().post("/", **options)(len),
        lambda **options: Kingpost().include_router(APIRouter(), **options),
    ]
    return [outcome(place, {"form_limits": given}) for place in places for given in limits]


@same
def test_telemetry() -> object:
    """It is a mapping, or nothing."""
    settings: list[Any] = [None, {}, {"tracing": False}, [], False, 5, "ab"]
    return [
        outcome(Kingpost, {"telemetry": given}).partition(" object is")[0] for given in settings
    ]
