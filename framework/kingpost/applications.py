"""The application class."""

from kingpost._serve.application import Kingpost

__all__ = ["Kingpost"]
