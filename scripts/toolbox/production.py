"""The production stack, as `deploy`, `backup` and `restore` see it. Standard library alone."""

import os
import secrets
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

from toolbox.errors import Stop
from toolbox.paths import ROOT
from toolbox.processes import Processes

FILE = ROOT / "compose.production.yaml"
DATABASE = "kingpost"
# The account of the image, for secrets of root: a container is not to run as root.
APP_ID = 10001
GENERATED = {"SECRET_KEY": 48, "DATABASE_PASSWORD": 32, "ADMIN_PASSWORD": 15}
# What nobody can make up: empty until somebody writes it.
GIVEN = ["SMTP_PASSWORD"]


def read_settings(file: Path = ROOT / ".env") -> dict[str, str]:
    """Return the plain `NAME=value` lines of a file, and the environment, which wins.

    Compose reads the whole syntax by itself; this is for the few settings that are checked here.
    """
    written: dict[str, str] = {}
    if file.is_file():
        for line in file.read_text("utf-8").splitlines():
            name, sign, value = line.strip().partition("=")
            if sign and not name.startswith("#"):
                written[name.strip()] = value.strip().strip("\"'")
    return {**written, **os.environ}


def make_secrets(folder: Path) -> list[str]:
    """Generate the secrets that are missing, readable by one account alone; return their names."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    made = []
    for name in [*GENERATED, *GIVEN]:
        file = folder / name
        if file.exists():
            continue
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as written:
            if name in GENERATED:
                written.write(secrets.token_urlsafe(GENERATED[name]) + "\n")
                made.append(name)
    return made


def owner_of(folder: Path) -> str:
    """Return the account that containers run as, so that it can read the secrets in a folder.

    Secrets of root are given to the image's own account.
    """
    if os.getuid() == 0:
        for file in folder.iterdir():
            os.chown(file, APP_ID, APP_ID)
            file.chmod(0o600)
        return f"{APP_ID}:{APP_ID}"
    return f"{os.getuid()}:{os.getgid()}"


class Stack:
    """Docker Compose on the production stack.

    Args:
        processes: What the commands are started by.
        settings: The settings, as `read_settings` returns them.
    """

    def __init__(self, processes: Processes, settings: Mapping[str, str]) -> None:
        self._processes = processes
        self.secrets = ROOT / settings.get("SECRETS", "secrets")
        self.env = dict(os.environ)

    @classmethod
    def open(cls, processes: Processes, settings: Mapping[str, str]) -> "Stack":
        """Make sure that an engine answers, and make the secrets that are missing.

        Raises:
            Stop: There is no engine or no Compose, or the engine is a rootless one.
        """
        if shutil.which("docker") is None:
            raise Stop("Docker was not found: install Docker Engine with Compose, version 2.20.")
        stack = cls(processes, settings)
        if "rootless" in stack.engine("info", "--format", "{{.SecurityOptions}}"):
            # It shows its user's files as root's, and nothing here runs as root.
            raise Stop("This is a rootless engine, where no container could read the secrets.")
        stack.engine("compose", "version")
        for name in make_secrets(stack.secrets):
            print(f"Made the secret {stack.secrets / name}.", flush=True)
        stack.env["APP_USER"] = owner_of(stack.secrets)
        return stack

    def engine(self, *words: str) -> str:
        """Return what a command of the engine prints. Raises `Stop` when it fails."""
        answer = subprocess.run(["docker", *words], capture_output=True, text=True, check=False)
        if answer.returncode != 0:
            raise Stop(f"`docker {words[0]}` does not work: {answer.stderr.strip()}")
        return answer.stdout

    def run(self, *words: str, stop: str) -> None:
        """Run a command of Compose. Raises `Stop` with the text *stop* when it fails."""
        if self._processes.run(self._command(words), env=self.env) != 0:
            raise Stop(stop)

    def pipe(
        self,
        *words: str,
        stop: str,
        source: IO[bytes] | None = None,
        target: IO[bytes] | None = None,
    ) -> None:
        """Run a command of Compose between two files. Raises `Stop` when it fails."""
        command = self._command(words)
        given = source or subprocess.DEVNULL
        code = subprocess.run(command, stdin=given, stdout=target, env=self.env, check=False)
        self._processes.check()
        if code.returncode != 0:
            raise Stop(stop)

    def ask(self, *words: str) -> str:
        """Return what a command of Compose prints. Raises `Stop` when it fails."""
        answer = subprocess.run(
            self._command(words), capture_output=True, text=True, env=self.env, check=False
        )
        if answer.returncode != 0:
            raise Stop(f"`docker compose {' '.join(words)}` failed: {answer.stderr.strip()}")
        return answer.stdout

    def containers(self, service: str) -> list[str]:
        """Return the ids of the running containers of a service."""
        return self.ask("ps", "--quiet", "--status", "running", service).split()

    def _command(self, words: Sequence[str]) -> list[str]:
        return ["docker", "compose", "--file", str(FILE), *words]
