"""Measures the framework beside its peers: the same answers, on the same machine, in turns."""
