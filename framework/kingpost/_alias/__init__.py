"""`fastapi` as a name for this package."""
