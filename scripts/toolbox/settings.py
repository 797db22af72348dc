"""The settings as the scripts see them: the file .env, and the environment above it."""

import os
from pathlib import Path

from dotenv import dotenv_values

from toolbox.paths import ROOT


def read(file: Path = ROOT / ".env") -> dict[str, str]:
    """Return the settings of the file and the environment; the environment wins.

    The file is read by the same library that the backend's settings use, so both see the same.
    """
    written = {name: value for name, value in dotenv_values(file).items() if value is not None}
    return {**written, **os.environ}
