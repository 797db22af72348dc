"""Serve: live objects. Nothing here looks at a signature."""
