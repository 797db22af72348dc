"""What a sign-in is answered with."""

from typing import Literal

from pydantic import BaseModel


class Token(BaseModel):
    """An access token (RFC 6749, section 5.1); the refresh token travels in a cookie alone."""

    access_token: str
    token_type: Literal["bearer"]
    expires_in: int
    """Seconds until the token is refused."""
    scope: str
    """The scopes granted, with spaces between them."""
