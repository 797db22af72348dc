"""Random models as bodies and results: the two must agree."""

import json
from collections import Counter
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.parity.harness import Call, request
from tests.parity.harness.programs import compare_program
from tests.parity.harness.strategies import PROLOGUE, SCALARS, Kind, bounded, constraints_of

SHAPES = ("{}", "{}", "{} | None", "list[{}]", "dict[str, {}]", "tuple[{}, int]")

OFTEN = st.sampled_from([*[True] * 14, False])

JSON_VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.sampled_from(["", "a", "1", "red", 2.5]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.just("f0"), inner, max_size=1),
    max_leaves=4,
)


def json_of(kind: Kind) -> st.SearchStrategy[Any]:
    """JSON values for a field of this kind: its texts, and numbers where they are such."""
    good, bad = st.sampled_from(kind.good), st.sampled_from(kind.bad)
    values = st.one_of(good, good, good, good, bad)
    return st.one_of(values, values.map(_number), st.sampled_from(kind.good), JSON_VALUES)


def _number(text: str) -> Any:
    try:
        value = json.loads(text)
    except ValueError:
        return text
    # What JSON cannot write, a client cannot send.
    return text if value != value or abs(value) == float("inf") else value


@st.composite
def models(
    draw: st.DrawFn, name: str, known: dict[str, st.SearchStrategy[Any]]
) -> tuple[str, list[tuple[str, Any]]]:
    """The text of a model class, and its fields with strategies for their values."""
    lines, fields = [], []
    for number in range(draw(st.integers(1, 4))):
        kind = draw(st.sampled_from(SCALARS))
        shape = draw(st.sampled_from(SHAPES))
        annotation = kind.annotation
        value = json_of(kind)
        if known and draw(st.integers(0, 3)) == 0:
            annotation = draw(st.sampled_from(sorted(known)))
            value = known[annotation]
        constrained = shape == "{}" and annotation == kind.annotation
        arguments = draw(constraints_of(kind))[:1] if constrained else []
        if draw(st.booleans()) and number:
            arguments = [f"default={'None' if shape != '{}' else kind.default}", *arguments]
        if draw(st.integers(0, 4)) == 0:
            arguments.append(f"alias='al{number}'")
        lines.append(f"    f{number}: {shape.format(annotation)} = Field({', '.join(arguments)})")
        alias = f"al{number}" if f"alias='al{number}'" in arguments else f"f{number}"
        fields.append((alias, _shaped(shape, value)))
    return "\n".join([f"class {name}(BaseModel):", *lines]), fields


def _shaped(shape: str, value: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    if shape.startswith("list"):
        return st.lists(value, max_size=2)
    if shape.startswith("dict"):
        return st.dictionaries(st.sampled_from("xy"), value, max_size=2)
    if shape.startswith("tuple"):
        return st.tuples(value, st.integers(0, 3)).map(list)
    return value


@st.composite
def bodies(draw: st.DrawFn, fields: list[tuple[str, Any]]) -> Any:
    """A JSON object with most of the fields, sometimes something else altogether."""
    kept = {name: value for name, value in fields if draw(OFTEN)}
    return draw(st.fixed_dictionaries(kept)) if draw(OFTEN) else draw(JSON_VALUES)


@st.composite
def programs(draw: st.DrawFn) -> tuple[str, list[tuple[str, Any]], bool]:
    """A program whose operations take and return a model of one to four fields."""
    inner, inner_fields = draw(models("Inner", {}))
    outer, fields = draw(models("Outer", {"Inner": bodies(inner_fields)}))
    embed = draw(st.booleans())
    flags = ", ".join(
        f"response_model_{flag}=True"
        for flag in ("exclude_unset", "exclude_none", "exclude_defaults")
        if draw(st.integers(0, 3)) == 0
    )
    result = draw(st.sampled_from(["-> Outer", "-> Any", "-> list[Outer]", ""]))
    value = "[body]" if "list" in result else "body"
    marker = "Body(embed=True)" if embed else "Body()"
    source = f"""{PROLOGUE}

{inner}


{outer}


def build(log):
    app = Kingpost()

    @app.post("/", {flags})
    def operation(body: Annotated[Outer, {marker}], q: int = 1) {result}:
        return {value}

    return app
"""
    return source, fields, embed


def test_random_models() -> None:
    """Any model, any body: equal answers and documents."""
    statuses: Counter[int] = Counter()

    @bounded(60)
    @given(st.data())
    def check(data: st.DataObject) -> None:
        source, fields, embed = data.draw(programs())
        calls: list[Call] = []
        for _ in range(4):
            body = data.draw(bodies(fields))
            calls.append(request("POST", "/", None, json={"body": body} if embed else body))
        answers = compare_program(source, calls).answers
        statuses.update(answer.status for answer in answers)

    check()

    # Enough of both kinds, or the generator has drifted into testing one thing only.
    assert statuses[200] > 20, statuses
    assert statuses[422] > 20, statuses
