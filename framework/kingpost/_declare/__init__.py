"""Declare: records what the user wrote. Inspects nothing, runs nothing."""
