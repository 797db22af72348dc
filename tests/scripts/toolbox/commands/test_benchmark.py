"""`./scripts/benchmark`: what it needs before it measures."""

import pytest

from toolbox import beside, debian
from toolbox.commands import benchmark
from toolbox.errors import Stop
from toolbox.processes import Processes


@pytest.mark.parametrize(
    ("arguments", "needed"),
    [
        ([], True),
        (["--rounds", "2"], True),
        (["throughput", "--dry"], True),
        (["latency", "start"], False),
        (["--help"], False),
    ],
)
def test_the_load_is_needed_for_what_is_loaded(arguments: list[str], needed: bool) -> None:
    """All parts together include the one that needs it."""
    assert benchmark.needs_load(arguments) is needed


def test_a_missing_load_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it cannot be installed, with how to install it and what works without."""
    monkeypatch.setattr(debian, "can_install", lambda: False)
    monkeypatch.setattr(beside.Environment, "ensure", lambda self, processes: "python")
    monkeypatch.setattr("shutil.which", lambda name: None)

    with pytest.raises(Stop, match="brew install wrk"):
        benchmark.main([])


def test_the_rest_runs_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the same arguments; its exit code is the command's."""
    commands: list[list[str]] = []

    def run(self: Processes, command: list[str], *, env: dict[str, str]) -> int:
        commands.append(command)
        return 3

    monkeypatch.setattr(Processes, "run", run)
    monkeypatch.setattr(beside.Environment, "ensure", lambda self, processes: "python")

    assert benchmark.main(["latency", "--dry"]) == 3
    assert commands == [["python", "-m", "benchmarks", "latency", "--dry"]]
