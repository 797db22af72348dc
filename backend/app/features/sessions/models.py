"""The tables of sessions and of the refresh tokens that keep them alive."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlmodel import Field

from app.database import Base, UTCDateTime, utcnow


class Session(Base, table=True):
    """One sign-in of one user in one browser, and the family of its refresh tokens."""

    __tablename__ = "sessions"

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    user_id: UUID = Field(foreign_key="users.id", ondelete="CASCADE", index=True)
    requested_scope: str | None = Field(default=None, max_length=255)
    """The scopes asked for at sign-in; null means whatever the role allows at the moment."""
    user_agent: str = Field(default="", max_length=255)
    created_at: datetime = Field(default_factory=utcnow, sa_type=UTCDateTime)
    last_used_at: datetime = Field(default_factory=utcnow, sa_type=UTCDateTime)
    expires_at: datetime = Field(sa_type=UTCDateTime)
    revoked_at: datetime | None = Field(default=None, sa_type=UTCDateTime)


class RefreshToken(Base, table=True):
    """A refresh token, known by its hash alone; a replaced one is kept to notice its reuse."""

    __tablename__ = "refresh_tokens"

    token_hash: str = Field(max_length=64, primary_key=True)
    """SHA-256 of the token, in hexadecimal. The token is 256 random bits: no salt is needed."""
    session_id: UUID = Field(foreign_key="sessions.id", ondelete="CASCADE", index=True)
    created_at: datetime = Field(default_factory=utcnow, sa_type=UTCDateTime)
    replaced_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    repeated_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    """When the token was honoured a second time, for another tab."""
