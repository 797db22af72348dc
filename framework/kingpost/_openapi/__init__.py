"""Reads plans, writes OpenAPI documents and the pages that show them."""
