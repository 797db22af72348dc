"""Random trees of routers: every merge rule of include_router must agree."""

import re
from collections import Counter
from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st

from tests.parity.harness import request
from tests.parity.harness.programs import compare_program
from tests.parity.harness.strategies import PROLOGUE, bounded

PARAMETER = re.compile(r"\{\w+\}")
METHODS = ("get", "post", "put", "delete", "patch")

SETTINGS = {
    "tags": ["['a']", "['b', 'c']", "[Colour.RED]", "[]"],
    "dependencies": ["[note('{at} 1')]", "[note('{at} 1'), note('{at} 2')]"],
    "responses": [
        "{{404: {{'description': '{at}'}}}}",
        "{{404: {{'model': Problem}}, '5XX': {{'description': '{at} 5'}}}}",
        "{{422: {{'description': '{at}'}}}}",
        "{{'default': {{'model': Problem, 'description': '{at}'}}}}",
    ],
    "deprecated": ["True", "False", "None"],
    "include_in_schema": ["True", "True", "False"],
}
"""What application, router, include call and operation all take."""

LEVELS = {
    "default_response_class": ["PlainTextResponse", "HTMLResponse", "JSONResponse"],
    "generate_unique_id_function": ["named('{at}')"],
}
"""What all but operations take under these names."""

OPERATION = {
    "response_class": ["PlainTextResponse", "HTMLResponse", "JSONResponse"],
    "generate_unique_id_function": ["named('{at}')"],
    "status_code": ["201", "299"],
    "summary": ["'Given'"],
    "description": ["'Given *text*'"],
    "operation_id": ["'given {at}'"],
    "name": ["'name {at}'"],
    "response_description": ["'Given'"],
}
"""What operations take."""

PREFIXES = ["", "/p", "/p/q", "/{{{name}}}"]
"""Prefixes; a path parameter in one has the name of its router, for it may appear once only."""


@dataclass
class Program:
    """Statements of a program, and the paths that its operations should have."""

    lines: list[str] = field(default_factory=list)
    paths: list[tuple[str, str]] = field(default_factory=list)
    count: int = 0


@st.composite
def keywords(draw: st.DrawFn, at: str, *tables: dict[str, list[str]]) -> str:
    """Some keywords of the tables, as they stand in a call."""
    table = {name: values for each in tables for name, values in each.items()}
    names = draw(st.lists(st.sampled_from(sorted(table)), max_size=3, unique=True))
    return "".join(f", {n}={draw(st.sampled_from(table[n])).format(at=at)}" for n in names)


@st.composite
def operations(draw: st.DrawFn, program: Program, owner: str, prefix: str) -> None:
    """One or two operations on a router."""
    for _ in range(draw(st.integers(1, 2))):
        program.count += 1
        name = f"op{program.count}"
        method = draw(st.sampled_from(METHODS))
        path = draw(st.sampled_from([f"/{name}", f"/{name}/", f"/{name}/{{n}}", f"/x{{n}}/{name}"]))
        given_keywords = draw(keywords(name, SETTINGS, OPERATION))
        parameter = "n: int" if "{n}" in path else "q: int = 1"
        program.lines += [
            f"@{owner}.{method}({path!r}{given_keywords})",
            f"def {name}({parameter}) -> str:",
            f"    log.append({name!r})",
            f"    return {name!r}",
        ]
        program.paths.append((method.upper(), prefix + path))


@st.composite
def routers(draw: st.DrawFn, program: Program, owner: str, prefix: str, depth: int) -> None:
    """Routers included into `owner`, some before they have operations, some after."""
    for _ in range(draw(st.integers(0 if depth else 1, 2))):
        program.count += 1
        name = f"r{program.count}"
        own = draw(st.sampled_from(PREFIXES)).format(name=name)
        outer = draw(st.sampled_from(PREFIXES)).format(name=f"of_{name}")
        settings_of_router = draw(keywords(f"router {name}", SETTINGS, LEVELS))
        settings_of_include = draw(keywords(f"include {name}", SETTINGS, LEVELS))
        include = f"{owner}.include_router({name}, prefix={outer!r}{settings_of_include})"
        early = draw(st.booleans())
        program.lines.append(f"{name} = APIRouter(prefix={own!r}{settings_of_router})")
        if early:
            program.lines.append(include)
        draw(operations(program, name, prefix + outer + own))
        if depth < 2:
            draw(routers(program, name, prefix + outer + own, depth + 1))
        if not early:
            program.lines.append(include)


@st.composite
def programs(draw: st.DrawFn) -> tuple[str, list[tuple[str, str]]]:
    """A program of an application and up to three levels of routers."""
    program = Program()
    shared = {name: values for name, values in SETTINGS.items() if name != "tags"}
    application = draw(keywords("app", shared, LEVELS)).removeprefix(", ")
    draw(operations(program, "app", ""))
    draw(routers(program, "app", "", 0))
    body = "\n".join(f"    {line}" for line in program.lines)
    source = f"""{PROLOGUE}
from kingpost import APIRouter
from kingpost.responses import HTMLResponse, JSONResponse, PlainTextResponse


class Problem(BaseModel):
    text: str


def named(prefix):
    return lambda route: f"{{prefix}} {{route.name}} {{len(route.tags)}}"


def build(log):
    def note(text):
        def dependency():
            log.append(text)

        return Depends(dependency)

    app = Kingpost({application})
{body}
    return app
"""
    return source, program.paths


def test_random_routers() -> None:
    """Any tree: equal documents, equal answers, equal order of dependencies."""
    statuses: Counter[int] = Counter()

    @bounded(50)
    @given(st.data())
    def check(data: st.DataObject) -> None:
        source, paths = data.draw(programs())
        chosen = data.draw(st.lists(st.sampled_from(paths), min_size=3, max_size=3))
        calls = [
            request(method, PARAMETER.sub("p", path.replace("{n}", n)), None)
            for (method, path), n in zip(chosen, ("1", "x", "2"), strict=True)
        ]
        answers = compare_program(source, calls).answers
        statuses.update(answer.status for answer in answers)

    check()

    assert statuses[200] > 30, statuses
    assert statuses[422] > 5, statuses
