import functools
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import pytest

from kingpost._plan.callables import call_kind, function_of, name_of
from kingpost._plan.model import CallKind


def plain() -> None:
    """Return."""


async def coroutine() -> None:
    """Await."""


def generator() -> Iterator[None]:
    """Yield."""
    yield


async def async_generator() -> AsyncIterator[None]:
    """Yield, awaited."""
    yield


class Callables:
    """Has one method of each kind."""

    def plain(self) -> None:
        """Return."""

    async def coroutine(self) -> None:
        """Await."""

    def generator(self) -> Iterator[None]:
        """Yield."""
        yield

    async def async_generator(self) -> AsyncIterator[None]:
        """Yield, awaited."""
        yield


class Plain:
    """An instance is called like a function."""

    def __call__(self) -> None:
        """Return."""


class Async:
    """An instance is awaited."""

    async def __call__(self) -> None:
        """Await."""


class Generator:
    """An instance yields."""

    def __call__(self) -> Iterator[None]:
        """Yield."""
        yield


class AsyncGenerator:
    """An instance yields, awaited."""

    async def __call__(self) -> AsyncIterator[None]:
        """Yield, awaited."""
        yield


def passes_on(function: Callable[..., Any]) -> Callable[..., Any]:
    """Decorate with a wrapper that returns what the function returns."""

    @functools.wraps(function)
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        return function(*args, **kwargs)

    return wrapper


def awaits(function: Callable[..., Any]) -> Callable[..., Any]:
    """Decorate with a wrapper that is a coroutine function itself."""

    @functools.wraps(function)
    async def wrapper(*args: Any, **kwargs: Any) -> Any:
        return function(*args, **kwargs)

    return wrapper


KINDS = [
    (CallKind.SYNC, plain, Callables().plain, Plain()),
    (CallKind.ASYNC, coroutine, Callables().coroutine, Async()),
    (CallKind.SYNC_GENERATOR, generator, Callables().generator, Generator()),
    (CallKind.ASYNC_GENERATOR, async_generator, Callables().async_generator, AsyncGenerator()),
]


class TestKind:
    @pytest.mark.parametrize(
        ("kind", "call"), [(kind, call) for kind, *calls in KINDS for call in calls]
    )
    def test_of_a_callable(self, kind: CallKind, call: Callable[..., Any]) -> None:
        """Functions, methods and instances are told apart by what their code does."""
        assert call_kind(call) is kind

    @pytest.mark.parametrize(
        ("kind", "call"), [(kind, call) for kind, *calls in KINDS for call in calls]
    )
    def test_is_seen_through_partials_and_decorators(
        self, kind: CallKind, call: Callable[..., Any]
    ) -> None:
        """A wrapper that only passes on does not change how the function is called."""
        assert call_kind(functools.partial(call)) is kind
        assert call_kind(functools.partial(functools.partial(call))) is kind
        if not isinstance(call, Plain | Async | Generator | AsyncGenerator):
            assert call_kind(passes_on(call)) is kind
            assert call_kind(functools.partial(passes_on(passes_on(call)))) is kind

    def test_of_a_decorator_goes_before_that_of_the_function(self) -> None:
        """What is called is the decorator's wrapper."""
        assert call_kind(awaits(plain)) is CallKind.ASYNC

    def test_of_a_class_is_plain(self) -> None:
        """Calling a class makes an instance, whatever its instances are."""
        assert {call_kind(cls) for cls in (Plain, Async, Generator, AsyncGenerator)} == {
            CallKind.SYNC
        }

    def test_of_a_builtin_is_plain(self) -> None:
        """Functions without Python code can be called too."""
        assert call_kind(len) is CallKind.SYNC

    def test_knows_generators(self) -> None:
        """Two of the four kinds have an end of their own."""
        assert [kind.is_generator for kind in CallKind] == [False, False, True, True]


class TestFunction:
    def test_follows_partials_and_decorators(self) -> None:
        """What is wanted is the code that the user wrote."""
        assert function_of(functools.partial(passes_on(functools.partial(plain)))) is plain
        assert function_of(awaits(passes_on(coroutine))) is coroutine

    def test_of_an_instance_is_its_call(self) -> None:
        """An instance is called through its class."""
        instance = Async()

        assert function_of(instance) == instance.__call__

    def test_of_a_class_is_the_class(self) -> None:
        """A class is called itself."""
        assert function_of(Plain) is Plain


@pytest.mark.parametrize(
    ("call", "name"),
    [
        (plain, "plain"),
        (functools.partial(plain), "plain"),
        (passes_on(plain), "plain"),
        (Plain, "Plain"),
        (Plain(), "Plain"),
        (Callables().generator, "generator"),
        (len, "len"),
    ],
)
def test_everything_has_a_name(call: Callable[..., Any], name: str) -> None:
    """Errors and plans name a callable as the user would."""
    assert name_of(call) == name
