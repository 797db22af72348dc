"""The Authorization header, taken apart."""

from kingpost._declare.security.base import get_authorization_scheme_param

__all__ = ["get_authorization_scheme_param"]
