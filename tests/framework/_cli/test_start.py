import subprocess
import sys

import pytest

from kingpost._cli import start
from kingpost._cli.start import main


def test_runs_the_command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The console script hands the process's arguments to the command."""
    monkeypatch.setattr(sys, "argv", ["kingpost", "--help"])

    with pytest.raises(SystemExit) as caught:
        main()

    assert caught.value.code == 0
    assert "routes" in capsys.readouterr().out


def test_names_the_extra_that_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without typer one sentence says what to install."""
    monkeypatch.setitem(sys.modules, "typer", None)

    with pytest.raises(SystemExit, match=r"needs the package typer: .*kingpost\[standard\]"):
        start.main()


def test_is_a_module_to_run() -> None:
    """``python -m kingpost`` is the same command."""
    result = subprocess.run(
        [sys.executable, "-m", "kingpost", "--help"], capture_output=True, text=True, check=True
    )

    assert "kingpost [OPTIONS] COMMAND" in result.stdout
