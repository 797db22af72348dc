"""What makes a dependency a security scheme."""

from kingpost._declare.security.base import SecurityBase

__all__ = ["SecurityBase"]
