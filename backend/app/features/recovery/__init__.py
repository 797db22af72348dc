"""Forgotten passwords: a link by mail that lets its reader choose a new one."""
