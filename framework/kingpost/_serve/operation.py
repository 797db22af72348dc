"""What HTTP and WebSocket operations have in common: where they are, and what is overridden."""

import re
from collections.abc import Callable, Mapping
from typing import Any, Protocol

from starlette.routing import BaseRoute, Match, compile_path
from starlette.types import Scope

from kingpost._plan.paths import path_parts
from kingpost._serve.copying import Copied

__all__ = ["Operation", "OverridesProvider"]


class OverridesProvider(Protocol):
    """Whatever holds the dependency overrides: the application."""

    dependency_overrides: dict[Callable[..., Any], Callable[..., Any]]


class Operation(Copied, BaseRoute):
    """A route to an endpoint that is declared by its signature.

    It makes the pattern of its path when somebody asks: the router's index finds it without.

    Attributes:
        path: Where it is served.
        path_format: The path with the bare names of its parameters.
        dependency_overrides_provider: What holds the dependency overrides.
    """

    path: str
    path_format: str
    dependency_overrides_provider: OverridesProvider | None

    def _take_path(self) -> None:
        self._matched_path = self.path
        self.path_format, self.param_convertors = path_parts(self.path)
        self._path_regex: re.Pattern[str] | None = None

    @property
    def path_regex(self) -> re.Pattern[str]:
        """What a request's path has to look like; may be changed."""
        if self._path_regex is None:
            self._path_regex = compile_path(self._matched_path)[0]
        return self._path_regex

    @path_regex.setter
    def path_regex(self, pattern: re.Pattern[str]) -> None:
        self._path_regex = pattern

    @property
    def goes_by_path(self) -> bool:
        """Whether `path` alone is known to decide which requests the route serves."""
        return self._path_regex is None and self.path == self._matched_path

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Tell whether the route serves a request or a handshake; see Starlette's routes."""
        match, child_scope = super().matches(scope)
        if match is not Match.NONE:
            child_scope["route"] = self
        return match, child_scope

    matches.matches_by_path = True  # type: ignore[attr-defined]

    def _overrides(self) -> Mapping[Callable[..., Any], Callable[..., Any]]:
        provider = self.dependency_overrides_provider
        return provider.dependency_overrides if provider is not None else {}
