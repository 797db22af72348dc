"""`./scripts/deploy`: build, migrate, start the new replicas, wait for them, end the old ones."""

import argparse
import subprocess
import time

from toolbox import production
from toolbox.errors import Stop
from toolbox.paths import ROOT
from toolbox.processes import Processes
from toolbox.production import Stack

PATIENCE = 300.0  # seconds that a new replica has to get ready


def main(arguments: list[str]) -> int:
    """Bring this server to the release in this folder; the old one serves until the new one does.

    The settings are in .env (DOMAIN and ADMIN_EMAIL at least); secrets are made the first time.
    """
    parser = argparse.ArgumentParser(prog="./scripts/deploy", description=main.__doc__)
    parser.parse_args(arguments)
    settings = production.read_settings()
    check(settings)
    with Processes() as processes:
        stack = Stack.open(processes, settings)
        stack.env["REVISION"] = revision()
        _build(stack)
        _prepare(stack)
        _roll(stack, processes, int(settings.get("API_REPLICAS") or 2))
        _start_proxy(stack)
        # Images that no tag names any more: those of former releases.
        label = "label=org.opencontainers.image.title=kingpost"
        stack.engine("image", "prune", "--force", "--filter", label)
    domain, port = settings.get("DOMAIN") or "localhost", settings.get("HTTPS_PORT") or "443"
    print(f"\nReady: https://{domain}{'' if port == '443' else f':{port}'}", flush=True)
    print(f"The administrator's first password: {stack.secrets / 'ADMIN_PASSWORD'}", flush=True)
    return 0


def check(settings: dict[str, str]) -> None:
    """Raise `Stop` for settings with which nobody could reach the product."""
    domain = settings.get("DOMAIN", "")
    if not domain:
        raise Stop(
            "DOMAIN is missing: write the name that people reach this server by into .env, as in "
            "DOMAIN=app.example.com (or DOMAIN=localhost to try it out)."
        )
    email = settings.get("ADMIN_EMAIL", "")
    if domain != "localhost" and (not email or email.endswith("@example.com")):
        raise Stop(
            "ADMIN_EMAIL is missing: write your address into .env; it is that of the first "
            "administrator, and the contact of the certificate authority."
        )


def revision() -> str:
    """Return the commit of this folder, or `unknown`."""
    command = ["git", "-C", str(ROOT), "rev-parse", "HEAD"]
    try:
        answer = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError:
        return "unknown"
    return answer.stdout.strip() or "unknown"


def _build(stack: Stack) -> None:
    print("Building the release …", flush=True)
    stack.run("build", "--quiet", "migrate", stop="Nothing was changed: the build failed.")


def _prepare(stack: Stack) -> None:
    unchanged = "The release that runs goes on unchanged."
    services = ["up", "--detach", "--wait", "--quiet-pull", "db", "cache"]
    stack.run(*services, stop=f"The database and the cache did not start. {unchanged}")
    once = ["run", "--rm", "--no-deps", "--quiet-pull"]
    print("Migrating the database …", flush=True)
    stack.run(*once, "migrate", stop=f"The database could not be migrated. {unchanged}")
    stack.run(*once, "publish", stop=f"The front end could not be published. {unchanged}")


def _roll(stack: Stack, processes: Processes, replicas: int) -> None:
    """Start the new replicas beside the old ones; end the old ones when the new ones serve."""
    # One that was stopped, perhaps long ago, would be started again and pass for a new one.
    stack.run("rm", "--force", "api", stop="Nothing was started.")
    old = stack.containers("api")
    print(f"Starting {replicas} new, to replace {len(old)} …", flush=True)
    started = ["up", "--detach", "--no-deps", "--no-recreate", "--quiet-pull"]
    stack.run(*started, "--scale", f"api={len(old) + replicas}", "api", stop="Nothing was started.")
    new = [name for name in stack.containers("api") if name not in old]
    try:
        _wait_until_healthy(stack, processes, new)
    except Stop:
        print("\n".join(stack.engine("logs", "--tail", "20", name) for name in new[:1]))
        for name in new:
            stack.engine("rm", "--force", name)
        raise
    for name in old:
        # SIGTERM: it finishes what it has, and takes nothing more (backend/app/serve.py).
        stack.engine("stop", name)
        stack.engine("rm", name)


def _wait_until_healthy(stack: Stack, processes: Processes, names: list[str]) -> None:
    deadline = time.monotonic() + PATIENCE
    for name in names:
        while (health := _health(stack, name)) != "healthy":
            if health not in ("starting", "unhealthy") or time.monotonic() > deadline:
                raise Stop(
                    f"A new replica did not get ready ({health}): its log is above. The new ones "
                    "were removed, and the release that runs goes on."
                )
            processes.pause()


def _health(stack: Stack, name: str) -> str:
    form = "{{if .State.Running}}{{.State.Health.Status}}{{else}}{{.State.Status}}{{end}}"
    return stack.engine("inspect", "--format", form, name).strip()


def _start_proxy(stack: Stack) -> None:
    running = bool(stack.containers("proxy"))
    stop = "The proxy did not start: see `docker compose logs proxy`."
    stack.run("up", "--detach", "--wait", "--no-deps", "--quiet-pull", "proxy", stop=stop)
    if running:
        reload = [
            "exec",
            "--no-TTY",
            "proxy",
            "caddy",
            "reload",
            "--config",
            "/etc/caddy/Caddyfile",
        ]
        stack.run(*reload, stop="The proxy goes on with its former configuration: see above.")
