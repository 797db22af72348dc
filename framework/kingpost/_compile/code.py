"""Python source, built line by line, compiled, and shown in tracebacks."""

import keyword
import linecache
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

__all__ = ["CodeBuilder"]

_INDENT = "    "


class CodeBuilder:
    """Writes one asynchronous function.

    Values of the program (functions, validators) are *bound*: they become globals of the generated
    function under a name of their own.

    Args:
        title: What the function is for, shown as the file name in tracebacks.
        reserved: Names that are taken: the function's own parameters.
    """

    def __init__(self, title: str, reserved: tuple[str, ...] = ()) -> None:
        self._title = title
        self._lines: list[str] = []
        self._depth = 0
        self._globals: dict[str, Any] = {}
        self._by_identity: dict[int, str] = {}
        self._names: set[str] = set(reserved)

    # --- names ----------------------------------------------------------------------------------

    def name(self, wanted: str) -> str:
        """Return an unused identifier that looks like `wanted`."""
        base = re.sub(r"[^0-9A-Za-z_]", "_", wanted).strip("_") or "value"
        if base[0].isdigit():
            base = f"value_{base}"
        if keyword.iskeyword(base):
            base += "_"
        candidate, count = base, 2
        while candidate in self._names:
            candidate = f"{base}_{count}"
            count += 1
        self._names.add(candidate)
        return candidate

    def bind(self, wanted: str, value: Any) -> str:
        """Make a value known to the function and return its name; the same value has one name."""
        known = self._by_identity.get(id(value))
        if known is not None:
            return known
        name = self.name(wanted)
        self._globals[name] = value
        self._by_identity[id(value)] = name
        return name

    def give(self, name: str, value: Any) -> None:
        """Make a value known under a reserved name."""
        self._globals[name] = value

    # --- statements -----------------------------------------------------------------------------

    def line(self, text: str) -> None:
        """Add a statement."""
        self._lines.append(_INDENT * self._depth + text)

    def comment(self, text: str) -> None:
        """Add a comment."""
        self.line("# " + " ".join(text.split()))

    def assign(self, target: str, expression: str) -> None:
        """Add ``target = expression``."""
        self.line(f"{target} = {expression}")

    @contextmanager
    def block(self, header: str) -> Iterator[None]:
        """Add a compound statement, such as ``if x:``, whose body is written inside."""
        self.line(header)
        self.enter()
        start = len(self._lines)
        yield
        if len(self._lines) == start:
            self.line("pass")
        self.leave()

    def enter(self) -> None:
        """Write what follows one step further in."""
        self._depth += 1

    def leave(self) -> None:
        """Write what follows one step further out."""
        self._depth -= 1

    # --- the result -----------------------------------------------------------------------------

    @property
    def source(self) -> str:
        """What has been written so far."""
        return "\n".join(self._lines) + "\n"

    def compile(self, function: str) -> Callable[..., Any]:
        """Return the function of this name.

        The source is put where tracebacks and debuggers look for the text of a file.
        """
        source = self.source
        filename = f"<{self._title}>"
        count = 2
        while filename in linecache.cache and _cached(filename) != source:
            filename = f"<{self._title} {count}>"
            count += 1
        linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
        namespace = dict(self._globals)
        exec(compile(source, filename, "exec"), namespace)  # noqa: S102 - our own text
        compiled: Callable[..., Any] = namespace[function]
        return compiled


def _cached(filename: str) -> str:
    return "".join(linecache.cache[filename][2])  # type: ignore[misc]
