"""The gate of counts: what a request takes beside FastAPI, and beside what it took before."""

import asyncio
from pathlib import Path

import pytest

from benchmarks import gate
from benchmarks.apps.growing import SHAPES
from benchmarks.measuring.counts import Counts, count_subject


@pytest.fixture(scope="module")
def ours() -> gate.CountsOf:
    """Count Kingpost."""
    return gate.measure("kingpost")


def test_every_workload_stays_under_its_share_of_fastapi(ours: gate.CountsOf) -> None:
    """Counted in the same run, on the same Python, with the same parts."""
    assert gate.over_share(ours, gate.measure("fastapi")) == []


def test_every_workload_stays_under_its_ceiling(ours: gate.CountsOf) -> None:
    """After a change that is worth more: ./scripts/benchmark counts --write-ceilings."""
    python, ceilings = gate.read_ceilings()
    # Another Python compiles to other instructions; there the names still have to agree.
    allowed = ceilings if python == gate.PYTHON else ours

    assert set(ceilings) == set(ours)
    assert gate.over_ceilings(ours, allowed) == []


def test_the_same_request_has_the_same_counts(ours: gate.CountsOf) -> None:
    """No noise: that is what makes them fit for a check."""
    assert gate.measure("kingpost") == ours


@pytest.mark.parametrize("shape", SHAPES)
def test_a_request_takes_the_same_among_many_operations(shape: str) -> None:
    """Also one that no operation serves: nothing walks over the routers or the routes."""
    for name, (small, large) in gate.growth(shape).items():
        assert (name, large) == (name, small)


def test_asgi_middleware_costs_its_own_call() -> None:
    """Inside of the application as around it."""
    inside, around = (
        asyncio.run(count_subject(f"layered:kingpost:{kind}", ["json"]))["json"].calls
        for kind in ("asgi", "wrapped")
    )

    assert inside == around


def test_one_call_too_many_is_reported() -> None:
    """The gate closes at the first count over a ceiling, and names it."""
    problems = gate.over_ceilings({"json": Counts(11, 90)}, {"json": Counts(10, 100)})

    assert problems == ["json: 11 calls, where 10 are allowed"]


def test_a_workload_without_a_ceiling_is_reported() -> None:
    """A new workload needs a new ceiling."""
    assert gate.over_ceilings({"new": Counts(1, 1)}, {}) == ["new: has no ceiling"]


def test_too_large_a_share_is_reported() -> None:
    """Items may take a sixth."""
    problems = gate.over_share({"items": Counts(1, 20)}, {"items": Counts(9, 100)})

    assert len(problems) == 1
    assert problems[0].startswith("items: 20 instructions are 0.20 of FastAPI's 100")


def test_rows_are_counted_in_calls() -> None:
    """Their attributes are read by instructions, which FastAPI's are not."""
    assert gate.over_share({"rows": Counts(5, 200)}, {"rows": Counts(9, 100)}) == []
    assert gate.over_share({"rows": Counts(10, 50)}, {"rows": Counts(9, 100)}) == [
        "rows: 10 calls are 1.11 of FastAPI's 9; it may be 1.00"
    ]


def test_written_ceilings_are_read_again(tmp_path: Path) -> None:
    """The file names the Python that it holds for."""
    file = tmp_path / "ceilings.json"
    gate.write_ceilings({"json": Counts(10, 100), "list": Counts(2, 3)}, file)

    assert gate.read_ceilings(file) == (
        gate.PYTHON,
        {"json": Counts(10, 100), "list": Counts(2, 3)},
    )
