"""Python source, built line by line, compiled, and shown in tracebacks."""

import builtins
import keyword
import linecache
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from types import CodeType, FunctionType
from typing import Any
from weakref import WeakValueDictionary

__all__ = ["CodeBuilder", "Text"]

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
        # Pydantic imports in the name of whoever calls it.
        self._globals: dict[str, Any] = {"__builtins__": builtins}
        self._by_identity: dict[int, str] = {}
        self._names: set[str] = set(reserved)

    # --- names ----------------------------------------------------------------------------------

    def name(self, wanted: str) -> str:
        """Return an unused identifier that looks like `wanted`."""
        base = _identifier(wanted)
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

    def compile(self, function: str) -> tuple[Callable[..., Any], "Text"]:
        """Return the function of this name, and its text, which others may have too.

        The text is put where tracebacks and debuggers look for that of a file.
        """
        text = _text_of(self.source, function)
        filename = f"<{self._title}>"
        count = 2
        while filename in linecache.cache and linecache.getlines(filename) != text.lines:
            filename = f"<{self._title} {count}>"
            count += 1
        linecache.cache[filename] = (len(text.lines), None, text.lines, filename)
        code = text.code.replace(co_filename=filename)
        return FunctionType(code, self._globals, function), text


class Text:
    """The source of a function, and the code that Python makes of it.

    Attributes:
        lines: The source, with the ends of the lines.
        code: What is called.
    """

    __slots__ = ("__weakref__", "code", "lines")

    def __init__(self, source: str, function: str) -> None:
        self.lines = source.splitlines(keepends=True)
        module = compile(source, "<kingpost>", "exec")
        self.code = next(
            constant
            for constant in module.co_consts
            if isinstance(constant, CodeType) and constant.co_name == function
        )

    def __str__(self) -> str:
        return "".join(self.lines)


_texts: "WeakValueDictionary[tuple[str, str], Text]" = WeakValueDictionary()
"""Texts of which there is a function: most operations of an application are like another one."""


def _text_of(source: str, function: str) -> Text:
    text = _texts.get((source, function))
    if text is None:
        text = _texts[source, function] = Text(source, function)
    return text


@lru_cache(maxsize=512)
def _identifier(wanted: str) -> str:
    """Return an identifier that looks like `wanted`."""
    name = re.sub(r"[^0-9A-Za-z_]", "_", wanted).strip("_") or "value"
    if name[0].isdigit():
        name = f"value_{name}"
    return f"{name}_" if keyword.iskeyword(name) else name
