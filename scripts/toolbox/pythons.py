"""Which Pythons beside this one the framework's tests can run on here."""

import os
import re
import sys
import tomllib
from collections.abc import Collection, Mapping
from pathlib import Path

from toolbox import interpreter
from toolbox.paths import ROOT

MANIFEST = ROOT / "framework" / "pyproject.toml"
_CLASSIFIER = re.compile(r"Programming Language :: Python :: 3\.(\d+)")
_RELEASE = re.compile(r"3(\.\d+)+")


def others(settings: Mapping[str, str]) -> dict[int, str]:
    """Return the others by their minor version: those of the PATH, then those of pyenv."""
    return interpreter.others(_search_path(settings))


def note(found: Collection[int]) -> str:
    """Say on which others the tests ran, and which Pythons that we promise are not here."""
    ran = f"on {_names(found)}" if found else "no other Python is here"
    missing = set(_promised()) - set(found) - {sys.version_info.minor}
    return f"{ran}; not found: {_names(missing)}" if missing else ran


def _names(minors: Collection[int]) -> str:
    return ", ".join(f"3.{minor}" for minor in sorted(minors))


def _search_path(settings: Mapping[str, str]) -> str:
    """Return the PATH and, behind it, the folder of each of pyenv's Pythons, the newest first.

    pyenv shows few of its Pythons on the PATH, often one; its shims for the others start nothing.
    """
    root = Path(settings.get("PYENV_ROOT") or Path.home() / ".pyenv")
    releases = [
        folder for folder in root.glob("versions/*") if _RELEASE.fullmatch(folder.name) is not None
    ]
    releases.sort(key=lambda folder: [int(part) for part in folder.name.split(".")], reverse=True)
    folders = [str(folder / "bin") for folder in releases]
    return os.pathsep.join([settings.get("PATH", ""), *folders])


def _promised() -> list[int]:
    """Return the minor versions that the framework's manifest names."""
    manifest = tomllib.loads(MANIFEST.read_text("utf-8"))
    found = map(_CLASSIFIER.fullmatch, manifest["project"]["classifiers"])
    return [int(match[1]) for match in found if match is not None]
