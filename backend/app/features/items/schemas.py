"""What is said about an item, and what may be said to create or change one."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, field_validator
from pydantic.json_schema import SkipJsonSchema

from app.text import Line, Prose, refuse_null

ItemSort = Literal["title", "-title", "created_at", "-created_at", "updated_at", "-updated_at"]


class ItemPublic(BaseModel):
    """An item as the API shows one."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    title: str
    description: str | None
    created_at: datetime
    updated_at: datetime


class ItemCreate(BaseModel):
    """A new item."""

    model_config = ConfigDict(extra="forbid")

    title: Line
    description: Prose | None = None


class ItemUpdate(BaseModel):
    """A change of an item; what is left out stays, and a null description is removed."""

    model_config = ConfigDict(extra="forbid")

    title: Line | SkipJsonSchema[None] = None
    description: Prose | None = None

    _no_null = field_validator("title", mode="before")(refuse_null)
