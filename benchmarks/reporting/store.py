"""The kept results: every part with when, where and with what it was measured."""

import json
import os
import platform
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any

from benchmarks.figures import Figures
from benchmarks.measuring.plan import Effort
from benchmarks.measuring.programs import can_pin

FOLDER = Path(__file__).resolve().parents[1] / "results"
FILE = FOLDER / "results.json"
PACKAGES = [
    "fastapi",
    "litestar",
    "blacksheep",
    "starlette",
    "pydantic",
    "pydantic-core",
    "uvicorn",
    "uvloop",
    "httptools",
]

Results = dict[str, Any]
"""Each part by its name: `made`, `machine`, `versions`, `effort`, `load`, `figures`."""


def part(figures: Figures, effort: Effort, load: float) -> dict[str, Any]:
    """Return a part's figures with what they were measured on, and how busy it was before."""
    return {
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": machine(),
        "versions": versions(),
        "effort": asdict(effort),
        "load": round(load, 2),
        "figures": figures,
    }


def read(file: Path = FILE) -> Results:
    """Return the kept results; none at all where there are none."""
    if not file.exists():
        return {}
    results: Results = json.loads(file.read_text("utf-8"))
    return results


def write(results: Results, file: Path = FILE) -> None:
    """Keep the results."""
    file.parent.mkdir(exist_ok=True)
    text = json.dumps(results, default=float, separators=(", ", ": "))
    # A part a line, so that a change shows which part was measured again.
    file.write_text(text.replace('}}}, "', '}}},\n"') + "\n", "utf-8")


def figures(results: Results, name: str) -> Figures:
    """Return a part's figures; none where it was not measured."""
    found: Figures = results.get(name, {}).get("figures", {})
    return found


def machine() -> str:
    """Return one line about this machine, without its name."""
    cores = os.cpu_count() or 1
    pinning = "a core each for server and load" if can_pin() else "cores shared"
    return f"{processor()}, {cores} cores ({pinning}), {platform.system()} {platform.machine()}"


def processor(file: Path = Path("/proc/cpuinfo")) -> str:
    """Return the processor's model, as far as the system tells it."""
    if file.exists():
        for line in file.read_text("utf-8").splitlines():
            name, _, value = line.partition(":")
            if name.strip() == "model name":
                return value.strip()
    return platform.processor() or "unknown processor"


def versions() -> dict[str, str]:
    """Return the version of everything that a figure depends on."""
    from kingpost import __version__

    found = {name: metadata.version(name) for name in PACKAGES}
    return {"python": sys.version.split()[0], "kingpost": __version__, **found}
