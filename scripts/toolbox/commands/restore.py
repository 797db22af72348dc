"""`./scripts/restore`: a backup in the place of the production stack's database."""

import argparse
from pathlib import Path

from toolbox import production
from toolbox.errors import Stop
from toolbox.processes import Processes
from toolbox.production import DATABASE, Stack

DRAFT = f"{DATABASE}_restored"


def main(arguments: list[str]) -> int:
    """Replace the database by a backup. What is there now is lost; back it up first.

    The product is closed meanwhile. The old database goes only when the backup was read whole.
    """
    parser = argparse.ArgumentParser(prog="./scripts/restore", description=main.__doc__)
    parser.add_argument("file", type=Path, help="what ./scripts/backup wrote")
    parser.add_argument("--yes", action="store_true", help="do not ask")
    options = parser.parse_args(arguments)
    if not options.file.is_file():
        raise Stop(f"There is no file {options.file}; nothing was changed.")
    if not (options.yes or _confirmed()):
        raise Stop("Nothing was changed.")
    with Processes() as processes:
        restore(Stack.open(processes, production.read_settings()), options.file)
    print("\nRestored. Start the product with ./scripts/deploy.", flush=True)
    return 0


def restore(stack: Stack, file: Path) -> None:
    """Read a backup into a new database, and give that one the name of the old one."""
    before = "Nothing was changed."
    ready = ["up", "--detach", "--wait", "--quiet-pull", "db"]
    stack.run(*ready, stop=f"The database did not start. {before}")
    inside = ["exec", "--no-TTY", "db"]
    login = ["--username", DATABASE]
    drop = [*inside, "dropdb", *login, "--maintenance-db=postgres", "--if-exists", "--force"]
    create = [*inside, "createdb", *login, "--maintenance-db=postgres"]
    read = [*inside, "pg_restore", *login, "--exit-on-error", "--single-transaction", "--no-owner"]
    stack.run(*drop, DRAFT, stop=before)
    stack.run(*create, DRAFT, stop=before)
    with file.open("rb") as content:
        unread = f"{file} could not be read whole: see above. {before}"
        stack.pipe(*read, f"--dbname={DRAFT}", source=content, stop=unread)
    # From here on; until now everybody could go on working.
    stack.run("stop", "api", stop=before)
    stack.run(*drop, DATABASE, stop=before)
    rename = f'ALTER DATABASE "{DRAFT}" RENAME TO "{DATABASE}"'
    lost = f"The backup is in the database {DRAFT}: rename it to {DATABASE}."
    query = [*inside, "psql", *login, "--dbname=postgres", "--quiet", "--command", rename]
    stack.run(*query, stop=lost)


def _confirmed() -> bool:
    print("The present database will be replaced and is lost. Type yes to go on: ", end="")
    try:
        return input().strip().lower() == "yes"
    except EOFError:
        return False
