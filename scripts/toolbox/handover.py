"""Going on as another program; read by an old Python too, see `interpreter`."""

import os
import subprocess
import sys


def replace_process(command: "list[str]") -> None:
    """Go on as another program: the same process where the system can, else one we wait for."""
    if os.name == "nt":
        sys.exit(subprocess.call(command))
    os.execv(command[0], command)  # noqa: S606
