"""From a script to its command: make the environment, go on inside of it, run `main`."""

import importlib
import sys

from toolbox import environment
from toolbox.errors import Interrupted, Stop
from toolbox.handover import replace_process


def run(module: str, *, inside: bool = True) -> None:
    """Run `module.main(arguments)`, inside the project's environment, and exit with its answer.

    A `Stop` is one sentence on stderr and exit code 1; an interrupt is 128 plus the signal, as
    shells report it.
    """
    try:
        if inside:
            _go_inside()
        code: int = importlib.import_module(module).main(sys.argv[1:])
    except Stop as stop:
        print(f"\n{stop}", file=sys.stderr)
        code = 1
    except Interrupted as interrupted:
        print("\nInterrupted: every process it started was ended.", file=sys.stderr)
        code = 128 + interrupted.signal
    sys.exit(code)


def _go_inside() -> None:
    python = environment.ensure()
    if not environment.is_inside():
        sys.stdout.flush()
        replace_process([str(python), *sys.argv])
