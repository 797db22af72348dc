"""`./scripts/backup`: the database of the production stack, in one file."""

import argparse
import os
from datetime import UTC, datetime
from pathlib import Path

from toolbox import production
from toolbox.errors import Stop
from toolbox.paths import ROOT
from toolbox.processes import Processes
from toolbox.production import DATABASE, Stack

ENDING = ".dump"


def main(arguments: list[str]) -> int:
    """Write the database to backups/, readable by you alone, while everything goes on."""
    parser = argparse.ArgumentParser(prog="./scripts/backup", description=main.__doc__)
    parser.add_argument("--folder", type=Path, default=ROOT / "backups", help="where to")
    parser.add_argument("--keep", type=int, metavar="N", help="remove all but the newest N")
    options = parser.parse_args(arguments)
    if options.keep is not None and options.keep < 1:
        raise Stop("--keep must be 1 or more, so that the new backup itself stays.")
    with Processes() as processes:
        stack = Stack.open(processes, production.read_settings())
        print(write(stack, options.folder), flush=True)
    if options.keep is not None:
        for old in written(options.folder)[: -options.keep]:
            old.unlink()
    return 0


def written(folder: Path) -> list[Path]:
    """Return the backups in a folder, oldest first."""
    return sorted(folder.glob(f"{DATABASE}-*{ENDING}"))


def write(stack: Stack, folder: Path) -> Path:
    """Write a backup and read it once; a file of this name is always whole."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    moment = datetime.now(UTC).strftime("%Y-%m-%dT%H-%M-%SZ")
    file = folder / f"{DATABASE}-{moment}{ENDING}"
    draft = file.with_suffix(".draft")
    dump = ["pg_dump", "--username", DATABASE, "--format=custom", DATABASE]
    inside = ["exec", "--no-TTY", "db"]
    descriptor = os.open(draft, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "w+b") as content:
            failed = "No backup was written: the database could not be read, see above."
            stack.pipe(*inside, *dump, target=content, stop=failed)
            content.seek(0)
            failed = "No backup was written: what came from the database cannot be read again."
            with Path(os.devnull).open("wb") as nowhere:
                listing = [*inside, "pg_restore", "--list"]
                stack.pipe(*listing, source=content, target=nowhere, stop=failed)
            os.fsync(content.fileno())
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)
    return file
