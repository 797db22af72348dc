"""Accounts: who may sign in, under which e-mail and in which role."""
