"""What is said about a user, and what may be said to change one."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, EmailStr, Field, field_validator
from pydantic.json_schema import SkipJsonSchema

from app.features.users.models import Role
from app.text import Line, refuse_null

Password = Annotated[
    str, Field(min_length=12, max_length=128, json_schema_extra={"format": "password"})
]
"""A new password, of any characters: length makes it strong (NIST SP 800-63B, 5.1.1.2)."""

UserSort = Literal["email", "-email", "created_at", "-created_at", "full_name", "-full_name"]


class UserPublic(BaseModel):
    """A user as the API shows one."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    email: str
    full_name: str
    role: Role
    is_active: bool
    created_at: datetime


class UserSignup(BaseModel):
    """A person opens an account."""

    model_config = ConfigDict(extra="forbid")

    email: EmailStr
    password: Password
    full_name: Line


class UserUpdateMe(BaseModel):
    """A user changes their own profile; what is left out stays."""

    model_config = ConfigDict(extra="forbid")

    email: EmailStr | SkipJsonSchema[None] = None
    full_name: Line | SkipJsonSchema[None] = None

    _no_null = field_validator("email", "full_name", mode="before")(refuse_null)


class PasswordChange(BaseModel):
    """A user changes their own password."""

    model_config = ConfigDict(extra="forbid")

    current_password: Annotated[
        str, Field(max_length=128, json_schema_extra={"format": "password"})
    ]
    new_password: Password


class UserAccess(BaseModel):
    """An administrator changes what another user may do; what is left out stays."""

    model_config = ConfigDict(extra="forbid")

    is_active: bool | SkipJsonSchema[None] = None
    role: Role | SkipJsonSchema[None] = None

    _no_null = field_validator("is_active", "role", mode="before")(refuse_null)
