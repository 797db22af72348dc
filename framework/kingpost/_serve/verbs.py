"""The decorators for HTTP methods, once for routers and applications."""

from abc import abstractmethod
from collections.abc import Callable
from typing import Unpack

from kingpost._declare.operations import VerbOptions
from kingpost._http.types import DecoratedCallable
from kingpost._serve.options import VERB

__all__ = ["Verbs"]


class Verbs:
    """Decorators that register a function as a path operation and return it unchanged."""

    @abstractmethod
    def _decorator(
        self, verb: str, path: str, options: VerbOptions
    ) -> Callable[[DecoratedCallable], DecoratedCallable]:
        """Return the decorator for one method."""

    @VERB.written_out
    def get(
        self, path: str, **options: Unpack[VerbOptions]
    ) -> Callable[[DecoratedCallable], DecoratedCallable]:
        """Register a function for GET (RFC 9110, section 9.3.1)."""
        return self._decorator("get", path, options)

    @VERB.written_out
    def put(
        self, path: str, **options: Unpack[VerbOptions]
    ) -> Callable[[DecoratedCallable], DecoratedCallable]:
        """Register a function for PUT (RFC 9110, section 9.3.4)."""
        return self._decorator("put", path, options)

    @VERB.written_out
    def post(
        self, path: str, **options: Unpack[VerbOptions]
    ) -> Callable[[DecoratedCallable], DecoratedCallable]:
        """Register a function for POST (RFC 9110, section 9.3.3)."""
        return self._decorator("post", path, options)

    @VERB.written_out
    def delete(
        self, path: str, **options: Unpack[VerbOptions]
    ) -> Callable[[DecoratedCallable], DecoratedCallable]:
        """Register a function for DELETE (RFC 9110, section 9.3.5)."""
        return self._decorator("delete", path, options)

    @VERB.written_out
    def options(
        self, path: str, **options: Unpack[VerbOptions]
    ) -> Callable[[DecoratedCallable], DecoratedCallable]:
        """Register a function for OPTIONS (RFC 9110, section 9.3.7)."""
        return self._decorator("options", path, options)

    @VERB.written_out
    def head(
        self, path: str, **options: Unpack[VerbOptions]
    ) -> Callable[[DecoratedCallable], DecoratedCallable]:
        """Register a function for HEAD (RFC 9110, section 9.3.2)."""
        return self._decorator("head", path, options)

    @VERB.written_out
    def patch(
        self, path: str, **options: Unpack[VerbOptions]
    ) -> Callable[[DecoratedCallable], DecoratedCallable]:
        """Register a function for PATCH (RFC 5789)."""
        return self._decorator("patch", path, options)

    @VERB.written_out
    def trace(
        self, path: str, **options: Unpack[VerbOptions]
    ) -> Callable[[DecoratedCallable], DecoratedCallable]:
        """Register a function for TRACE (RFC 9110, section 9.3.8)."""
        return self._decorator("trace", path, options)
