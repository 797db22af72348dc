"""The record of a call."""

from kingpost._declare.security.base import SecurityBase
from kingpost._http.types import DependencyCacheKey
from kingpost._plan.dependants import Dependant
from kingpost._plan.fields import ModelField

__all__ = [
    "Dependant",
    "DependencyCacheKey",
    "ModelField",
    "SecurityBase",
]
