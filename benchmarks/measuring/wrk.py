"""wrk, the load: the script that makes its requests, and what it prints at the end."""

import json
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measuring.programs import CLIENT_CORE, HOST, output, pinned
from benchmarks.workloads import Workload

RATE = re.compile(r"^Requests/sec:\s+([\d.]+)$", re.MULTILINE)
COUNT = re.compile(r"^\s*(\d+) requests in ", re.MULTILINE)
TROUBLE = re.compile(r"^\s*Socket errors: (.*)$", re.MULTILINE)
REFUSED = re.compile(r"^\s*Non-2xx or 3xx responses: (\d+)$", re.MULTILINE)


class LoadError(Exception):
    """The load met with errors, so that its figure means nothing."""


@dataclass(frozen=True)
class Load:
    """What wrk reports of one run."""

    rate: float
    count: int
    refused: int
    trouble: str


def parse(text: str) -> Load:
    """Read what wrk printed. Raises `LoadError` when no request of it was answered."""
    rate, count = RATE.search(text), COUNT.search(text)
    if rate is None or count is None or count[1] == "0":
        raise LoadError(f"wrk had no answer at all: {text!r}")
    refused, trouble = REFUSED.search(text), TROUBLE.search(text)
    return Load(
        float(rate[1]),
        int(count[1]),
        int(refused[1]) if refused else 0,
        trouble[1].strip() if trouble else "",
    )


def script(workload: Workload, body: Path) -> str:
    """Return the Lua script of a workload; its body is in a file beside it."""
    request = workload.request
    # A JSON string of ASCII is a Lua string too, but for escapes that no header of ours has.
    lines = [f"wrk.method = {json.dumps(request.method)}"]
    lines += [
        f"wrk.headers[{json.dumps(name)}] = {json.dumps(value)}"
        for name, value in request.headers
        if name != "content-length"  # wrk counts by itself
    ]
    if request.body:
        lines += [f'local file = io.open({json.dumps(str(body))}, "rb")']
        lines += ['wrk.body = file:read("*a")', "file:close()"]
    return "\n".join(lines) + "\n"


def run(workload: Workload, port: int, seconds: int, folder: Path, *, alone: bool = True) -> Load:
    """Send a workload's request again and again to a server; `alone` on a core of its own.

    Raises `LoadError` when wrk is missing, when a connection failed, or when a good request was
    refused.
    """
    program = shutil.which("wrk")
    if program is None:
        raise LoadError("wrk is missing: install it (apt-get install wrk, brew install wrk).")
    body, lua = folder / f"{workload.name}.body", folder / f"{workload.name}.lua"
    body.write_bytes(workload.request.body)
    lua.write_text(script(workload, body), "utf-8")
    words = [program, "--threads", "1", "--connections", str(workload.connections)]
    words += ["--duration", f"{seconds}s", "--timeout", "10s", "--script", str(lua)]
    words += [f"http://{HOST}:{port}{workload.request.target}"]
    load = parse(output(pinned(CLIENT_CORE, words) if alone else words))
    if load.trouble or (load.refused and workload.status < 300):
        raise LoadError(f"{workload.name}: {load.refused} were refused; {load.trouble}")
    return load
