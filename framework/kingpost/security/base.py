"""What makes a dependency a security scheme."""

from kingpost._declare.security.base import SecurityBase
from kingpost._spec.security import SecurityBase as SecurityBaseModel

__all__ = [
    "SecurityBaseModel",
    "SecurityBase",
]
