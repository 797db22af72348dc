"""Plan: what the declarations mean. Pure functions to frozen records; user errors surface here."""
