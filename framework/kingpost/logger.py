"""The logger of this package."""

import logging

__all__ = ["logger"]

logger = logging.getLogger("kingpost")
