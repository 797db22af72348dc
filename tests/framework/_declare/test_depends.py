from kingpost._declare import depends, markers


def dependency() -> None:
    """Stand for a dependency."""


def test_declares_a_dependency() -> None:
    """Every option reaches the record that the plan reads."""
    declared = depends.Depends(dependency, use_cache=False, scope="function", max_concurrency=2)

    assert declared == markers.Depends(
        dependency, use_cache=False, scope="function", max_concurrency=2
    )


def test_declares_a_dependency_with_scopes() -> None:
    """Security takes everything that Depends takes."""
    declared = depends.Security(
        dependency, scopes=["read"], use_cache=False, scope="function", max_concurrency=2
    )

    assert declared == markers.Security(
        dependency, scopes=["read"], use_cache=False, scope="function", max_concurrency=2
    )


def test_may_leave_the_callable_to_the_annotation() -> None:
    """`Depends()` alone is completed by the parameter's type."""
    assert depends.Depends().dependency is None
    assert depends.Security().dependency is None
