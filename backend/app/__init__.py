"""The product's backend: an HTTP edge over a domain that knows nothing of HTTP."""

__version__ = "0.1.0"
