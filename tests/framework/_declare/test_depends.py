import dataclasses

from kingpost._declare import depends, markers


def dependency() -> None:
    """Stand for a dependency."""


def test_declares_a_dependency() -> None:
    """Every option reaches the record that the plan reads."""
    declared = depends.Depends(dependency, use_cache=False, scope="function", max_concurrency=2)

    assert declared.max_concurrency == 2
    assert dataclasses.replace(
        declared, max_concurrency=None, _concurrency=None
    ) == markers.Depends(dependency, use_cache=False, scope="function")


def test_declares_a_dependency_with_scopes() -> None:
    """Security takes everything that Depends takes."""
    declared = depends.Security(
        dependency, scopes=["read"], use_cache=False, scope="function", max_concurrency=2
    )

    assert declared.max_concurrency == 2
    assert dataclasses.replace(
        declared, max_concurrency=None, _concurrency=None
    ) == markers.Security(dependency, scopes=["read"], use_cache=False, scope="function")


def test_two_declarations_have_two_limits() -> None:
    """So they are not equal, and do not stand for each other in a cache."""
    declared = depends.Depends(dependency, max_concurrency=1)

    assert declared != depends.Depends(dependency, max_concurrency=1)


def test_may_leave_the_callable_to_the_annotation() -> None:
    """`Depends()` alone is completed by the parameter's type."""
    assert depends.Depends().dependency is None
    assert depends.Security().dependency is None
