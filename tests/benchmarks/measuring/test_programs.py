"""Programs that a measurement starts: real ones, each ended with its block."""

import pytest

from benchmarks.measuring import programs, sockets, throughput
from benchmarks.measuring.workers import holding, in_turns
from benchmarks.workloads import WORKLOADS


def test_a_served_application_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is reached over its port, its processor time is known, and it ends with the block."""
    monkeypatch.setenv("PYTHONPATH", f"{programs.ROOT}/framework")
    with programs.serving("kingpost") as server:
        answer = throughput.ask(WORKLOADS["items"], server.port)
        rate = sockets.rate(server.port, 0.1)
        spent = server.processor_seconds()

    assert answer.status == 200
    assert rate > 0
    assert spent is None or spent > 0
    with pytest.raises(OSError, match="refused"):
        throughput.ask(WORKLOADS["items"], server.port)


def test_workers_are_asked_in_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every round asks everyone once."""
    monkeypatch.setenv("PYTHONPATH", f"{programs.ROOT}/framework")
    names = ["layered:kingpost:none", "layered:fastapi:none"]
    with holding(names) as workers:
        turns = [("json", name, worker, "json") for name, worker in workers.items()]
        figures = in_turns(turns, 2, 0.01)

    assert list(figures["json"]) == names
    for rounds in figures["json"].values():
        assert len(rounds) == 2
        assert min(rounds) > 0


def test_a_program_without_a_core_of_its_own_runs_anyway(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is no taskset, or only one core."""
    monkeypatch.setattr("shutil.which", lambda name: None)

    assert programs.pinned(1, ["wrk", "x"]) == ["wrk", "x"]


def test_a_program_with_a_core_is_started_on_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Server and load do not take each other's time."""
    monkeypatch.setattr("shutil.which", lambda name: name)
    monkeypatch.setattr("os.cpu_count", lambda: 2)

    assert programs.pinned(1, ["wrk", "x"]) == ["taskset", "--cpu-list", "1", "wrk", "x"]
