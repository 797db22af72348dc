"""Stamps: "this was made completely, from these inputs", so that it is not made twice.

A stamp is removed before the work starts and written after it ends. Work that was interrupted
has no stamp, and is done again.
"""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from toolbox.paths import ROOT


def digest(files: Iterable[Path], *words: str) -> str:
    """Return one hash over the files' names and contents and any further words, in any order."""
    total = hashlib.sha256("\0".join(words).encode())
    for file in sorted(files):
        content = hashlib.sha256(file.read_bytes()).hexdigest()
        total.update(f"\n{file.relative_to(ROOT).as_posix()} {content}".encode())
    return total.hexdigest()


def is_current(stamp: Path, value: str) -> bool:
    """Say whether the stamp exists and names these inputs."""
    try:
        return stamp.read_text("utf-8") == value
    except FileNotFoundError:
        return False


def clear(stamp: Path) -> None:
    """Remove the stamp: from here on the work is not done."""
    stamp.unlink(missing_ok=True)


def write(stamp: Path, value: str) -> None:
    """Write the stamp in one step, so that a reader never sees half of it."""
    stamp.parent.mkdir(parents=True, exist_ok=True)
    draft = stamp.with_name(f"{stamp.name}.draft")
    draft.write_text(value, "utf-8")
    draft.replace(stamp)
