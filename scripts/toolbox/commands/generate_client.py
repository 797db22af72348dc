"""`./scripts/generate-client`: openapi.json from the API, the TypeScript client from it."""

import argparse

from toolbox import contract
from toolbox.processes import Processes


def main(arguments: list[str]) -> int:
    """Write openapi.json and frontend/src/client; with --check only say whether they are stale."""
    parser = argparse.ArgumentParser(prog="./scripts/generate-client", description=main.__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; fail when stale")
    options = parser.parse_args(arguments)
    with Processes() as processes:
        if options.check:
            complaints = [text for text in contract.stale(processes).values() if text is not None]
            print("\n".join(complaints) or "openapi.json and the client are current.", flush=True)
            return int(bool(complaints))
        contract.write_document(processes)
        contract.write_client(processes)
    return 0
