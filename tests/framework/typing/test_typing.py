"""What a type checker says of programs that use the framework.

Those that it has to refuse are no Python files: nothing else should check them.
"""

import re
from pathlib import Path

import pytest
from mypy import api

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
EXPECTED = re.compile(r"# E: ([\w-]+)")
REPORTED = re.compile(r"^(?P<file>[^:]+):(?P<line>\d+): error: .*\[(?P<code>[\w-]+)\]$")


ACCEPTED = sorted((HERE / "accepted").glob("*.py"))
REFUSED = sorted((HERE / "refused").glob("*.txt"))


@pytest.fixture(scope="module")
def reported(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[tuple[int, str]]]:
    """Check all programs at once, strictly, and return the errors of each by its file's stem."""
    folder = tmp_path_factory.mktemp("programs")
    for path in REFUSED:
        folder.joinpath(f"{path.stem}.py").write_text(path.read_text("utf-8"), "utf-8")
    programs = [*ACCEPTED, *sorted(folder.glob("*.py"))]
    output, problems, _ = api.run(
        [
            f"--config-file={ROOT / 'pyproject.toml'}",
            f"--cache-dir={folder / 'cache'}",
            "--no-pretty",
            "--no-error-summary",
            "--hide-error-context",
            *map(str, programs),
        ]
    )

    assert not problems
    found: dict[str, set[tuple[int, str]]] = {path.stem: set() for path in programs}
    for line in output.splitlines():
        match = REPORTED.match(line)
        if match is not None:
            found[Path(match["file"]).stem].add((int(match["line"]), match["code"]))
    return found


@pytest.mark.parametrize("name", [path.stem for path in ACCEPTED])
def test_accepts(name: str, reported: dict[str, set[tuple[int, str]]]) -> None:
    """A program that uses the framework as it is meant has no errors under strict rules."""
    assert set() == reported[name]


@pytest.mark.parametrize("path", REFUSED, ids=lambda path: path.stem)
def test_refuses(path: Path, reported: dict[str, set[tuple[int, str]]]) -> None:
    """Each mistake is reported in its line, and nothing else is."""
    lines = path.read_text(encoding="utf-8").splitlines()
    expected = {
        (number, match[1])
        for number, line in enumerate(lines, 1)
        if (match := EXPECTED.search(line))
    }

    assert expected
    assert expected == reported[path.stem]
