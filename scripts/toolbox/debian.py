"""System packages, where we may install them: as root on Debian and its kin."""

import os
import shutil

from toolbox.errors import Stop
from toolbox.processes import Processes


def can_install() -> bool:
    """Say whether apt-get exists and we are root."""
    return shutil.which("apt-get") is not None and hasattr(os, "geteuid") and os.geteuid() == 0


def install(processes: Processes, package: str, reason: str) -> None:
    """Install a system package.

    Raises `Stop`, which names the package and the reason, where that is not possible.
    """
    if not can_install():
        raise Stop(
            f"The system package {package} is missing ({reason}). Install it, on Debian or Ubuntu "
            f"with: apt-get install {package}; then run this again."
        )
    print(f"Installing the system package {package} …", flush=True)
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    update = ["apt-get", "-qq", "update"]
    add = ["apt-get", "-qq", "install", "--yes", "--no-install-recommends", package]
    if processes.run(update, env=env) != 0 or processes.run(add, env=env) != 0:
        raise Stop(f"apt-get could not install {package} ({reason}): the reason is above.")
