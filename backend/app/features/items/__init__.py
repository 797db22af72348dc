"""Items, each belonging to one user."""
