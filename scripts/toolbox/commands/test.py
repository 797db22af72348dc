"""`./scripts/test`: run the parts, show what each came to, end with one plain line."""

import argparse
import time
from dataclasses import dataclass

from toolbox.errors import Interrupted, Stop
from toolbox.parts import GROUPS, PARTS
from toolbox.processes import Processes
from toolbox.results import Counts


@dataclass(frozen=True)
class Outcome:
    """A part that has run."""

    part: str
    counts: Counts
    seconds: float


def main(arguments: list[str]) -> int:
    """Run the tests: all of them, or the parts named. Words after -- go to the parts' runner."""
    mine, more = _split(arguments)
    parser = argparse.ArgumentParser(prog="./scripts/test", description=main.__doc__)
    parser.add_argument("parts", nargs="*", metavar="part", help="see --list")
    parser.add_argument("--list", action="store_true", help="show the parts and end")
    options = parser.parse_args(mine)
    if options.list:
        _show_parts()
        return 0
    outcomes: list[Outcome] = []
    interrupted: Interrupted | None = None
    with Processes() as processes:
        for part in chosen(options.parts):
            try:
                outcomes.append(_run(processes, part, more))
            except Interrupted as signal:
                interrupted = signal
                break
    print(table(outcomes), flush=True)
    if interrupted is not None:
        raise interrupted
    total = sum((outcome.counts for outcome in outcomes), Counts())
    print(f"{total.passed} passed, {total.failed} failed", flush=True)
    return int(total.failed > 0)


def chosen(names: list[str]) -> list[str]:
    """Return the parts that the names stand for, each once, in the order of the list.

    Raises `Stop` for a name that is no part.
    """
    wanted: set[str] = set()
    for name in names or PARTS:
        members = GROUPS.get(name, [name])
        if members == [name] and name not in PARTS:
            known = ", ".join([*PARTS, *GROUPS])
            raise Stop(f"There is no part {name!r} of the tests; choose among: {known}.")
        wanted.update(members)
    return [part for part in PARTS if part in wanted]


def table(outcomes: list[Outcome]) -> str:
    """Return the summary: a line for each part that has run."""
    width = max((len(outcome.part) for outcome in outcomes), default=4)
    lines = ["", f"{'part':{width}}  passed  failed  skipped  seconds"]
    for outcome in outcomes:
        counts = outcome.counts
        numbers = (
            f"{counts.passed:6}  {counts.failed:6}  {counts.skipped:7}  {outcome.seconds:7.1f}"
        )
        lines.append(f"{outcome.part:{width}}  {numbers}  {counts.note}".rstrip())
    return "\n".join([*lines, ""])


def _split(arguments: list[str]) -> tuple[list[str], list[str]]:
    if "--" not in arguments:
        return arguments, []
    place = arguments.index("--")
    return arguments[:place], arguments[place + 1 :]


def _run(processes: Processes, part: str, words: list[str]) -> Outcome:
    print(f"\n── {part}: {PARTS[part][0]} ──", flush=True)
    started = time.monotonic()
    try:
        counts = PARTS[part][1](processes, words)
    except Stop as stop:
        # The other parts still run; this one has failed, and says why in the table too.
        print(stop, flush=True)
        counts = Counts(failed=1, note="could not run")
    return Outcome(part, counts, time.monotonic() - started)


def _show_parts() -> None:
    width = max(map(len, [*PARTS, *GROUPS]))
    for part, (meaning, _) in PARTS.items():
        print(f"{part:{width}}  {meaning}")
    for group, members in GROUPS.items():
        print(f"{group:{width}}  {' and '.join(members)}")
