"""The table of the links that were sent."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Field

from app.database import Base, UTCDateTime, utcnow


class ResetToken(Base, table=True):
    """The one link of a user that may still be followed, known by its token's hash alone."""

    __tablename__ = "reset_tokens"

    user_id: UUID = Field(foreign_key="users.id", ondelete="CASCADE", primary_key=True)
    """The primary key: a newer request takes the place of the older one."""
    token_hash: str = Field(max_length=64, unique=True)
    """SHA-256 of the token, in hexadecimal. The token is 256 random bits: no salt is needed."""
    account_state: str = Field(max_length=64)
    """What the account was when the link was sent, see ``account_state()``."""
    created_at: datetime = Field(default_factory=utcnow, sa_type=UTCDateTime)
    expires_at: datetime = Field(sa_type=UTCDateTime, index=True)
