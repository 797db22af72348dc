"""Calls as records, and the steps that fill them."""

from kingpost.dependencies import models, utils

__all__ = ["models", "utils"]
