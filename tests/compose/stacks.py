"""Stacks on a real engine: a clean copy of the tree, Compose on it, and nothing left at the end."""

import os
import secrets
import shutil
import socket
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# Somebody else than root and than the account of an image.
OWNER = 12_345
COMMAND_SECONDS = 900
WAIT_SECONDS = 300


def run(*command: str, cwd: Path = ROOT, env: Mapping[str, str] | None = None) -> str:
    """Run a command and return what it prints.

    Raises:
        AssertionError: It failed; with all that it said.
    """
    answer = subprocess.run(
        command,
        cwd=cwd,
        env={**os.environ, **(env or {})},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=COMMAND_SECONDS,
        check=False,
    )
    said = f"{' '.join(command)}\n{answer.stdout}\n{answer.stderr}"
    assert answer.returncode == 0, said
    return answer.stdout


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def copy_tree(target: Path) -> Path:
    """Make what a clone of this tree would be: no settings, no environment, nothing built."""
    listed = run("git", "ls-files", "--cached", "--others", "--exclude-standard", "-z")
    for name in filter(None, listed.split("\0")):
        source = ROOT / name
        if source.is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target / name)
    return target


def owned_by(owner: int, folder: Path) -> None:
    """Give a copy to somebody else, where we may."""
    if os.getuid() == 0:
        for path in [folder, *folder.rglob("*")]:
            os.chown(path, owner, owner)


class Stack:
    """Docker Compose on a copy of the tree.

    Args:
        folder: The copy.
        file: The file of Compose in it.
        env: Variables for it.
    """

    def __init__(self, folder: Path, file: str, env: Mapping[str, str]) -> None:
        self.folder = folder
        self.project = f"kingpost-test-{secrets.token_hex(3)}"
        self.env = {**env, "COMPOSE_PROJECT_NAME": self.project}
        self._file = file

    def compose(self, *words: str) -> str:
        """Run a command of Compose."""
        return run("docker", "compose", "--file", self._file, *words, cwd=self.folder, env=self.env)

    def containers(self, service: str) -> list[str]:
        """Return the ids of the running containers of a service."""
        return self.compose("ps", "--quiet", "--status", "running", service).split()

    def sql(self, query: str) -> list[str]:
        """Return the rows of a query, columns with a bar between."""
        psql = ["psql", "--username=kingpost", "--no-psqlrc", "--tuples-only", "--no-align"]
        return self.compose("exec", "--no-TTY", "db", *psql, "--command", query).splitlines()

    def left(self) -> list[str]:
        """Name the containers, volumes and networks that the engine has of it."""
        mine = f"label=com.docker.compose.project={self.project}"
        kinds = {
            "container": ["ps", "--all", "--format", "{{.Names}}"],
            "volume": ["volume", "ls", "--format", "{{.Name}}"],
            "network": ["network", "ls", "--format", "{{.Name}}"],
        }
        return [
            f"{kind} {name}"
            for kind, words in kinds.items()
            for name in run("docker", *words, "--filter", mine).split()
        ]

    def remove(self) -> None:
        """End it and remove all that it had, whatever state it is in."""
        self.compose("down", "--volumes", "--timeout", "2", "--remove-orphans")


def inspect(container: str, form: str) -> str:
    """Return what the engine says about a container or an image."""
    return run("docker", "inspect", "--format", form, container).strip()


def volumes(container: str) -> list[str]:
    """Name the volumes that a container has mounted."""
    return inspect(
        container, "{{range .Mounts}}{{if eq .Type `volume`}}{{.Name}} {{end}}{{end}}"
    ).split()


def wait_until_healthy(container: str) -> None:
    """Wait until a container says that it is well.

    Raises:
        AssertionError: It did not in time.
    """
    until = time.monotonic() + WAIT_SECONDS
    while inspect(container, "{{.State.Health.Status}}") != "healthy":
        logs = f"docker logs --tail 30 {container} 2>&1"
        assert time.monotonic() < until, run("sh", "-c", logs)
        time.sleep(0.2)
