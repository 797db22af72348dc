"""The `kingpost` command: serve an application, list and show its routes."""
