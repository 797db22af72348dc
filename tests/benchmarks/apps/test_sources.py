"""The measured applications: the same source on both frameworks, the same answers on all."""

import ast
import asyncio
import importlib
from pathlib import Path

import pytest

from benchmarks import apps
from benchmarks.apps import growing, layered
from benchmarks.measuring.answers import check
from benchmarks.measuring.calls import Answer, call, started
from benchmarks.measuring.subjects import load
from benchmarks.workloads import SAME, WORKLOADS, Workload

FOLDER = Path(apps.__file__).parent
# The other peers are in the benchmarks' own environment only; the command compares them too.
INSTALLED = ("asgi", "kingpost", "starlette", "fastapi")


def _statements(text: str) -> tuple[list[str], list[str]]:
    """Return the imported names in order of the alphabet, and the rest as it stands."""
    imported, rest = [], []
    for statement in ast.parse(text).body:
        if isinstance(statement, ast.ImportFrom):
            imported += [f"{statement.module}.{name.name}" for name in statement.names]
        else:
            rest.append(ast.dump(statement))
    return sorted(imported), rest


def test_kingpost_and_fastapi_run_the_same_source() -> None:
    """But for the names of the package and its class, nothing differs."""
    ours, theirs = ((FOLDER / f"on_{stack}.py").read_text("utf-8") for stack in SAME)
    renamed = ours.replace("Kingpost", "FastAPI").replace("kingpost", "fastapi")

    assert _statements(renamed) == _statements(theirs)


@pytest.mark.parametrize("workload", WORKLOADS.values(), ids=lambda work: work.name)
def test_every_stack_answers_alike(workload: Workload) -> None:
    """Status, type and content of all; bytes and headers of Kingpost and FastAPI."""

    async def ask(stack: str) -> Answer:
        app = load(f"app:{stack}").app
        async with started(app):
            return await call(app, workload.request)

    stacks = [stack for stack in INSTALLED if stack in workload.stacks]
    answers = {stack: asyncio.run(ask(stack)) for stack in stacks}

    check(workload, answers)
    assert set(SAME) <= set(answers)


@pytest.mark.parametrize("shape", growing.SHAPES)
@pytest.mark.parametrize("size", [10, 120])
def test_a_growing_application_answers_alike(shape: str, size: int) -> None:
    """First, last and none, on both, whatever stands in between."""

    async def ask(name: str) -> dict[str, tuple[int, bytes]]:
        subject = load(f"growing:{name}:{shape}:{size}")
        async with started(subject.app):
            answers = {
                place: await call(subject.app, request)
                for place, request in subject.requests.items()
            }
        return {place: (answer.status, answer.body) for place, answer in answers.items()}

    ours, theirs = (asyncio.run(ask(name)) for name in SAME)

    assert ours == theirs
    assert [status for status, _ in ours.values()] == [200, 200, 404, 404]


@pytest.mark.parametrize("name", SAME)
def test_a_growing_application_has_as_many_operations_as_it_says(name: str) -> None:
    """Of four kinds, in one document."""
    app = growing.build(importlib.import_module(name), "nested", 120)
    paths = app.openapi()["paths"]

    assert sum(len(operations) for operations in paths.values()) == 120


@pytest.mark.parametrize("name", SAME)
@pytest.mark.parametrize("kind", layered.KINDS)
def test_middleware_changes_no_answer(name: str, kind: str) -> None:
    """It passes through."""

    async def ask() -> Answer:
        subject = load(f"layered:{name}:{kind}")
        async with started(subject.app):
            return await call(subject.app, subject.requests["json"])

    answer = asyncio.run(ask())

    assert (answer.status, answer.body) == (200, b'{"message":"Hello, World!"}')


def test_an_unknown_subject_is_refused() -> None:
    """With its name."""
    with pytest.raises(ValueError, match="'app'"):
        load("app")
