"""Functions that declare a dependency."""

from collections.abc import Callable, Sequence
from typing import Any, Literal

from kingpost._declare import markers

__all__ = ["Depends", "Security"]


def Depends(  # noqa: N802
    dependency: Callable[..., Any] | None = None,
    *,
    use_cache: bool = True,
    scope: Literal["function", "request"] | None = None,
    max_concurrency: int | None = None,
) -> Any:
    """Declare that a parameter's value is the result of a callable.

    Args:
        dependency: What to call; without it the parameter's annotation is called.
        use_cache: Call it once in a request, however often it is needed.
        scope: When code after `yield` runs: "function" before the response is sent, "request"
            after it and the background tasks. Without it: "request".
        max_concurrency: How many calls of this dependency may run at once in an event loop. The
            limit belongs to this declaration; share it through an `Annotated` alias.

    Raises:
        ValueError: `max_concurrency` is not a positive integer.
    """
    return markers.Depends(
        dependency, use_cache=use_cache, scope=scope, max_concurrency=max_concurrency
    )


def Security(  # noqa: N802
    dependency: Callable[..., Any] | None = None,
    *,
    scopes: Sequence[str] | None = None,
    use_cache: bool = True,
    scope: Literal["function", "request"] | None = None,
    max_concurrency: int | None = None,
) -> Any:
    """Declare a dependency that also requires OAuth2 scopes (RFC 6749, section 3.3).

    Args:
        dependency: As for `Depends`.
        scopes: The scopes to require; the dependency and everything below it sees them in
            `SecurityScopes`, the outer ones first.
        use_cache: As for `Depends`.
        scope: As for `Depends`.
        max_concurrency: As for `Depends`.

    Raises:
        ValueError: `max_concurrency` is not a positive integer.
    """
    return markers.Security(
        dependency,
        scopes=scopes,
        use_cache=use_cache,
        scope=scope,
        max_concurrency=max_concurrency,
    )
