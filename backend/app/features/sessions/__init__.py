"""Sign-in: sessions, rotating refresh tokens and the scopes they grant."""
