"""The files of a built single-page application, with a fallback for the addresses of its pages."""

import copy
import dataclasses
import errno
import os
import stat
import warnings
from pathlib import Path
from typing import Literal, TypeAlias

from anyio.to_thread import run_sync
from starlette.datastructures import URL, Headers
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response
from starlette.staticfiles import StaticFiles

from kingpost._http.naming import NAMES
from kingpost._http.stack import user_stacklevel
from kingpost._http.types import Receive, Scope, Send
from kingpost._serve.paths import route_path

__all__ = ["Fallback", "Frontend"]

Fallback: TypeAlias = Literal["auto", "index.html", "404.html"] | None

_PAGE_TYPES = frozenset({"text/html", "application/xhtml+xml"})


@dataclasses.dataclass(frozen=True, slots=True)
class _File:
    """What stands at an address."""

    path: str
    facts: os.stat_result
    is_index: bool
    """Whether the address is that of a directory, and this is the page in it."""


class Frontend:
    """Serves a directory below a path.

    A file that is there is sent; a directory stands for its ``index.html``. For any other address
    `fallback` decides.

    Args:
        path: Where the front end begins; ``/`` for everything that no route takes.
        directory: Where the files are.
        fallback: What answers for an address without a file. "index.html": that page with 200, for
            requests that accept HTML; the front end's router shows what belongs there.
            "404.html": that page with 404. "auto": the second where there is such a file, or else
            the first. None: nothing; the answer is a plain 404.
        check_dir: Make sure now that the directory and a fallback file named above are there.
            "auto": warn only, of the directory alone, where ``KINGPOST_ENV`` is ``development``: a
            front end under development is served by its own tool and may not have been built.

    Attributes:
        path: The path without a slash at its end, so empty for ``/``.
        directory: Where the files are.

    Raises:
        AssertionError: The path or the fallback is not one of those that exist.
        RuntimeError: The directory or the fallback file is not there.
    """

    def __init__(
        self,
        path: str,
        *,
        directory: str | os.PathLike[str],
        fallback: Fallback = "auto",
        check_dir: bool | Literal["auto"] = "auto",
    ) -> None:
        self.path = _checked_path(path)
        if fallback not in ("auto", "index.html", "404.html", None):
            raise AssertionError(
                f"fallback must be 'auto', 'index.html', '404.html', or None, not {fallback!r}: "
                "no other file stands for the addresses of a front end."
            )
        self.directory = directory
        self._fallback = fallback
        self._files = StaticFiles(directory=directory, check_dir=False)
        self._directory_seen = False
        if check_dir == "auto" and os.environ.get(f"{NAMES.environment}_ENV") == "development":
            if not self._has_directory():
                warnings.warn(str(self._no_directory()), stacklevel=user_stacklevel())
        elif check_dir:
            self._check()

    def at(self, prefix: str) -> "Frontend":
        """Return the same front end for a router that is included under `prefix`."""
        moved = copy.copy(self)
        moved.path = prefix + self.path
        return moved

    def matches(self, path: str) -> bool:
        """Tell whether an address, without the application's root path, lies in this front end.

        Of several that match, the one with the longest `path` has to serve it.
        """
        return path == self.path or path.startswith(self.path + "/")

    async def admit(self, scope: Scope) -> None:
        """Refuse a method that no file answers; to be called before dependencies run.

        Raises:
            HTTPException: The method is neither GET nor HEAD: 405 where there is a file, else 404.
        """
        if scope["method"] not in ("GET", "HEAD"):
            found = await self._find(self._file_path(scope))
            raise HTTPException(status_code=404 if found is None else 405)

    async def response(self, scope: Scope) -> Response:
        """Return the answer to a GET or HEAD request.

        Raises:
            HTTPException: There is no such file, and no fallback for this request (404), or the
                file may not be read (401).
            RuntimeError: The directory or the fallback file is not there.
        """
        found = await self._find(self._file_path(scope))
        if found is None:
            return await self._fall_back(scope)
        if found.is_index and not scope["path"].endswith("/"):
            # Relative links of the page are relative to its directory.
            url = URL(scope=scope)
            return RedirectResponse(url.replace(path=url.path + "/"))
        return self._files.file_response(found.path, found.facts, scope)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request that no dependency has a say in.

        Raises:
            HTTPException: As for `admit` and `response`.
            RuntimeError: As for `response`.
        """
        await self.admit(scope)
        response = await self.response(scope)
        await response(scope, receive, send)

    def _file_path(self, scope: Scope) -> str:
        inside = route_path(scope)[len(self.path) :]
        return os.path.normpath(inside.lstrip("/"))

    async def _find(self, path: str) -> _File | None:
        try:
            return await run_sync(self._look_up, path)
        except PermissionError as exc:
            raise HTTPException(status_code=401) from exc
        except ValueError as exc:
            # No file name has a null byte, and a page of the front end has no such address.
            raise HTTPException(status_code=404) from exc
        except OSError as exc:
            if exc.errno == errno.ENAMETOOLONG:
                raise HTTPException(status_code=404) from exc
            raise

    def _look_up(self, path: str) -> _File | None:
        if not self._directory_seen:
            if not self._has_directory():
                raise self._no_directory()
            self._directory_seen = True
        found, facts = self._files.lookup_path(path)
        if facts is not None and stat.S_ISDIR(facts.st_mode):
            found, facts = self._files.lookup_path(f"{path}/index.html")
            is_index = True
        else:
            is_index = False
        if facts is None or not stat.S_ISREG(facts.st_mode):
            return None
        return _File(found, facts, is_index)

    async def _fall_back(self, scope: Scope) -> Response:
        if self._fallback in ("auto", "404.html"):
            page = await self._find("404.html")
            if page is not None:
                return self._files.file_response(page.path, page.facts, scope, status_code=404)
            if self._fallback == "404.html":
                raise self._no_fallback("404.html")
        if self._fallback is not None and _accepts_page(Headers(scope=scope).get("accept", "")):
            page = await self._find("index.html")
            if page is not None:
                return self._files.file_response(page.path, page.facts, scope)
            if self._fallback == "index.html":
                raise self._no_fallback("index.html")
        raise HTTPException(status_code=404)

    def _check(self) -> None:
        if not self._has_directory():
            raise self._no_directory()
        self._directory_seen = True
        if self._fallback in ("index.html", "404.html") and self._look_up(self._fallback) is None:
            raise self._no_fallback(self._fallback)

    def _has_directory(self) -> bool:
        # An empty name, of a setting that was left empty, say, is not the working directory.
        return bool(os.fspath(self.directory)) and Path(self.directory).is_dir()

    def _no_directory(self) -> RuntimeError:
        return RuntimeError(
            f"Frontend directory {os.fspath(self.directory)!r} does not exist. Resolved absolute "
            f"path: {str(Path(self.directory).resolve())!r}. Build the front end first, or pass "
            "check_dir=False to start without it."
        )

    def _no_fallback(self, name: str) -> RuntimeError:
        return RuntimeError(
            f"Frontend fallback file {name!r} does not exist in directory "
            f"{os.fspath(self.directory)!r}. Resolved absolute directory: "
            f"{str(Path(self.directory).resolve())!r}. Build the front end first, or pass another "
            "fallback."
        )


def _checked_path(path: str) -> str:
    if path and not path.startswith("/"):
        raise AssertionError(
            f"A frontend path must start with '/', and {path!r} does not. Write '/{path}'."
        )
    if not path or (path != "/" and not path.strip("/")):
        raise AssertionError(
            f"A frontend path cannot be empty, and {path!r} is. Write '/' for the whole site."
        )
    return path.rstrip("/")


def _accepts_page(accept: str) -> bool:
    """Tell whether an Accept header names HTML (RFC 9110, section 12.5.1).

    ``*/*`` is not enough: a script that fetches data sends it too, and has to learn of the 404.
    """
    for item in accept.split(","):
        media_type, *parameters = item.split(";")
        if media_type.strip().lower() in _PAGE_TYPES and _weight(parameters) != 0:
            return True
    return False


def _weight(parameters: list[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "q":
            try:
                return float(value.strip().strip('"'))
            except ValueError:
                return 1.0
    return 1.0
