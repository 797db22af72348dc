import os
import subprocess
import sys

from kingpost._cli.aliased import ENTRYPOINT

from .conftest import Write


def test_the_application_is_imported_under_the_alias(project: Write) -> None:
    """The environment says which one; the alias holds before its first line runs."""
    project("shop.py", "import fastapi\nclass inner:\n    app = fastapi.FastAPI()\n")
    program = """
from kingpost._cli.aliased import application
print(type(application()).__module__)
"""

    paths = filter(None, [".", os.environ.get("PYTHONPATH")])
    done = subprocess.run(  # noqa: S603 - the interpreter of this very test
        [sys.executable, "-c", program],
        env={**os.environ, ENTRYPOINT: "shop:inner.app", "PYTHONPATH": os.pathsep.join(paths)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.stdout, done.stderr) == ("fastapi.applications\n", "")
