"""`./scripts/dev`: migrate, start the API and the page, say where they are, end them together."""

import argparse
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

from toolbox import node, ports, settings
from toolbox.errors import Interrupted, Stop
from toolbox.paths import FRONTEND, ROOT
from toolbox.processes import Processes

PATIENCE = 120.0  # seconds that both have to answer the first time
CREDENTIAL = re.compile(r"(E-mail|Password): \S")
LOOPBACK = "127.0.0.1"


def main(arguments: list[str]) -> int:
    """Run the product for development until Ctrl-C, SIGTERM or the end of one of its halves."""
    parser = argparse.ArgumentParser(prog="./scripts/dev", description=main.__doc__)
    parser.parse_args(arguments)
    # Outside of this script a missing setting means production, the safe side.
    env = {"ENVIRONMENT": "development", **settings.read()}
    api_port = ports.from_settings(env, "API_PORT", 8000)
    web_port = ports.from_settings(env, "WEB_PORT", 5173)
    if api_port == web_port:
        raise Stop(f"API_PORT and WEB_PORT are both {api_port}: set one of them to another port.")
    ports.ensure_free(api_port, "API_PORT")
    ports.ensure_free(web_port, "WEB_PORT")
    env.update(API_PORT=str(api_port), WEB_PORT=str(web_port), PYTHONUNBUFFERED="1")
    with Processes() as processes:
        node.ensure_packages(processes)
        credentials = _migrate(processes, env)
        _start(processes, env, api_port, web_port)
        _wait_until_ready(processes, api_port, web_port)
        _announce(api_port, web_port, credentials, keeps_mail=not env.get("SMTP_HOST"))
        return _watch(processes)


def _migrate(processes: Processes, env: dict[str, str]) -> list[str]:
    """Bring the database up to date; return the lines that tell a new administrator's password."""
    credentials: list[str] = []

    def on_line(line: str) -> None:
        print(line, flush=True)
        if CREDENTIAL.match(line):
            credentials.append(line)

    code = processes.run([sys.executable, "-m", "app.migrate"], env=env, on_line=on_line)
    if code != 0:
        raise Stop("Nothing was started, because the database could not be prepared: see above.")
    return credentials


def _start(processes: Processes, env: dict[str, str], api_port: int, web_port: int) -> None:
    serve = [sys.executable, "-m", "kingpost", "dev", "--entrypoint", "app.main:app"]
    serve += ["--reload-dir", str(ROOT / "backend"), "--reload-dir", str(ROOT / "framework")]
    serve += ["--host", LOOPBACK, "--port", str(api_port)]
    processes.start("api", serve, env=env, on_line=_prefixed("api"))
    bundle: list[str | Path] = [*node.command("vite/bin/vite.js"), "--clearScreen", "false"]
    bundle += ["--host", LOOPBACK, "--port", str(web_port), "--strictPort"]
    processes.start(
        "web", bundle, cwd=FRONTEND, env={**env, **node.settings()}, on_line=_prefixed("web")
    )


def _prefixed(name: str) -> Callable[[str], None]:
    def show(line: str) -> None:
        if line.strip():
            print(f"{name} │ {line}", flush=True)

    return show


def _wait_until_ready(processes: Processes, api_port: int, web_port: int) -> None:
    waiting = {
        "api": f"http://{LOOPBACK}:{api_port}/health/ready",
        "web": f"http://{LOOPBACK}:{web_port}/",
    }
    deadline = time.monotonic() + PATIENCE
    while waiting:
        _stop_if_one_ended(processes)
        waiting = {name: url for name, url in waiting.items() if not ports.answers(url)}
        if waiting and time.monotonic() > deadline:
            raise Stop(
                f"No answer from {' and '.join(waiting.values())} within {PATIENCE:.0f} s: the "
                "reason should be among the lines above. Everything was ended."
            )
        processes.pause()


def _announce(api_port: int, web_port: int, credentials: list[str], *, keeps_mail: bool) -> None:
    print(f"\nReady: http://localhost:{web_port}")
    print(f"The API is described at http://localhost:{api_port}/docs")
    if keeps_mail:
        print(f"Mail is kept at http://localhost:{web_port}/dev/mailbox")
    if credentials:
        print("\nSign in as the administrator just created:")
        print("\n".join(credentials))
    print("\nCtrl-C ends both.\n", flush=True)


def _watch(processes: Processes) -> int:
    try:
        while True:
            processes.pause()
            _stop_if_one_ended(processes)
    except Interrupted:
        print("\nEnding …", flush=True)
        processes.stop()
        return 0


def _stop_if_one_ended(processes: Processes) -> None:
    ended = processes.ended()
    if ended is not None:
        what = {"api": "The API", "web": "The page's server"}[ended.name]
        raise Stop(
            f"{what} ended by itself with code {ended.code}, so the rest was ended too: the reason "
            f"is in the lines marked {ended.name!r} above."
        )
