"""`./scripts/test`: which parts, and how it ends."""

import pytest

from toolbox.commands import test as command
from toolbox.errors import Stop
from toolbox.processes import Processes
from toolbox.results import Counts


def _part(counts: Counts) -> tuple[str, object]:
    def run(processes: Processes, words: list[str]) -> Counts:
        return counts

    return "a part", run


def _broken(processes: Processes, words: list[str]) -> Counts:
    raise Stop("no browser here")


@pytest.fixture
def parts(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """Give two parts and a group."""
    parts: dict[str, object] = {"one": _part(Counts(3, 0)), "two": _part(Counts(2, 0, 1))}
    monkeypatch.setattr(command, "PARTS", parts)
    monkeypatch.setattr(command, "GROUPS", {"both": ["one", "two"]})
    return parts


def test_no_name_means_all_parts(parts: dict[str, object]) -> None:
    """Without arguments everything runs, in the order of the list."""
    assert command.chosen([]) == ["one", "two"]


def test_names_and_groups_are_taken_once(parts: dict[str, object]) -> None:
    """A group stands for its parts; a part that is named twice runs once."""
    assert command.chosen(["two", "both", "two"]) == ["one", "two"]


def test_an_unknown_part_is_named(parts: dict[str, object]) -> None:
    """The sentence lists what there is."""
    with pytest.raises(Stop, match=r"no part 'three'.*one, two, both"):
        command.chosen(["three"])


def test_the_last_line_is_the_sum(
    parts: dict[str, object], capsys: pytest.CaptureFixture[str]
) -> None:
    """The output ends with the plain line, alone; success is 0."""
    code = command.main([])

    assert code == 0
    assert capsys.readouterr().out.splitlines()[-1] == "5 passed, 0 failed"


def test_a_failed_part_fails_all(
    parts: dict[str, object], capsys: pytest.CaptureFixture[str]
) -> None:
    """One failure is enough; the other parts still run."""
    parts["one"] = _part(Counts(1, 1))
    code = command.main([])

    assert code == 1
    assert capsys.readouterr().out.splitlines()[-1] == "3 passed, 1 failed"


def test_a_part_that_cannot_run_has_failed(
    parts: dict[str, object], capsys: pytest.CaptureFixture[str]
) -> None:
    """What stands in a part's way is said, and counts as a failure."""
    parts["two"] = ("a part", _broken)
    code = command.main(["two"])
    output = capsys.readouterr().out

    assert code == 1
    assert "no browser here" in output
    assert output.splitlines()[-1] == "0 passed, 1 failed"


def test_words_after_the_dashes_go_to_the_runner(parts: dict[str, object]) -> None:
    """`./scripts/test one -- -k name` hands `-k name` on."""
    seen: list[str] = []

    def run(processes: Processes, words: list[str]) -> Counts:
        seen.extend(words)
        return Counts(1)

    parts["one"] = ("a part", run)
    command.main(["one", "--", "-k", "name"])

    assert seen == ["-k", "name"]


def test_the_list_shows_every_part(
    parts: dict[str, object], capsys: pytest.CaptureFixture[str]
) -> None:
    """`--list` names parts and groups and runs nothing."""
    command.main(["--list"])
    names = [line.split()[0] for line in capsys.readouterr().out.splitlines()]

    assert names == ["one", "two", "both"]
