"""Calls as records, and the steps that fill them."""
