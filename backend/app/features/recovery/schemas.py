"""What a person who forgot their password sends, and is told."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, EmailStr, Field

from app.features.users.schemas import Password


class PasswordRecovery(BaseModel):
    """A person asks for a link to choose a new password."""

    model_config = ConfigDict(extra="forbid")

    email: EmailStr


class RecoveryRequested(BaseModel):
    """The same for every address, so that it does not tell which ones have an account."""

    detail: str


class PasswordReset(BaseModel):
    """A person chooses a new password with what the link holds."""

    model_config = ConfigDict(extra="forbid")

    token: Annotated[str, Field(max_length=128)]
    new_password: Password
