"""The first lines of every script, which an old Python reads too."""

import ast
import os
import sys
from pathlib import Path

import pytest

from toolbox import interpreter
from toolbox.paths import ROOT

SCRIPTS = ["check", "check_layout.py", "dev", "format", "generate-client", "lock", "test"]
READ_FIRST = [*SCRIPTS, "toolbox/__init__.py", "toolbox/handover.py", "toolbox/interpreter.py"]


@pytest.mark.parametrize("name", READ_FIRST)
def test_an_old_python_gets_as_far_as_the_sentence(name: str) -> None:
    """What runs before the version is known keeps to the syntax of Python 3.6."""
    source = (ROOT / "scripts" / name).read_text("utf-8")

    ast.parse(source, name, feature_version=(3, 6))


@pytest.mark.parametrize("name", SCRIPTS)
def test_the_scripts_can_be_started(name: str) -> None:
    """Every script has its run bit and finds Python by the PATH."""
    script = ROOT / "scripts" / name

    assert os.access(script, os.X_OK)
    assert script.read_text("utf-8").startswith("#!/usr/bin/env python3\n")


def test_the_sentence_names_both_versions() -> None:
    """A person reads which Python it is, which one is needed and what to type."""
    sentence = interpreter.too_old((3, 9, 18), "/usr/bin/python3", "scripts/dev")

    assert (
        "Python 3.11 or newer is needed; this is 3.9.18 (/usr/bin/python3). "
        "Install a newer one and run this again with it, for example: python3.11 scripts/dev"
    ) == sentence


def test_a_newer_python_on_the_path_is_found(tmp_path: Path) -> None:
    """The newest one that starts is taken; a version manager's dead shim is passed over."""
    (tmp_path / "python3.19").write_text("#!/bin/sh\nexit 127\n")
    (tmp_path / "python3.19").chmod(0o755)
    (tmp_path / "python3.11").symlink_to(sys.executable)

    assert str(tmp_path / "python3.11") == interpreter.find_newer(str(tmp_path))


def test_no_newer_python_is_no_error(tmp_path: Path) -> None:
    """An empty PATH, or one without a newer Python, gives none."""
    assert interpreter.find_newer("") is None
    assert interpreter.find_newer(str(tmp_path)) is None


def test_the_other_pythons_on_the_path(tmp_path: Path) -> None:
    """Each that starts, by its minor version; the one that runs already is none of them."""
    (tmp_path / "python3.19").write_text("#!/bin/sh\nexit 127\n")
    (tmp_path / "python3.18").symlink_to(sys.executable)
    (tmp_path / f"python3.{sys.version_info[1]}").symlink_to(sys.executable)
    (tmp_path / "python3.19").chmod(0o755)

    assert interpreter.others(str(tmp_path)) == {18: str(tmp_path / "python3.18")}
