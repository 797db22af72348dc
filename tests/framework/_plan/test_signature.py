import functools
import inspect
import itertools
from typing import Annotated, Any, ForwardRef, Self

import pytest

from kingpost._plan.signature import declared_by, look_of, return_annotation, signature_of


class Item:
    """A type that annotations name."""


def typed(a: "int", b: "Item | None" = None, *, c: Annotated["Item", "x"]) -> "list[Item]":
    """Have annotations of every form."""
    raise NotImplementedError


class Service:
    """A dependency that is a class, with a method that is one too."""

    def __init__(self, item: "Item") -> None:
        """Take an item."""

    def read(self, item: "Item") -> "Item":
        """Take and return an item."""
        return item

    def __call__(self, item: "Item") -> None:
        """Take an item."""


def annotations(call: Any) -> dict[str, Any]:
    """Return the resolved annotations by name."""
    return {name: p.annotation for name, p in signature_of(call).parameters.items()}


def test_text_is_replaced_by_what_it_names() -> None:
    """Defaults and kinds of the parameters stay."""
    signature = signature_of(typed)

    assert annotations(typed)["a"] is int
    assert annotations(typed)["b"] == Item | None
    assert signature.parameters["b"].default is None
    assert signature.parameters["c"].kind is inspect.Parameter.KEYWORD_ONLY


def test_the_names_are_those_of_the_module_that_defines_the_function() -> None:
    """Classes, methods, instances and partials are followed to their function."""
    assert annotations(Service) == {"item": Item}
    assert annotations(Service(Item()).read) == {"item": Item}
    assert annotations(Service(Item())) == {"item": Item}
    assert annotations(functools.partial(Service(Item()).read)) == {"item": Item}
    assert return_annotation(Service(Item()).read) is Item


def test_a_decorated_function_shows_its_own_signature() -> None:
    """`functools.wraps` tells where it is."""

    @functools.wraps(typed)
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        return typed(*args, **kwargs)

    assert annotations(wrapper)["a"] is int
    assert return_annotation(wrapper) == list[Item]


def test_an_unknown_name_is_kept() -> None:
    """It may exist for the type checker only, and not be needed."""

    def f(a: "Unknown") -> "Unknown":  # type: ignore[name-defined]  # noqa: F821
        raise NotImplementedError

    assert annotations(f) == {"a": ForwardRef("Unknown")}
    assert return_annotation(f) == ForwardRef("Unknown")


def test_none_is_told_from_nothing() -> None:
    """``-> None`` says that there is no result; nothing says nothing."""

    def silent():  # type: ignore[no-untyped-def]
        raise NotImplementedError

    def none() -> None:
        raise NotImplementedError

    def text() -> "None":
        raise NotImplementedError

    assert return_annotation(silent) is inspect.Signature.empty
    assert return_annotation(none) is None
    assert return_annotation(text) is None


class Counter:
    """A callable object, whose class can be called too."""

    def __init__(self, step: int = 1) -> None:
        self.step = step

    def __call__(self, start: int) -> int:
        """Return the next number."""
        return start + self.step


class Derived(Counter):
    """Made as its base is."""


class Made:
    """Decides itself what is made."""

    def __new__(cls, a: int) -> Self:
        """Make one."""
        return super().__new__(cls)


class Documented:
    """Says itself what it takes."""

    __signature__ = inspect.Signature()


counter = Counter()


@pytest.mark.parametrize("call", [typed, Counter, Derived, counter])
def test_the_same_declaration_is_known_again(call: Any) -> None:
    """Functions, classes and callable objects, as long as nothing of them was changed."""
    assert declared_by(call) is not None
    assert declared_by(call) == declared_by(call)
    assert hash(declared_by(call)) == hash(declared_by(call))


def test_what_a_text_names_counts() -> None:
    """A function whose annotations are text is another one once their names are."""
    namespace: dict[str, Any] = {"Item": Item}
    exec("def read(item: 'Item | None') -> 'not a type': ...", namespace)  # noqa: S102 - our text
    before = declared_by(namespace["read"])

    assert declared_by(namespace["read"]) == before
    namespace["Item"] = Counter
    assert declared_by(namespace["read"]) != before


def test_other_declarations_are_others() -> None:
    """Objects of one class, and classes that are made alike, are called apart."""
    found = [declared_by(call) for call in (Counter, Derived, counter, Counter(), typed)]

    assert all(a != b for a, b in itertools.combinations(found, 2))
    assert found[0] != "Counter"


@pytest.mark.parametrize(
    "call",
    [
        functools.wraps(typed)(lambda: None),
        functools.partial(typed),
        len,
        Made,
        Item,
        Documented,
        counter.__call__,
    ],
)
def test_of_others_it_is_not_easily_known(call: Any) -> None:
    """What wraps something, or says itself what it takes, is looked at each time."""
    assert declared_by(call) is None


def test_a_look_changes_with_the_parameters() -> None:
    """Another signature, default or annotation is another look, that of a decorated one too."""

    def plain(q: int = 1) -> int:
        return q

    @functools.wraps(plain)
    def decorated(*args: int) -> int:
        return plain(*args)

    looks = [look_of(plain)]
    plain.__defaults__ = (2,)
    looks.append(look_of(plain))
    plain.__annotations__["q"] = str
    looks.append(look_of(plain))
    before, again = look_of(decorated), look_of(decorated)
    for function in (plain, decorated):
        vars(function)["__signature__"] = inspect.Signature()
    looks.append(look_of(plain))

    assert all(one != other for one, other in itertools.combinations(looks, 2))
    assert before == again != look_of(decorated)
