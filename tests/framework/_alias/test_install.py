"""The alias, each time in a process of its own; the real peer is installed beside it."""

from .conftest import Run

FOREIGN = """
def foreign():
    '''Return the modules of the name fastapi whose file is not ours.'''
    import pathlib, sys, kingpost
    home = pathlib.Path(kingpost.__file__).parent
    return [
        name for name, module in sys.modules.items()
        if name.partition(".")[0] == "fastapi" and home not in pathlib.Path(module.__file__).parents
    ]
"""


class TestInstall:
    def test_gives_the_old_names_to_the_same_classes(self, run: Run) -> None:
        """Nobody can tell the alias's classes from ours, for they are ours."""
        output = run(
            FOREIGN
            + """
import kingpost
kingpost.install_as_fastapi()
import fastapi, kingpost.exceptions
from fastapi import APIRouter, FastAPI
from fastapi.exceptions import FastAPIDeprecationWarning, FastAPIError
assert FastAPI is kingpost.Kingpost and APIRouter is kingpost.APIRouter
assert FastAPIError is kingpost.exceptions.KingpostError
assert FastAPIDeprecationWarning is kingpost.exceptions.KingpostDeprecationWarning
print(FastAPI.__module__, FastAPI.__name__, FastAPIError, fastapi.__version__, foreign())
"""
        )

        assert output == (
            "fastapi.applications FastAPI <class 'fastapi.exceptions.FastAPIError'> 0.165.0 []"
        )

    def test_hides_our_names(self, run: Run) -> None:
        """A star import brings the peer's names and none of ours."""
        output = run(
            """
            import kingpost
            kingpost.install_as_fastapi()
            names = {}
            exec("from fastapi import *", names)
            print(*(name for name in names if "ingpost" in name), "FastAPI" in names,
                  "responses" in names, names["status"].__name__)
            import fastapi
            print(hasattr(fastapi, "Kingpost"), hasattr(fastapi.exceptions, "KingpostError"))
            """
        )

        assert output.splitlines() == ["True True starlette.status", "False False"]

    def test_speaks_as_the_peer(self, run: Run) -> None:
        """Title, logger and environment are the peer's."""
        output = run(
            """
            import importlib.metadata, os
            import kingpost
            kingpost.install_as_fastapi()
            import fastapi.logger
            os.environ["FASTAPI_ENV"] = "development"
            import warnings
            app = fastapi.FastAPI()
            with warnings.catch_warnings(record=True) as caught:
                warnings.simplefilter("always")
                app.frontend("/", directory="nowhere", check_dir="auto")
            print(app.title, fastapi.logger.logger.name, len(caught),
                  importlib.metadata.version("FastAPI"))
            """
        )

        assert output == "FastAPI fastapi 1 0.165.0"

    def test_may_be_called_twice(self, run: Run) -> None:
        """A library and its application may both ask for the alias."""
        output = run(
            """
            import sys
            from kingpost import install_as_fastapi
            install_as_fastapi()
            import fastapi
            before = list(sys.meta_path)
            install_as_fastapi()
            print(before == sys.meta_path)
            """
        )

        assert output == "True"

    def test_refuses_to_come_too_late(self, run: Run) -> None:
        """Half of the classes of each framework would be worse than an error."""
        output = run(
            """
            import fastapi.params
            from kingpost import install_as_fastapi
            from kingpost.exceptions import KingpostError
            try:
                install_as_fastapi()
            except KingpostError as exc:
                print(exc)
            """
        )

        assert output.startswith("fastapi was imported already, from ")
        assert output.endswith(
            "Call install_as_fastapi() first, before anything that imports fastapi."
        )
