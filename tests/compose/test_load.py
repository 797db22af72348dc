"""The production stack under load, while replicas end, the database restarts and a release comes.

The figures go to ``.cache/test-reports/compose-load.json``; those of one run stand in
docs/deployment.md.
"""

import json
import time
from collections import Counter
from dataclasses import asdict
from pathlib import Path

import pytest

from tests.compose.conftest import Production
from tests.compose.load import Load, Phase, during, summarise
from tests.compose.stacks import run, wait_until_healthy

CALM_SECONDS = 30.0
"""How long the load lasts before the first event, and after each."""
ACCOUNTS = 6
LEAST_RATE = 50

# The container's first process is Docker's init; the server is its child.
KILL_SERVER = """
import os, signal
os.kill(int(open("/proc/1/task/1/children").read().split()[0]), signal.SIGKILL)
"""


@pytest.fixture(scope="module")
def load(production: Production, reports: Path) -> Load:
    """Run the load over all events, and write down what came of it."""
    stack = production.stack
    accounts = [production.site.new_account(f"Load {number}") for number in range(ACCOUNTS)]
    tokens = [production.site.access_token(account) for account in accounts]
    with Load(production.site.url, tokens, production.trust()) as running:
        running.rest("calm", CALM_SECONDS)

        start = time.monotonic()
        killed = stack.containers("api")[0]
        run("docker", "exec", killed, "python", "-c", KILL_SERVER)
        running.mark("replica killed (SIGKILL)", start)
        running.rest("after the kill", CALM_SECONDS)
        wait_until_healthy(killed)

        start = time.monotonic()
        stopped = stack.containers("api")[0]
        run("docker", "stop", stopped)
        running.mark("replica stopped (SIGTERM)", start)
        running.rest("after the stop", CALM_SECONDS)
        run("docker", "start", stopped)
        wait_until_healthy(stopped)

        start = time.monotonic()
        stack.compose("restart", "db")
        running.mark("database restarted", start)
        running.rest("after the restart", CALM_SECONDS)

        start = time.monotonic()
        production.script("deploy")
        running.mark("deployment", start)
        running.rest("after the deployment", CALM_SECONDS)
    (reports / "compose-load.json").write_text(json.dumps(report(running), indent=1))
    return running


def report(load: Load) -> list[dict[str, object]]:
    """Return the figures of every phase."""
    return [asdict(summarise(load.requests, phase)) for phase in load.phases]


@pytest.fixture(scope="module")
def rows(load: Load, production: Production) -> Counter[str]:
    """Count the rows of every title that the load wrote."""
    found = production.stack.sql("SELECT title FROM items WHERE title LIKE 'load-%'")
    return Counter(found)


def phase_of(load: Load, *names: str) -> Phase:
    """Return the time from the first to the last of these phases."""
    chosen = [phase for phase in load.phases if phase.name in names]
    assert len(chosen) == len(names)
    return Phase(" and ".join(names), chosen[0].start, chosen[-1].end)


def test_load_was_real(load: Load) -> None:
    """Fifty requests and more a second were sent, half of them writes, all accounted for."""
    whole = Phase("whole", load.phases[0].start, load.phases[-1].end)
    summary = summarise(load.requests, whole)

    assert summary.sent / (whole.end - whole.start) >= LEAST_RATE
    assert abs(summary.writes - summary.sent / 2) <= 1
    assert summary.sent == summary.answered + summary.failed
    assert summarise(load.requests, phase_of(load, "calm")).failed == 0


def test_every_write_that_succeeded_is_there(load: Load, rows: Counter[str]) -> None:
    """An answered success was never taken back, whatever happened."""
    promised = [sent.title for sent in load.requests if sent.write and sent.succeeded]

    assert len(promised) > CALM_SECONDS * LEAST_RATE
    assert [title for title in promised if title not in rows] == []


def test_nothing_was_written_twice(load: Load, rows: Counter[str]) -> None:
    """No write was sent again by anybody on the way."""
    written = {sent.title for sent in load.requests if sent.write}

    assert [title for title, count in rows.items() if count > 1] == []
    assert set(rows) <= written


def test_kill_fails_only_what_was_in_flight(load: Load) -> None:
    """What is sent after a replica has died goes to the other one."""
    kill = phase_of(load, "replica killed (SIGKILL)")
    later = during(load.requests, phase_of(load, "after the kill"))
    failed = [sent for sent in load.requests if sent.at < kill.end and not sent.succeeded]

    assert [sent for sent in later if not sent.succeeded] == []
    assert [sent for sent in failed if sent.ended < kill.start] == []


def test_stop_fails_nothing(load: Load) -> None:
    """A replica that is told to end finishes what it has; the other one takes the rest."""
    phase = phase_of(load, "replica stopped (SIGTERM)", "after the stop")

    assert [sent for sent in during(load.requests, phase) if not sent.succeeded] == []


def test_restart_of_the_database_is_answered(load: Load) -> None:
    """A request waits for the database or is told to come back; none is broken off."""
    phase = phase_of(load, "database restarted", "after the restart")
    failed = [sent for sent in during(load.requests, phase) if not sent.succeeded]

    assert {sent.status for sent in failed} <= {503}
    assert [sent for sent in failed if "database_unavailable" not in str(sent.error)] == []


def test_deployment_fails_nothing(load: Load) -> None:
    """The new release takes over in the middle of the work."""
    phase = phase_of(load, "deployment", "after the deployment")

    assert [sent for sent in during(load.requests, phase) if not sent.succeeded] == []
