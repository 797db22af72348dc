"""Signatures of functions that take a long list of options.

Such a function says ``**options: Unpack[SomeOptions]`` and stays short; type checkers and editors
complete the keys. `inspect.signature` shows the whole list, and a call with an unknown option or
without some is completed or refused as if it had been written out.
"""

import inspect
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

__all__ = ["Options", "WrittenOut", "written_late"]

F = TypeVar("F", bound=Callable[..., Any])


class WrittenOut(inspect.Signature):
    """A signature that is made when somebody asks for it; few programs ever do.

    Args:
        make: Makes it.
    """

    __slots__ = ("_make",)

    def __init__(self, make: Callable[[], inspect.Signature]) -> None:
        # Not `super().__init__`: it would want the parameters now.
        self._make = make

    @property
    def parameters(self) -> Any:
        """The parameters, by name."""
        return self._make().parameters

    @property
    def return_annotation(self) -> Any:
        """The type of the result."""
        return self._make().return_annotation

    def replace(self, **changes: Any) -> Any:
        """Return a plain signature with some parts changed."""
        return self._make().replace(**changes)

    __replace__ = replace

    def __reduce__(self) -> Any:
        return self._make().__reduce__()


def written_late(changes: Callable[[], Mapping[str, Mapping[str, Any]]]) -> Callable[[F], F]:
    """Let `inspect.signature` show types and defaults that would be slow to import or make now.

    Args:
        changes: Returns, for the names of some parameters, what to replace in them: ``annotation``,
            ``default``.
    """

    def decorate(function: F) -> F:
        own = inspect.signature(function)

        def make() -> inspect.Signature:
            late = changes()
            return own.replace(
                parameters=[
                    parameter.replace(**late.get(name, {}))
                    for name, parameter in own.parameters.items()
                ]
            )

        function.__signature__ = WrittenOut(make)  # type: ignore[attr-defined]
        return function

    return decorate


class Options:
    """The options of a function, or of several, in order.

    Args:
        types: The `TypedDict` that names them. An option of it that has no place in `order` is
            taken, but not shown: programs compare these signatures with those of FastAPI.
        order: Their names, with spaces between them. What a function declares itself is named
            where it belongs among them; other names that are no options are passed over.
        defaults: What the options are where they are not given; None for those not named here.
        changed: Returns types that differ from those in `types`. Called when a signature is made,
            so that it can name what is defined later.
    """

    def __init__(
        self,
        types: Any,
        order: str,
        defaults: Mapping[str, Any],
        changed: Callable[[], Mapping[str, Any]] = dict,
    ) -> None:
        self._types: dict[str, Any] = types.__annotations__
        self._order = order.split()
        self._changed = changed
        self.defaults = {n: defaults.get(n) for n in self._order if n in self._types}
        """What the options are where they are not given."""
        self._known = self.defaults.keys() | self._types.keys()

    def complete(self, function: str, options: Mapping[str, Any]) -> dict[str, Any]:
        """Return the options with the defaults of those that were not given and are shown.

        Args:
            function: The name of the function that was called.
            options: What it was given.

        Raises:
            TypeError: There is no such option.
        """
        self.check(function, options)
        return {**self.defaults, **options}

    def check(self, function: str, options: Mapping[str, Any]) -> None:
        """Make sure that each option is one.

        Args:
            function: The name of the function that was called.
            options: What it was given.

        Raises:
            TypeError: There is no such option.
        """
        if not options.keys() <= self._known:
            unknown = next(name for name in options if name not in self._known)
            raise TypeError(f"{function}() got an unexpected keyword argument {unknown!r}")

    def written_out(self, function: F) -> F:
        """Let `inspect.signature` show the options of `function`, and return it."""
        own = inspect.signature(function)
        function.__signature__ = WrittenOut(lambda: self._signature(own))  # type: ignore[attr-defined]
        return function

    def _signature(self, own: inspect.Signature) -> inspect.Signature:
        types = {**self._types, **self._changed()}
        parameters = [
            parameter
            for name, parameter in own.parameters.items()
            if name not in self._order and parameter.kind is not parameter.VAR_KEYWORD
        ]
        for name in self._order:
            if name in own.parameters:
                parameters.append(own.parameters[name])
            elif name in types:
                kind, default = inspect.Parameter.KEYWORD_ONLY, self.defaults[name]
                parameters.append(
                    inspect.Parameter(name, kind, default=default, annotation=types[name])
                )
        return own.replace(parameters=parameters)
