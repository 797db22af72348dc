"""A request's path, seen from the application that serves it."""

import pytest

from kingpost._serve.paths import route_path


@pytest.mark.parametrize(
    ("path", "root_path", "expected"),
    [
        ("/a/b", "", "/a/b"),
        ("/a/b", "/a", "/b"),
        ("/a", "/a", ""),
        ("/ab", "/a", "/ab"),
        ("/b", "/a", "/b"),
    ],
)
def test_the_root_path_is_taken_off(path: str, root_path: str, expected: str) -> None:
    """Only whole segments count, and a proxy may have taken it off already."""
    assert route_path({"path": path, "root_path": root_path}) == expected


def test_a_scope_without_a_root_path_is_fine() -> None:
    """The key is optional (ASGI HTTP specification)."""
    assert route_path({"path": "/a"}) == "/a"
