"""Sharing of dependency values within one request: cache keys, use_cache, scope, scopes."""

from collections.abc import Iterator
from typing import Annotated, Any

from kingpost import Depends, Kingpost, Security
from kingpost.security import SecurityScopes
from tests.parity.harness import Log, case, get


@case(get("/"), get("/"), get("/x", 404))
def test_called_once_per_request(log: Log) -> Kingpost:
    """A shared sub-dependency is called once per request (behaviour 44)."""

    def shared() -> int:
        log.append("shared")
        return len(log)

    def left(value: Annotated[int, Depends(shared)]) -> int:
        log.append("left")
        return value

    def right(value: Annotated[int, Depends(shared)]) -> int:
        log.append("right")
        return value

    app = Kingpost()

    @app.get("/", dependencies=[Depends(shared)])
    def read(
        right: Annotated[int, Depends(right)],
        left: Annotated[int, Depends(left)],
        shared: Annotated[int, Depends(shared)],
    ) -> list[int]:
        return [left, right, shared]

    return app


@case(get("/"), get("/x", 404))
def test_use_cache_off(log: Log) -> Kingpost:
    """use_cache=False recomputes; the value does not replace the shared one (behaviour 44)."""

    def shared() -> int:
        log.append("shared")
        return len(log)

    def other(value: Annotated[int, Depends(shared)]) -> int:
        return value

    app = Kingpost()

    @app.get("/")
    def read(
        first: Annotated[int, Depends(shared)],
        fresh: Annotated[int, Depends(shared, use_cache=False)],
        other: Annotated[int, Depends(other)],
        again: Annotated[int, Depends(shared)],
        fresh_again: int = Depends(shared, use_cache=False),
    ) -> list[int]:
        return [first, fresh, other, again, fresh_again]

    return app


@case(get("/"), get("/x", 404))
def test_use_cache_off_first(log: Log) -> Kingpost:
    """A value computed without the cache, then one with it."""

    def shared() -> int:
        log.append("shared")
        return len(log)

    app = Kingpost()

    @app.get("/")
    def read(
        fresh: Annotated[int, Depends(shared, use_cache=False)],
        first: Annotated[int, Depends(shared)],
        again: Annotated[int, Depends(shared)],
    ) -> list[int]:
        return [fresh, first, again]

    return app


@case(get("/"), get("/x", 404))
def test_use_cache_off_recomputes_only_itself(log: Log) -> Kingpost:
    """A fresh dependency still shares the values below it."""

    def base() -> int:
        log.append("base")
        return len(log)

    def derived(base: Annotated[int, Depends(base)]) -> list[int]:
        log.append("derived")
        return [base, len(log)]

    app = Kingpost()

    @app.get("/")
    def read(
        one: Annotated[list[int], Depends(derived, use_cache=False)],
        two: Annotated[list[int], Depends(derived, use_cache=False)],
    ) -> list[Any]:
        return [one, two]

    return app


@case(get("/"), get("/x", 404))
def test_yield_dependency_is_shared(log: Log) -> Kingpost:
    """A generator shared by two is entered and left once."""

    def resource() -> Iterator[int]:
        log.append("enter")
        yield len(log)
        log.append("exit")

    def user(value: Annotated[int, Depends(resource)]) -> int:
        return value

    app = Kingpost()

    @app.get("/")
    def read(
        one: Annotated[int, Depends(resource)], two: Annotated[int, Depends(user)]
    ) -> list[int]:
        return [one, two]

    return app


@case(get("/"), get("/x", 404))
def test_scope_is_part_of_the_key(log: Log) -> Kingpost:
    """The same generator in both scopes is entered twice (behaviour 44)."""

    def resource() -> Iterator[int]:
        log.append("enter")
        number = len(log)
        yield number
        log.append(f"exit {number}")

    app = Kingpost()

    @app.get("/")
    def read(
        request: Annotated[int, Depends(resource, scope="request")],
        function: Annotated[int, Depends(resource, scope="function")],
        default: Annotated[int, Depends(resource)],
        function_again: Annotated[int, Depends(resource, scope="function")],
    ) -> list[int]:
        return [request, function, default, function_again]

    return app


@case(get("/"), get("/x", 404))
def test_security_scopes_in_the_key(log: Log) -> Kingpost:
    """Where SecurityScopes matter, other scopes are another value (behaviour 44)."""

    def user(scopes: SecurityScopes) -> list[str]:
        log.append(f"user {scopes.scope_str}")
        return list(scopes.scopes)

    def plain() -> int:
        log.append("plain")
        return len(log)

    app = Kingpost()

    @app.get("/")
    def read(
        a: Annotated[list[str], Security(user, scopes=["a"])],
        b: Annotated[list[str], Security(user, scopes=["b"])],
        a_again: Annotated[list[str], Security(user, scopes=["a"])],
        none: Annotated[list[str], Depends(user)],
        plain_a: Annotated[int, Security(plain, scopes=["a"])],
        plain_b: Annotated[int, Security(plain, scopes=["b"])],
    ) -> list[Any]:
        return [a, b, a_again, none, plain_a, plain_b]

    return app


@case(get("/"), get("/x", 404))
def test_equal_instances_are_one_key(log: Log) -> Kingpost:
    """Two callables that compare equal share one value; two unequal ones do not."""

    class Named:
        def __init__(self, name: str) -> None:
            self.name = name

        def __call__(self) -> int:
            log.append(self.name)
            return len(log)

        def __eq__(self, other: object) -> bool:
            return isinstance(other, Named) and other.name == self.name

        def __hash__(self) -> int:
            return hash(self.name)

    app = Kingpost()

    @app.get("/")
    def read(
        one: Annotated[int, Depends(Named("a"))],
        two: Annotated[int, Depends(Named("a"))],
        three: Annotated[int, Depends(Named("b"))],
    ) -> list[int]:
        return [one, two, three]

    return app


@case(get("/"), get("/"), get("/x", 404))
def test_mutated_value_is_per_request() -> Kingpost:
    """A list made by a dependency is one object within a request and a new one in the next."""

    def bag() -> list[str]:
        return []

    def fill(bag: Annotated[list[str], Depends(bag)]) -> None:
        bag.append("filled")

    app = Kingpost()

    @app.get("/", dependencies=[Depends(fill)])
    def read(bag: Annotated[list[str], Depends(bag)]) -> list[str]:
        return bag

    return app


@case(get("/?q=1"), get("/?q=x", 422))
def test_none_is_a_cached_value(log: Log) -> Kingpost:
    """None counts as a value: the dependency is not called again."""

    def nothing(q: int) -> None:
        log.append(f"nothing {q}")

    app = Kingpost()

    @app.get("/", dependencies=[Depends(nothing), Depends(nothing)])
    def read(value: Annotated[None, Depends(nothing)]) -> None:
        return value

    return app
