"""Constants of the OpenAPI documents."""

from kingpost._openapi.bodies import METHODS_WITH_BODY
from kingpost._openapi.schemas import REF_PREFIX, REF_TEMPLATE

__all__ = ["METHODS_WITH_BODY", "REF_PREFIX", "REF_TEMPLATE"]
