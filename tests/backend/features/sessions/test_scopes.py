"""Which scopes a sign-in gets."""

import pytest

from app.features.sessions.scopes import SCOPES, granted_scopes, known_scopes
from app.features.users.models import Role


@pytest.mark.parametrize(
    ("requested", "role", "granted"),
    [
        (None, Role.USER, ("items:read", "items:write", "users:read", "users:write")),
        (None, Role.ADMIN, tuple(SCOPES)),
        (["admin"], Role.USER, ()),
        (["admin"], Role.ADMIN, ("admin",)),
        (["items:write", "items:read", "nonsense"], Role.USER, ("items:read", "items:write")),
        ([], Role.ADMIN, ()),
    ],
)
def test_granted(requested: list[str] | None, role: Role, granted: tuple[str, ...]) -> None:
    """What is granted is what is requested and allowed, or all that is allowed."""
    assert granted_scopes(requested, role) == granted


def test_known() -> None:
    """What is kept of a request are the scopes that exist, each once."""
    assert known_scopes(["admin", "x" * 1000, "admin", "items:read"]) == ("items:read", "admin")
