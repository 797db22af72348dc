"""The OpenAPI document as types."""
