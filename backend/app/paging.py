"""Lists in pages: what a client asks for and what it gets."""

from dataclasses import dataclass
from typing import Annotated, Generic, TypeVar

from pydantic import BaseModel

from app.text import SearchTerm
from kingpost import Query

T = TypeVar("T")

MAX_SIZE = 100
# Keeps the offset far inside 64 bits, beyond which a database answers with an error of its own.
MAX_PAGE = 1_000_000


class Page(BaseModel, Generic[T]):
    """One page of a list, with the number of rows in the whole list."""

    items: list[T]
    total: int
    page: int
    size: int


@dataclass(frozen=True)
class PageRequest:
    """The part of a list that is asked for.

    Args:
        page: Number of the page, from 1.
        size: Rows on a page.
        search: Keep the rows that hold this text, whatever its case.
    """

    page: Annotated[int, Query(ge=1, le=MAX_PAGE, description="Number of the page, from 1.")] = 1
    size: Annotated[int, Query(ge=1, le=MAX_SIZE, description="Rows on a page.")] = 20
    search: Annotated[SearchTerm, Query(description="Keep the rows that hold this text.")] = ""

    @property
    def offset(self) -> int:
        """Rows before the page."""
        return (self.page - 1) * self.size
