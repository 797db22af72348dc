"""Where things stand in the repository."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
REQUIREMENTS = ROOT / "requirements"
FRONTEND = ROOT / "frontend"
CACHE = ROOT / ".cache"


def venv_program(name: str, venv: Path = VENV) -> Path:
    """Return the path of a program in an environment: `bin/name`, or `Scripts\\name.exe`."""
    if os.name == "nt":
        return venv / "Scripts" / f"{name}.exe"
    return venv / "bin" / name
