"""Security schemes: dependencies that read credentials and describe themselves to OpenAPI."""
