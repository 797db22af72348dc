"""The load: its script, and what it prints."""

from pathlib import Path

import pytest

from benchmarks.measuring import wrk
from benchmarks.workloads import WORKLOADS, Workload

PRINTED = """Running 1s test @ http://127.0.0.1:8000/json
  1 threads and 32 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency     1.10ms  200.00us   5.00ms   90.00%
    Req/Sec    29.01k     1.20k   31.00k    70.00%
  29110 requests in 1.01s, 4.11MB read
Requests/sec:  28951.34
Transfer/sec:      4.09MB
"""


def test_rate_and_count_are_read() -> None:
    """The plain case."""
    assert wrk.parse(PRINTED) == wrk.Load(28951.34, 29110, 0, "")


def test_refusals_and_errors_are_read() -> None:
    """Both are lines that appear only when there is something to say."""
    text = PRINTED.replace(
        "Requests/sec",
        "  Socket errors: connect 0, read 3, write 0, timeout 1\n"
        "  Non-2xx or 3xx responses: 12\nRequests/sec",
    )

    assert wrk.parse(text) == wrk.Load(28951.34, 29110, 12, "connect 0, read 3, write 0, timeout 1")


@pytest.mark.parametrize("text", ["", PRINTED.replace("29110 requests", "0 requests")])
def test_no_answer_is_no_figure(text: str) -> None:
    """A rate of zero would be compared as if it meant something."""
    with pytest.raises(wrk.LoadError, match="no answer"):
        wrk.parse(text)


def test_the_script_has_method_headers_and_body() -> None:
    """The body is read from its file; wrk counts its length itself."""
    script = wrk.script(WORKLOADS["post"], Path("post.body"))

    assert 'wrk.method = "POST"' in script
    assert 'wrk.headers["content-type"] = "application/json"' in script
    assert 'io.open("post.body", "rb")' in script
    assert "content-length" not in script


def _run(printed: str, workload: Workload, folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    commands: list[str] = []

    def output(words: list[str]) -> str:
        commands.extend(words)
        return printed

    monkeypatch.setattr(wrk, "output", output)
    monkeypatch.setattr("shutil.which", lambda name: name)
    wrk.run(workload, 8123, 2, folder)
    return " ".join(commands)


def test_a_run_asks_for_the_workload(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its address, its connections, its time."""
    command = _run(PRINTED, WORKLOADS["large"], tmp_path, monkeypatch)

    assert command.endswith("http://127.0.0.1:8123/large")
    assert "--connections 4 --duration 2s" in command
    assert (tmp_path / "large.body").stat().st_size > 1_000_000


@pytest.mark.parametrize("name", ["json", "invalid"])
def test_only_expected_refusals_are_accepted(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A refusal is the right answer to values that do not validate, and to nothing else."""
    text = PRINTED.replace("Requests/sec", "  Non-2xx or 3xx responses: 12\nRequests/sec")
    if WORKLOADS[name].status == 200:
        with pytest.raises(wrk.LoadError, match="12 were refused"):
            _run(text, WORKLOADS[name], tmp_path, monkeypatch)
    else:
        assert _run(text, WORKLOADS[name], tmp_path, monkeypatch)


def test_a_missing_wrk_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With how to install it."""
    monkeypatch.setattr("shutil.which", lambda name: None)

    with pytest.raises(wrk.LoadError, match="apt-get install wrk"):
        wrk.run(WORKLOADS["json"], 8123, 1, tmp_path)
