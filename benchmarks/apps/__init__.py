"""The measured applications: one module a stack, all giving the same answers."""
