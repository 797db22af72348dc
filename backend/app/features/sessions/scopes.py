"""The scopes of the API and which of them a role may have."""

from collections.abc import Collection

from app.features.users.models import Role

SCOPES: dict[str, str] = {
    "items:read": "Read your items.",
    "items:write": "Create, change and delete your items.",
    "users:read": "Read your profile.",
    "users:write": "Change your profile and password.",
    "admin": "Manage every user.",
}

_ALLOWED: dict[Role, tuple[str, ...]] = {
    Role.USER: ("items:read", "items:write", "users:read", "users:write"),
    Role.ADMIN: tuple(SCOPES),
}


def known_scopes(requested: Collection[str]) -> tuple[str, ...]:
    """Return those of the requested scopes that exist.

    A server may pass over the others (RFC 6749, section 3.3).
    """
    return tuple(scope for scope in SCOPES if scope in requested)


def granted_scopes(requested: Collection[str] | None, role: Role) -> tuple[str, ...]:
    """Return the scopes that a sign-in gets: what is requested and allowed.

    Args:
        requested: The scopes asked for; None means all that the role allows.
        role: The user's role at this moment.
    """
    allowed = _ALLOWED[role]
    return allowed if requested is None else tuple(s for s in allowed if s in requested)
