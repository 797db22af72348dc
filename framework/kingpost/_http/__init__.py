"""Words: what travels between client, server and application. Knows nothing about routes."""
