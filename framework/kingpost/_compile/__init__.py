"""Compile: a plan → one flat handler; a route table → one index."""
