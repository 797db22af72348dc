"""The record of a call."""

from kingpost._plan.dependants import Dependant

__all__ = ["Dependant"]
