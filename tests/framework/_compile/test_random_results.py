"""Any model, any data: the same text as by way of the response model, or none."""

from collections import Counter, OrderedDict, UserDict
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum, IntEnum
from types import SimpleNamespace
from typing import Annotated, Any, Literal
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import (
    AnyUrl,
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    StringConstraints,
    create_model,
)
from typing_extensions import TypedDict

from tests.framework._compile.results import Keyed, Thing, compare


class Colour(Enum):
    """A closed set."""

    RED = "red"
    BLUE = "blue"


class Level(IntEnum):
    """Another."""

    LOW = 1


class Keys(TypedDict):
    """Data with keys."""

    a: int


@dataclass
class Point:
    """A record."""

    x: int


NUMBERS = st.one_of(
    st.integers(-9, 9), st.integers(2**62, 2**65), st.floats(), st.sampled_from(["1", " 2", True])
)
TEXTS = st.one_of(st.text(max_size=3), st.sampled_from(["ab", "abc", "a\ud800", b"a", Colour.RED]))
TYPES: list[tuple[Any, st.SearchStrategy[Any], st.SearchStrategy[Any]]] = [
    (int, st.just(1), NUMBERS),
    (Annotated[int, Field(ge=0, multiple_of=2)], st.just(2), NUMBERS),
    (float, st.just(1.5), NUMBERS),
    (bool, st.just(True), st.sampled_from([True, False, 0, 1, "yes", "maybe", 2])),
    (str, st.just("ab"), TEXTS),
    (
        Annotated[str, StringConstraints(strip_whitespace=True, max_length=2, to_lower=True)],
        st.just("A "),
        TEXTS,
    ),
    (bytes, st.just(b"a"), st.sampled_from([b"a", "ü", b"\xff", bytearray(b"x")])),
    (
        Decimal,
        st.just(Decimal("1.50")),
        st.sampled_from([Decimal("1.50"), 1, "2.5", 0.1, Decimal("NaN"), "x"]),
    ),
    (
        datetime,
        st.just(datetime(2024, 1, 2, tzinfo=UTC)),
        st.sampled_from([datetime(2024, 1, 2, tzinfo=UTC), "2024-01-02T03:04", 0, "x"]),
    ),
    (
        date,
        st.just(date(2024, 1, 2)),
        st.sampled_from([date(2024, 1, 2), "2024-01-02", datetime(2024, 1, 2, tzinfo=UTC)]),
    ),
    (time, st.just(time(3)), st.sampled_from([time(3), "03:04", "x"])),
    (timedelta, st.just(timedelta(1)), st.sampled_from([timedelta(1), "P1D", 1.5])),
    (UUID, st.just(UUID(int=1)), st.sampled_from([UUID(int=1), str(UUID(int=2)), "x"])),
    (Colour, st.just(Colour.RED), st.sampled_from([Colour.RED, "blue", "green"])),
    (Level, st.just(Level.LOW), st.sampled_from([Level.LOW, 1, "1", 2])),
    (Literal["a", 1], st.just("a"), st.sampled_from(["a", 1, True, "b"])),
    (
        Any,
        st.just(1),
        st.sampled_from([1, "a", None, [1, {"a": (2,)}], Colour.RED, {3}, UUID(int=1), Point(1)]),
    ),
    (int | str, st.just(1), st.sampled_from([1, "1", True, 1.0, None])),
    (bool | float | None, st.just(1), st.sampled_from([1, "1", 2.5, None, True])),
    (list[int], st.just([1, "2"]), st.sampled_from([[1, "2"], (1,), {3}, [None], "ab"])),
    (set[str], st.just({"a"}), st.sampled_from([{"a"}, ["b", "b"], ("c",)])),
    (tuple[int, str], st.just((1, "a")), st.sampled_from([(1, "a"), [1, "a"], (1,)])),
    (
        dict[int, float],
        st.just({1: 2}),
        st.sampled_from([{1: 2}, {"1": "2"}, {"x": 1}, OrderedDict({1: 2})]),
    ),
    (Keys, st.just({"a": 1}), st.sampled_from([{"a": 1}, {"a": "1", "b": 2}, {}, UserDict(a=1)])),
    (Point, st.just(Point(1)), st.sampled_from([Point(1), {"x": 1}, {"x": "y"}])),
    (SecretStr, st.just("a"), st.sampled_from(["a", SecretStr("b")])),
    (
        AnyUrl,
        st.just("https://a.example/ü"),
        st.sampled_from(["https://a.example/ü", "x", AnyUrl("https://b.example")]),
    ),
]
"""Types, with a value that fits, and others that may not."""
DEFAULTS: tuple[Any, ...] = (1, "a", None, [], {}, 2.5, Colour.RED)

Drawn = tuple[type[BaseModel], st.SearchStrategy[Any]]


@st.composite
def fields(draw: st.DrawFn, inner: list[Drawn]) -> tuple[Any, Any, st.SearchStrategy[Any]]:
    """A type, what is said of it, and values for it."""
    type_, good, any_value = draw(st.sampled_from(TYPES))
    values = st.one_of(good, good, good, good, any_value)
    if inner and draw(st.sampled_from((True, False))):
        model, of_model = draw(st.sampled_from(inner))
        type_, values = draw(
            st.sampled_from(
                [
                    (model, of_model),
                    (list[model], st.lists(of_model, max_size=2)),  # type: ignore[valid-type]
                    (model | None, st.one_of(of_model, st.none())),
                    (dict[str, model], st.dictionaries(st.just("k"), of_model)),  # type: ignore[valid-type]
                    (model | int, st.one_of(of_model, st.just(3))),
                    (tuple[model, int], st.tuples(of_model, st.just(1))),  # type: ignore[valid-type]
                ]
            )
        )
    options: dict[str, Any] = {}
    if draw(st.integers(0, 2)) == 0:
        options["default"] = draw(st.sampled_from(DEFAULTS))
    elif draw(st.integers(0, 8)) == 0:
        options["default_factory"] = draw(st.sampled_from([list, dict]))
    name = draw(
        st.sampled_from(["alias", "validation_alias", "serialization_alias", "", "", "", ""])
    )
    if name:
        options[name] = draw(st.sampled_from(["Other", "other-name"]))
    if draw(st.integers(0, 9)) == 0:
        options["exclude"] = True
    if draw(st.integers(0, 9)) == 0:
        options["validate_default"] = True
    if type_ in (int, float, str, bool) and draw(st.integers(0, 9)) == 0:
        options["strict"] = True
    return type_, options, values


KINDS = st.sampled_from(
    [
        *[lambda model, found: found] * 12,
        *[lambda model, found: Thing(**found)] * 3,
        lambda model, found: Keyed(found),
        lambda model, found: UserDict(found),
        lambda model, found: SimpleNamespace(**found),
        lambda model, found: model.model_validate(found),
        lambda model, found: model.model_construct(**found),
    ]
)
"""What a result may be made of what is in it."""

CONFIGS: tuple[ConfigDict, ...] = (
    *[ConfigDict()] * 6,
    ConfigDict(from_attributes=True, title="T"),
    ConfigDict(extra="forbid"),
    ConfigDict(extra="allow"),
    ConfigDict(populate_by_name=True),
    ConfigDict(strict=True),
    ConfigDict(frozen=True, validate_default=True),
    ConfigDict(use_enum_values=True),
    ConfigDict(ser_json_timedelta="float", ser_json_bytes="base64", val_json_bytes="base64"),
    ConfigDict(str_strip_whitespace=True, coerce_numbers_to_str=True),
    ConfigDict(ser_json_inf_nan="constants"),
    ConfigDict(revalidate_instances="always"),
    ConfigDict(serialize_by_alias=False, loc_by_alias=False),
    ConfigDict(alias_generator=str.upper),
)


@st.composite
def models(draw: st.DrawFn, depth: int = 2) -> Drawn:
    """A model, and what may stand for it."""
    inner: list[Drawn] = draw(st.lists(models(depth - 1), max_size=2)) if depth else []
    declared = draw(st.lists(fields(inner), min_size=1, max_size=4))
    config = draw(st.sampled_from(CONFIGS))
    parts: dict[str, Any] = {}
    values: dict[str, st.SearchStrategy[Any]] = {}
    for name, (type_, options, of_type) in zip("abcd", declared, strict=False):
        parts[name] = (type_, Field(**options))
        values[name] = of_type
    model = create_model("Model", __config__=config, **parts)
    names = {
        name: st.sampled_from([info.validation_alias or info.alias or name] * 4 + [name])
        for name, info in model.model_fields.items()
    }

    @st.composite
    def data(draw: st.DrawFn) -> Any:
        found = {
            str(draw(names[name])): draw(value)
            for name, value in values.items()
            if draw(st.integers(0, 19))
        }
        if draw(st.integers(0, 7)) == 0:
            found["more"] = 1
        try:
            return draw(KINDS)(model, found)
        except (TypeError, ValueError):
            return found

    return model, data()


@settings(
    max_examples=600,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
@given(st.data())
def check_any(data: st.DataObject) -> None:
    """Compare one model with a few results."""
    model, values = data.draw(models())
    one = st.tuples(st.just(model), values)
    several = st.tuples(st.just(list[model]), st.lists(values, max_size=3))  # type: ignore[valid-type]
    alike = values.map(lambda value: [value] * 3)
    for type_, result in data.draw(
        st.lists(st.one_of(one, several, st.tuples(st.just(list[model]), alike)), min_size=4)  # type: ignore[valid-type]
    ):
        _ways[compare(type_, result)] += 1


_ways: Counter[str] = Counter()


def test_any_model_with_any_data() -> None:
    """The text is the same wherever there is one; and often there is one."""
    _ways.clear()
    check_any()

    assert _ways["written"] > 300, _ways
    assert _ways["refused"] > 300, _ways
    assert _ways["left"] > 100, _ways
