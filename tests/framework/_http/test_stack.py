import warnings
from types import ModuleType

import pytest

from kingpost._http.stack import user_stacklevel


def function_of(module: str, body: str, **names: object) -> ModuleType:
    """Return a module of the given name with a function `f` in it."""
    made = ModuleType(module)
    vars(made).update(names, warnings=warnings, user_stacklevel=user_stacklevel)
    exec(compile(f"def f():\n    {body}\n", f"{module}.py", "exec"), vars(made))  # noqa: S102
    return made


@pytest.mark.parametrize("depth", [1, 2, 5])
def test_names_the_first_line_outside_the_package(depth: int) -> None:
    """However many functions of the package are between, the warning is about the caller."""
    inner = function_of("kingpost._x", "warnings.warn('old', stacklevel=user_stacklevel())")
    for _ in range(depth - 1):
        inner = function_of("kingpost._y", "inner.f()", inner=inner)

    with pytest.warns(UserWarning, match="old") as caught:
        inner.f()

    assert caught[0].filename == __file__


def test_does_not_take_another_package_for_its_own() -> None:
    """A package whose name only begins alike is the user's."""
    ours = function_of("kingpost._x", "warnings.warn('old', stacklevel=user_stacklevel())")
    theirs = function_of("kingpost_shop", "ours.f()", ours=ours)

    with pytest.warns(UserWarning, match="old") as caught:
        theirs.f()

    assert caught[0].filename == "kingpost_shop.py"
