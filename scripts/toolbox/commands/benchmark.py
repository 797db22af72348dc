"""`./scripts/benchmark`: the benchmarks' environment and its load, then the measuring itself."""

import shutil

from toolbox import beside, debian
from toolbox.errors import Stop
from toolbox.processes import Processes

LOADED = "throughput"
"""The part that needs wrk, as do all parts together."""


def main(arguments: list[str]) -> int:
    """Prepare the environment, then run `python -m benchmarks` in it with the same arguments."""
    with Processes() as processes:
        python = beside.BENCHMARKS.ensure(processes)
        if needs_load(arguments) and shutil.which("wrk") is None:
            _install_load(processes)
        return processes.run([python, "-m", "benchmarks", *arguments], env=beside.settings())


def needs_load(arguments: list[str]) -> bool:
    """Say whether a part that sends load is among those named; none named are all."""
    if "-h" in arguments or "--help" in arguments:
        return False
    named = [word for word in arguments if word.isalpha()]
    return not named or LOADED in named


def _install_load(processes: Processes) -> None:
    if not debian.can_install():
        raise Stop(
            "The program wrk, which sends the load, is missing. Install it (Debian and Ubuntu: "
            "apt-get install wrk; macOS: brew install wrk), or name the parts that need none: "
            "./scripts/benchmark latency start growth middleware counts."
        )
    debian.install(processes, "wrk", "it sends the benchmarks' load")
