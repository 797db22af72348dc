"""OpenAPI: documents and the pages that show them."""

from kingpost.openapi import constants, docs, models, utils

__all__ = ["constants", "docs", "models", "utils"]
