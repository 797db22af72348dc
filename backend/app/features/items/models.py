"""The table of items."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import Index
from sqlmodel import Field

from app.database import Base, UTCDateTime, utcnow


class Item(Base, table=True):
    """Something that a user keeps."""

    __tablename__ = "items"
    # The list's default order, per owner.
    __table_args__ = (Index(None, "owner_id", "created_at"),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    owner_id: UUID = Field(foreign_key="users.id", ondelete="CASCADE")
    title: str = Field(max_length=255)
    description: str | None = Field(default=None, max_length=2000)
    created_at: datetime = Field(default_factory=utcnow, sa_type=UTCDateTime)
    updated_at: datetime = Field(default_factory=utcnow, sa_type=UTCDateTime)
