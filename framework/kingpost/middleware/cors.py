"""Cross-origin requests (Fetch standard, section 3.3)."""

from starlette.middleware.cors import CORSMiddleware

__all__ = ["CORSMiddleware"]
