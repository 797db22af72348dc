"""The decorators for HTTP methods, once for routers and applications."""

from abc import abstractmethod
from collections.abc import Callable
from typing import Any, Unpack

from kingpost._declare.options import OperationOptions
from kingpost._http.types import DecoratedCallable

__all__ = ["Verbs"]


class Verbs:
    """Decorators that register a function as a path operation and return it unchanged."""

    @abstractmethod
    def add_api_route(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        """Register a path operation."""

    def api_route(
        self, path: str, *, methods: list[str] | None = None, **options: Unpack[OperationOptions]
    ) -> Callable[[DecoratedCallable], DecoratedCallable]:
        """Register a function for several methods.

        Args:
            path: Where it is served.
            methods: The methods; GET by default.
            options: See `OperationOptions`.
        """

        def register(function: DecoratedCallable) -> DecoratedCallable:
            self.add_api_route(path, function, methods=methods, **options)
            return function

        return register

    def get(
        self, path: str, **options: Unpack[OperationOptions]
    ) -> Callable[[DecoratedCallable], DecoratedCallable]:
        """Register a function for GET (RFC 9110, section 9.3.1)."""
        return self.api_route(path, methods=["GET"], **options)

    def put(
        self, path: str, **options: Unpack[OperationOptions]
    ) -> Callable[[DecoratedCallable], DecoratedCallable]:
        """Register a function for PUT (RFC 9110, section 9.3.4)."""
        return self.api_route(path, methods=["PUT"], **options)

    def post(
        self, path: str, **options: Unpack[OperationOptions]
    ) -> Callable[[DecoratedCallable], DecoratedCallable]:
        """Register a function for POST (RFC 9110, section 9.3.3)."""
        return self.api_route(path, methods=["POST"], **options)

    def delete(
        self, path: str, **options: Unpack[OperationOptions]
    ) -> Callable[[DecoratedCallable], DecoratedCallable]:
        """Register a function for DELETE (RFC 9110, section 9.3.5)."""
        return self.api_route(path, methods=["DELETE"], **options)

    def options(
        self, path: str, **options: Unpack[OperationOptions]
    ) -> Callable[[DecoratedCallable], DecoratedCallable]:
        """Register a function for OPTIONS (RFC 9110, section 9.3.7)."""
        return self.api_route(path, methods=["OPTIONS"], **options)

    def head(
        self, path: str, **options: Unpack[OperationOptions]
    ) -> Callable[[DecoratedCallable], DecoratedCallable]:
        """Register a function for HEAD (RFC 9110, section 9.3.2)."""
        return self.api_route(path, methods=["HEAD"], **options)

    def patch(
        self, path: str, **options: Unpack[OperationOptions]
    ) -> Callable[[DecoratedCallable], DecoratedCallable]:
        """Register a function for PATCH (RFC 5789)."""
        return self.api_route(path, methods=["PATCH"], **options)

    def trace(
        self, path: str, **options: Unpack[OperationOptions]
    ) -> Callable[[DecoratedCallable], DecoratedCallable]:
        """Register a function for TRACE (RFC 9110, section 9.3.8)."""
        return self.api_route(path, methods=["TRACE"], **options)
