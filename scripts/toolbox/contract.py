"""The contract between the halves: openapi.json, and the TypeScript client made from it."""

import filecmp
import sys
import tempfile
from pathlib import Path

from toolbox import node
from toolbox.errors import Stop
from toolbox.paths import FRONTEND, ROOT
from toolbox.processes import Processes

DOCUMENT = ROOT / "openapi.json"
CLIENT = FRONTEND / "src" / "client"
REMEDY = "run ./scripts/generate-client and commit what it writes"

EXPORT = """
import sys
from pathlib import Path
from app.openapi import render

Path(sys.argv[1]).write_text(render(), "utf-8", newline="\\n")
"""


def write_document(processes: Processes, target: Path = DOCUMENT) -> None:
    """Write the API's description. Raises `Stop` when the app cannot be made."""
    if processes.run([sys.executable, "-c", EXPORT, str(target)]) != 0:
        raise Stop("openapi.json could not be written: the reason is above.")


def write_client(processes: Processes, source: Path = DOCUMENT, target: Path = CLIENT) -> None:
    """Write the TypeScript client. Raises `Stop` when the generator fails."""
    words = ["--input", str(source), "--output", str(target), "--silent"]
    if node.run(processes, "@hey-api/openapi-ts/bin/run.js", *words) != 0:
        raise Stop("The TypeScript client could not be written: the reason is above.")


def stale(processes: Processes) -> dict[str, str | None]:
    """Say of the document and of the client what is stale about it, or None when it is current."""
    with tempfile.TemporaryDirectory() as name:
        document, client = Path(name) / "openapi.json", Path(name) / "client"
        write_document(processes, document)
        write_client(processes, DOCUMENT, client)
        current = DOCUMENT.exists() and document.read_bytes() == DOCUMENT.read_bytes()
        differing = sorted(_differences(client, CLIENT))
    return {
        "openapi.json": None if current else f"openapi.json does not match the API: {REMEDY}.",
        "client": None
        if not differing
        else f"frontend/src/client does not match openapi.json ({', '.join(differing)}): {REMEDY}.",
    }


def _differences(made: Path, committed: Path) -> set[str]:
    names = {
        file.relative_to(folder).as_posix()
        for folder in (made, committed)
        for file in folder.rglob("*")
        if file.is_file()
    }
    return {
        name
        for name in names
        if not ((made / name).is_file() and (committed / name).is_file())
        or not filecmp.cmp(made / name, committed / name, shallow=False)
    }
