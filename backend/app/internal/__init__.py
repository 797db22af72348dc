"""The staff-only edge over the same services."""
