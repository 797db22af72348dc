"""Random graphs of dependencies: order, sharing, exits and exceptions must agree."""

from collections import Counter
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.parity.harness import request
from tests.parity.harness.programs import compare_program
from tests.parity.harness.strategies import PROLOGUE, bounded

BODIES = {
    "sync": """
    def {name}({signature}):
        log.append("{name}")
        check("{name}", fail)
        return [{values}]
""",
    "async": """
    async def {name}({signature}):
        log.append("{name}")
        check("{name}", fail)
        return [{values}]
""",
    "generator": """
    def {name}({signature}):
        log.append("enter {name}")
        check("{name}", fail)
        try:
            yield [{values}]
        except Exception as error:
            log.append(f"{name} saw {{type(error).__name__}}")
            {handling}
        finally:
            log.append("exit {name}")
        check("after {name}", fail)
""",
    "async generator": """
    async def {name}({signature}):
        log.append("enter {name}")
        check("{name}", fail)
        try:
            yield [{values}]
        except Exception as error:
            log.append(f"{name} saw {{type(error).__name__}}")
            {handling}
        finally:
            log.append("exit {name}")
        check("after {name}", fail)
""",
}
"""A dependency of each kind; `fail` names the one that is to raise."""

PARTS = {"a": "int = Body()", "b": "list[int] = Body()", "c": "dict[str, int] = Body(embed=True)"}
"""What may be read of a body; it is the whole body where nobody reads another part."""

SENT: tuple[Any, ...] = (
    {"a": 1, "b": [1], "c": {"x": 1}},
    1,
    [1, 2],
    {"c": {"x": 1}},
    {"a": "x"},
    {},
    None,
)

HANDLING = ("raise", "raise", "raise HTTPException(409, 'converted') from error")


@st.composite
def used(draw: st.DrawFn, names: list[str]) -> list[str]:
    """Markers for up to three of the named dependencies."""
    markers = []
    for name in draw(st.lists(st.sampled_from(names), max_size=3)) if names else []:
        options = []
        if draw(st.integers(0, 3)) == 0:
            options.append("use_cache=False")
        scope = draw(st.sampled_from([None, None, "function", "request"]))
        if scope is not None:
            options.append(f"scope={scope!r}")
        markers.append(f"Depends({', '.join([name, *options])})")
    return markers


@st.composite
def parts_of_the_body(draw: st.DrawFn) -> dict[str, str]:
    """Parameters that read it, by their names: mostly none."""
    names = draw(st.sampled_from(["", "", "", *PARTS, "ab"]))
    return {name: f"{name}: {PARTS[name]}" for name in names}


@st.composite
def programs(draw: st.DrawFn) -> tuple[str, list[str]]:
    """A program with two to five dependencies, and their names."""
    names: list[str] = []
    parts: list[str] = []
    for number in range(draw(st.integers(2, 5))):
        kind = draw(st.sampled_from(sorted(BODIES)))
        markers = draw(used(names))
        name = f"d{number}"
        signature = [f"v{i}={marker}" for i, marker in enumerate(markers)]
        read = draw(parts_of_the_body())
        parts.append(
            BODIES[kind].format(
                name=name,
                signature=", ".join([*read.values(), *signature, "fail: str = ''"]),
                values=", ".join([repr(name), *(f"v{i}" for i in range(len(markers))), *read]),
                handling=draw(st.sampled_from(HANDLING)),
            )
        )
        names.append(name)
    levels = {level: ", ".join(draw(used(names))) for level in ("app", "operation")}
    own = draw(used(names))
    read = draw(parts_of_the_body())
    taken = [*read.values(), *(f"v{i}={m}" for i, m in enumerate(own)), "fail: str = ''"]
    source = f"""{PROLOGUE}

def build(log):
    def check(name, fail):
        if fail == name:
            raise ValueError(name)
        if fail == "http " + name:
            raise HTTPException(418, name)
{"".join(parts)}
    app = Kingpost(dependencies=[{levels["app"]}])

    @app.post("/", dependencies=[{levels["operation"]}])
    {draw(st.sampled_from(["", "async "]))}def operation({", ".join(taken)}):
        log.append("endpoint")
        check("endpoint", fail)
        return [{", ".join([*(f"v{i}" for i in range(len(own))), *read])}]

    return app
"""
    return source, names


def test_random_dependencies() -> None:
    """Any graph, any failure in it: equal answers and equal order of events."""
    statuses: Counter[int] = Counter()

    @bounded(60)
    @given(st.data())
    def check(data: st.DataObject) -> None:
        source, names = data.draw(programs())
        places = [*names, *(f"after {name}" for name in names), "endpoint"]
        failing = st.sampled_from(places)
        value = data.draw(st.lists(failing, min_size=2, max_size=2))
        http = data.draw(st.lists(failing, min_size=2, max_size=2))
        fails = ["", *value, *(f"http {place}" for place in http)]
        calls = [request("POST", "/", None, params={"fail": fail}, json=SENT[0]) for fail in fails]
        bodies = data.draw(st.lists(st.sampled_from(SENT[1:]), max_size=3, unique_by=str))
        calls += [request("POST", "/", None, json=body) for body in bodies]
        answers = compare_program(source, calls).answers
        statuses.update(answer.status for answer in answers)

    check()

    # Enough of both kinds, or the generator has drifted into testing one thing only.
    assert statuses[200] > 30, statuses
    assert statuses[500] > 10, statuses
    assert statuses[418] > 10, statuses
    assert statuses[422] > 30, statuses
