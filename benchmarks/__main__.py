"""`python -m benchmarks`: what `./scripts/benchmark` runs, in the benchmarks' environment."""

import argparse
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks import gate
from benchmarks.figures import Figures
from benchmarks.measuring import growth, latency, middleware, start, throughput
from benchmarks.measuring.answers import UnequalAnswersError
from benchmarks.measuring.plan import Effort
from benchmarks.measuring.sockets import UnequalEchoError
from benchmarks.measuring.wrk import LoadError
from benchmarks.reporting import plot, store, table
from benchmarks.reporting.targets import targets

PARTS: dict[str, Callable[[Effort], Figures]] = {
    "latency": latency.measure,
    "middleware": middleware.measure,
    "start": start.measure,
    "growth": growth.measure,
    "throughput": throughput.measure,
}
README = Path(__file__).resolve().parents[1] / "README.md"
BUSY = 0.5  # programs running on average; more than that, and wall time is shared


def main(arguments: list[str]) -> int:
    """Measure all parts, or those named; keep the figures, show the targets."""
    parser = argparse.ArgumentParser(prog="./scripts/benchmark", description=main.__doc__)
    parser.add_argument("parts", nargs="*", metavar="part", help=", ".join([*PARTS, "counts"]))
    parser.add_argument("--rounds", type=int, default=Effort.rounds, help="of every figure")
    parser.add_argument("--seconds", type=int, default=Effort.seconds, help="of load in a round")
    parser.add_argument("--dry", action="store_true", help="show the figures, keep none")
    parser.add_argument(
        "--write-ceilings", action="store_true", help="with counts: keep these as the ceilings"
    )
    options = parser.parse_args(arguments)
    unknown = set(options.parts) - {*PARTS, "counts"}
    if unknown:
        parser.error(f"there is no part {', '.join(sorted(unknown))}")
    if "counts" in options.parts:
        return gate.main(write=options.write_ceilings)
    try:
        return _measure(options.parts or list(PARTS), options)
    except (UnequalAnswersError, UnequalEchoError, LoadError, RuntimeError) as error:
        print(f"\n{error}", file=sys.stderr)
        return 1


def _measure(parts: list[str], options: argparse.Namespace) -> int:
    effort = Effort(options.rounds, options.seconds)
    results = store.read()
    for name in parts:
        load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
        if load > BUSY and name == parts[0]:
            print(f"The machine is busy (load {load:.1f}): figures of wall time will be too low.")
        print(f"{name} …", flush=True)
        begun = time.monotonic()
        results[name] = store.part(PARTS[name](effort), effort, load)
        print(f"{name}: {time.monotonic() - begun:.0f} s", flush=True)
        if not options.dry:
            keep(results)
    shown = {name: results[name] for name in parts} if options.dry else results
    print(table.report(shown) if options.dry else "\n".join(map(str, targets(shown))))
    return 0


def keep(results: store.Results) -> None:
    """Write the results, the report and the plot, and the README's table."""
    store.write(results)
    (store.FOLDER / "report.md").write_text(table.report(results), "utf-8")
    if "throughput" in results:
        (store.FOLDER / "throughput.svg").write_text(plot.draw(results), "utf-8")
        page = table.insert(README.read_text("utf-8"), table.short(results))
        README.write_text(page, "utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
