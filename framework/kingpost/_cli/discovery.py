"""Finds the application to serve.

kingpost dev                        [tool.kingpost] entrypoint in pyproject.toml, or else the
                                    first of main.py, app.py, api.py, here and in app/
kingpost dev shop/web.py            that file
kingpost dev -e shop.web:app        that object
"""

import dataclasses
import importlib
import sys
import tomllib
import traceback
from pathlib import Path
from types import ModuleType
from typing import Any

from starlette.applications import Starlette

from kingpost._cli.errors import CommandError
from kingpost._http.naming import NAMES, Names
from kingpost._serve.application import Kingpost

__all__ = ["Target", "find"]

_FILES = ("main.py", "app.py", "api.py")
_NAMES = ("app", "api")
_FOREIGN = (Path(__file__).parent.parent, Path(importlib.__file__).parent)


@dataclasses.dataclass(frozen=True, slots=True)
class Target:
    """An application and where it is."""

    module: str
    name: str
    app: Any

    @property
    def entrypoint(self) -> str:
        """Module and object, in the form that a server takes."""
        return f"{self.module}:{self.name}"


@dataclasses.dataclass(frozen=True, slots=True)
class _Place:
    """A module, perhaps an object in it, and the folder that it is imported from."""

    module: str
    name: str | None
    root: Path
    wanted_by: str
    """Who named it, for error messages."""


def find(
    path: Path | None = None,
    *,
    app: str | None = None,
    entrypoint: str | None = None,
    verbose: bool = False,
) -> Target:
    """Import the application.

    Args:
        path: Its file, or the folder with one of the usual names in it.
        app: The object's name; without it `app`, `api` or the first `Kingpost`.
        entrypoint: ``module:object`` instead of the two.
        verbose: Show the whole traceback of a module that fails.

    Raises:
        CommandError: There is no such file, module or object, or importing it fails.
    """
    if path is not None and entrypoint is not None:
        raise CommandError(
            f"Both {path} and --entrypoint {entrypoint} say where the application is. "
            "Leave out one of them."
        )
    place = _place(path, entrypoint)
    module = _load(place, verbose)
    name = _name_in(module, app or place.name)
    return Target(module=place.module, name=name, app=_attribute(module, name))


def _place(path: Path | None, entrypoint: str | None) -> _Place:
    here = Path.cwd()
    if entrypoint is not None:
        return _place_of_entrypoint(entrypoint, here, "--entrypoint")
    if path is not None:
        return _place_of_file(_file_at(path), str(path))
    configured = _configured(here / "pyproject.toml")
    if configured is not None:
        return _place_of_entrypoint(configured[0], here, configured[1])
    file = _usual_file(here) or _usual_file(here / "app")
    if file is None:
        raise CommandError(
            f"There is no application in {here}: neither {', '.join(_FILES)} nor one of them in "
            "app/. Name its file, or pass --entrypoint module:app, or set entrypoint below "
            f"[tool.{NAMES.package}] in pyproject.toml."
        )
    return _place_of_file(file, str(file.relative_to(here)))


def _configured(file: Path) -> tuple[str, str] | None:
    """Return the entrypoint that a project's settings name, and where they do."""
    if not file.is_file():
        return None
    try:
        settings = tomllib.loads(file.read_text(encoding="utf-8"))
    except ValueError as exc:
        raise CommandError(f"{file.name} is not valid TOML: {exc}.") from exc
    # Under the alias, the table of that name goes before our own.
    for package in dict.fromkeys((NAMES.package, Names().package)):
        value = settings.get("tool", {}).get(package, {}).get("entrypoint")
        table = f"[tool.{package}] in {file.name}"
        if value is not None and not isinstance(value, str):
            raise CommandError(
                f'entrypoint below {table} must be a text like "app.main:app", not {value!r}.'
            )
        if value is not None:
            return value, table
    return None


def _place_of_entrypoint(entrypoint: str, root: Path, wanted_by: str) -> _Place:
    module, _, name = entrypoint.partition(":")
    if not all(part.isidentifier() for part in module.split(".")):
        raise CommandError(
            f"{wanted_by} says {entrypoint!r}, which is not of the form module:app. For a file, "
            "leave the option out and write the file's name."
        )
    return _Place(module, name or None, root, wanted_by)


def _usual_file(folder: Path) -> Path | None:
    return next((folder / name for name in _FILES if (folder / name).is_file()), None)


def _file_at(path: Path) -> Path:
    if path.is_dir():
        file = _usual_file(path) or path / "__init__.py"
        if not file.is_file():
            raise CommandError(
                f"The folder {path} has no {', '.join(_FILES)} in it. Name the file."
            )
        return file
    if not path.exists():
        hint = f" For a module, pass --entrypoint {path}." if ":" in path.name else ""
        raise CommandError(f"There is no file {path}.{hint}")
    if path.suffix != ".py":
        raise CommandError(f"{path} is not a Python file: its name does not end with .py.")
    return path


def _place_of_file(file: Path, wanted_by: str) -> _Place:
    """Return the module of a file: its dotted name starts at the outermost package around it."""
    file = file.resolve()
    parts = [] if file.stem == "__init__" else [file.stem]
    folder = file.parent
    while (folder / "__init__.py").is_file():
        parts.insert(0, folder.name)
        folder = folder.parent
    return _Place(".".join(parts), None, folder, wanted_by)


def _load(place: _Place, verbose: bool) -> ModuleType:
    root = str(place.root)
    if sys.path[:1] != [root]:
        sys.path.insert(0, root)
    try:
        return importlib.import_module(place.module)
    except Exception as exc:
        missing = exc.name if isinstance(exc, ModuleNotFoundError) else None
        if missing and f"{place.module}.".startswith(f"{missing}."):
            raise CommandError(
                f"{place.wanted_by} names the module {place.module}, and there is none in "
                f"{place.root}."
            ) from exc
        raise CommandError(_failure(place, exc, verbose)) from exc


def _failure(place: _Place, exc: Exception, verbose: bool) -> str:
    """Return what went wrong in a module, with the lines of the application only."""
    report = traceback.TracebackException.from_exception(exc)
    if not verbose:
        own = [frame for frame in report.stack if not _is_foreign(frame.filename)]
        report.stack = traceback.StackSummary.from_list(own)
        report.__cause__ = report.__context__ = None
    text = "".join(report.format()).rstrip()
    hint = "" if verbose else "\nPass --verbose for the whole traceback."
    return f"{place.wanted_by} could not be imported.\n{text}{hint}"


def _is_foreign(filename: str) -> bool:
    """Tell whether a line belongs to the import machinery or to this package."""
    path = Path(filename)
    return filename.startswith("<frozen ") or any(path.is_relative_to(at) for at in _FOREIGN)


def _name_in(module: ModuleType, wanted: str | None) -> str:
    if wanted is not None:
        return wanted
    for name in _NAMES:
        if isinstance(getattr(module, name, None), Starlette):
            return name
    for name, value in vars(module).items():
        if isinstance(value, Kingpost):
            return name
    raise CommandError(
        f"The module {module.__name__} has no application: no object of it is a Kingpost. Write "
        "app = Kingpost() in it, or name another object with --app."
    )


def _attribute(module: ModuleType, name: str) -> Any:
    value: Any = module
    for part in name.split("."):
        if not hasattr(value, part):
            found = [key for key, item in vars(module).items() if isinstance(item, Kingpost)]
            hint = f" It has {', '.join(found)}." if found else ""
            raise CommandError(f"The module {module.__name__} has no object {name!r}.{hint}")
        value = getattr(value, part)
    if not callable(value):
        raise CommandError(
            f"{name!r} in the module {module.__name__} is no application but of type "
            f"{type(value).__name__}. Name another object with --app."
        )
    return value
