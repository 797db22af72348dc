"""Every SELECT on items; each keeps to one owner."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func
from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.features.items.models import Item
from app.features.items.schemas import ItemSort
from app.paging import PageRequest

_SORTS = {
    "title": func.lower(Item.title),
    "created_at": col(Item.created_at),
    "updated_at": col(Item.updated_at),
}


async def by_id(session: AsyncSession, owner_id: UUID, item_id: UUID) -> Item | None:
    """Return an item, if it belongs to this owner."""
    statement = select(Item).where(Item.id == item_id, Item.owner_id == owner_id)
    return (await session.exec(statement)).one_or_none()


async def page(
    session: AsyncSession, owner_id: UUID, request: PageRequest, sort: ItemSort
) -> tuple[Sequence[Item], int]:
    """Return one page of an owner's items and the number of those that fit the search."""
    conditions = [col(Item.owner_id) == owner_id]
    if request.search:
        conditions.append(
            or_(
                col(Item.title).icontains(request.search, autoescape=True),
                col(Item.description).icontains(request.search, autoescape=True),
            )
        )
    key = _SORTS[sort.removeprefix("-")]
    order = key.desc() if sort.startswith("-") else key.asc()
    items = await session.exec(
        select(Item)
        .where(*conditions)
        .order_by(order, col(Item.id))
        .offset(request.offset)
        .limit(request.size)
    )
    total = await session.exec(select(func.count()).select_from(Item).where(*conditions))
    return items.all(), total.one()
