"""Which paths a route serves."""

import re

from starlette.routing import BaseRoute, compile_path

from kingpost._plan.paths import path_parts

__all__ = ["OnPath"]


class OnPath(BaseRoute):
    """A route that knows its path, and makes the pattern of it when somebody asks.

    The router's index finds routes without it.
    """

    path: str
    path_format: str

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
