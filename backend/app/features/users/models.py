"""The table of users."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import Column, Enum
from sqlmodel import Field

from app.database import Base, UTCDateTime, utcnow


class Role(StrEnum):
    """What kind of user somebody is; each kind may have other scopes."""

    USER = "user"
    ADMIN = "admin"


class User(Base, table=True):
    """An account."""

    __tablename__ = "users"

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    email: str = Field(max_length=320)
    """The address as its owner writes it: messages go there."""
    email_key: str = Field(max_length=320, unique=True)
    """The address by which the account is found, see ``email_key()``."""
    full_name: str = Field(max_length=255)
    password_hash: str = Field(max_length=255)
    role: Role = Field(
        default=Role.USER,
        sa_column=Column(
            Enum(
                Role,
                name="role",
                native_enum=False,
                create_constraint=True,
                length=16,
                values_callable=lambda roles: [role.value for role in roles],
            ),
            nullable=False,
        ),
    )
    is_active: bool = True
    created_at: datetime = Field(default_factory=utcnow, sa_type=UTCDateTime)
