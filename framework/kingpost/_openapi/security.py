"""Security schemes among the dependencies → requirements and Security Scheme Objects."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from kingpost._declare.security.base import SecurityBase
from kingpost._http.encoders import jsonable_encoder
from kingpost._plan.model import CallPlan

__all__ = ["describe_security"]


def describe_security(
    calls: Iterable[CallPlan],
) -> tuple[list[dict[str, list[str]]], dict[str, Any]]:
    """Return an operation's security requirements and the schemes that they name.

    A scheme that occurs several times is one requirement with all scopes that are required of it
    (OpenAPI 3.1.0, sections 4.8.27 and 4.8.30).
    """
    requirements: dict[str, list[str]] = {}
    schemes: dict[str, Any] = {}
    for plan in calls:
        scheme: Any = plan.call
        while isinstance(scheme, partial):
            scheme = scheme.func
        if not isinstance(scheme, SecurityBase):
            continue
        name = scheme.scheme_name
        scopes = requirements.setdefault(name, [])
        scopes += [scope for scope in dict.fromkeys(plan.scopes) if scope not in scopes]
        schemes[name] = jsonable_encoder(scheme.model, exclude_none=True)
    return [{name: scopes} for name, scopes in requirements.items()], schemes
