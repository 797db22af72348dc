"""What a fresh process does once: import the framework, declare an application, describe it.

`python -m benchmarks.measuring.fresh import FRAMEWORK` and `… app FRAMEWORK ROUTES` print one JSON
object of figures. It imports as little as it can before it looks at the clock.
"""

import importlib
import sys
from time import process_time as clock

MIB = 1024 * 1024
FIRST_LINES = {
    "kingpost": "from kingpost import Kingpost",
    "fastapi": "from fastapi import FastAPI",
}


def import_framework(name: str) -> dict[str, float]:
    """Import the package, then the class that every application starts with."""
    started = clock()
    importlib.import_module(name)
    imported = clock()
    exec(FIRST_LINES[name], {})  # noqa: S102 - one of the two lines above
    return {
        "import (ms)": (imported - started) * 1000,
        "import of the application's class (ms)": (clock() - started) * 1000,
    }


def make_application(name: str, routes: int) -> dict[str, float]:
    """Declare, start and ask an application of many operations; then describe it."""
    import asyncio
    import json

    from benchmarks.apps import growing
    from benchmarks.measuring.calls import call, started
    from benchmarks.workloads import Request

    framework = importlib.import_module(name)
    requests = growing.requests("flat", routes)
    figures: dict[str, float] = {}

    async def measure() -> None:
        # An application of ten first: what every application shares is not what growth costs.
        small = growing.build(framework, "flat", 10)
        async with started(small):
            await call(small, growing.requests("flat", 10)["last"])
        before, began = _resident(), clock()
        app = growing.build(framework, "flat", routes)
        declared = clock()
        async with started(app):
            answer = await call(app, requests["last"])
            answered, after = clock(), _resident()
            if answer.status != 200:
                raise RuntimeError(f"{name} answered {answer.status}.")
            # By a request, as a browser asks for it: a document that a program has taken out may
            # have been changed by it, and has to be written for each request.
            page = await call(app, Request("GET", "/openapi.json"))
            described = clock()
            await call(app, Request("GET", "/openapi.json"))
            again = clock()
            document = json.loads(page.body)
            read = clock()
            json.dumps(document)
            dumped = clock()
        figures.update(
            {
                "declare (ms)": (declared - began) * 1000,
                "compile and first request (ms)": (answered - declared) * 1000,
                "declare to first request (ms)": (answered - began) * 1000,
                "memory (MiB)": (after - before) / MIB,
                "OpenAPI (ms)": (described - answered) * 1000,
                "openapi.json again (ms)": (again - described) * 1000,
                "json.dumps of it (ms)": (dumped - read) * 1000,
            }
        )

    asyncio.run(measure())
    return figures


def _resident() -> int:
    """Return how much memory the process holds: now where it can be known, else at most."""
    import gc
    import resource
    from pathlib import Path

    gc.collect()
    now = Path("/proc/self/statm")
    if now.exists():
        return int(now.read_text().split()[1]) * resource.getpagesize()
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def main(words: list[str]) -> dict[str, float]:
    """Do what the words say. Raises `ValueError` when they say nothing known."""
    match words:
        case ["import", name]:
            return import_framework(name)
        case ["app", name, routes]:
            return make_application(name, int(routes))
    raise ValueError(f"{words} is neither `import FRAMEWORK` nor `app FRAMEWORK ROUTES`.")


if __name__ == "__main__":
    result = main(sys.argv[1:])
    import json

    print(json.dumps(result))
