"""The rules of items: everything happens in the name of an owner."""

from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from app.database import utcnow
from app.errors import AppError
from app.features.items import queries
from app.features.items.models import Item
from app.features.items.schemas import ItemCreate, ItemPublic, ItemSort, ItemUpdate
from app.paging import Page, PageRequest


async def list_items(
    session: AsyncSession, owner_id: UUID, request: PageRequest, sort: ItemSort
) -> Page[ItemPublic]:
    """Return one page of an owner's items."""
    items, total = await queries.page(session, owner_id, request, sort)
    return Page[ItemPublic](
        items=[ItemPublic.model_validate(item) for item in items],
        total=total,
        page=request.page,
        size=request.size,
    )


async def create(session: AsyncSession, owner_id: UUID, new: ItemCreate) -> Item:
    """Keep a new item."""
    now = utcnow()
    item = Item(
        owner_id=owner_id,
        title=new.title,
        description=new.description,
        created_at=now,
        updated_at=now,
    )
    session.add(item)
    await session.flush()
    return item


async def read(session: AsyncSession, owner_id: UUID, item_id: UUID) -> Item:
    """Return an item of this owner.

    Raises:
        AppError: 404 ``not_found``, also for another owner's item: whether it exists is theirs
            to know.
    """
    item = await queries.by_id(session, owner_id, item_id)
    if item is None:
        raise AppError(404, "not_found", "There is no such item among yours.")
    return item


async def update(session: AsyncSession, owner_id: UUID, item_id: UUID, change: ItemUpdate) -> Item:
    """Change an item of this owner.

    Raises:
        AppError: 404 ``not_found``.
    """
    item = await read(session, owner_id, item_id)
    item.sqlmodel_update(change.model_dump(exclude_unset=True))
    item.updated_at = utcnow()
    await session.flush()
    return item


async def delete(session: AsyncSession, owner_id: UUID, item_id: UUID) -> None:
    """Remove an item of this owner.

    Raises:
        AppError: 404 ``not_found``.
    """
    await session.delete(await read(session, owner_id, item_id))
    await session.flush()
