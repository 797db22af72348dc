"""The rules of items, on the database and without HTTP."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlmodel import col, select, update

from app.database import utcnow
from app.dependencies import Resources
from app.errors import AppError
from app.features.items import service
from app.features.items.models import Item
from app.features.items.schemas import ItemUpdate
from app.features.users.models import User
from app.paging import PageRequest
from tests.backend.factories import make_item, make_user

pytestmark = pytest.mark.anyio


async def test_read_keeps_to_the_owner(resources: Resources) -> None:
    """An item is found by its owner alone."""
    owner = await make_user(resources.database, resources.passwords)
    other = await make_user(resources.database, resources.passwords)
    item = await make_item(resources.database, owner)

    async with resources.database.transaction(read_only=True) as session:
        assert (await service.read(session, owner.id, item.id)).title == item.title
        with pytest.raises(AppError, match="not_found"):
            await service.read(session, other.id, item.id)


async def test_update_notes_the_time(resources: Resources) -> None:
    """A change moves the time of the last change and not that of the creation."""
    owner = await make_user(resources.database, resources.passwords)
    item = await make_item(resources.database, owner)

    async with resources.database.transaction() as session:
        changed = await service.update(session, owner.id, item.id, ItemUpdate(title="New"))

    assert changed.created_at == item.created_at
    assert changed.updated_at > item.updated_at


async def test_equal_keys_have_an_order(resources: Resources) -> None:
    """Items of one moment are in the same order on every page, so that none is lost between."""
    owner = await make_user(resources.database, resources.passwords)
    for number in range(6):
        await make_item(resources.database, owner, f"Item {number}")
    async with resources.database.transaction() as session:
        await session.exec(update(Item).values(created_at=utcnow() - timedelta(days=1)))

    seen: list[UUID] = []
    async with resources.database.transaction(read_only=True) as session:
        for page in (1, 2, 3):
            request = PageRequest(page=page, size=2)
            found = await service.list_items(session, owner.id, request, "-created_at")
            seen.extend(item.id for item in found.items)

    assert len(seen) == 6
    assert seen == sorted(seen)


async def test_items_go_with_their_owner(resources: Resources) -> None:
    """Deleting a user deletes what belongs to them, on every database."""
    owner = await make_user(resources.database, resources.passwords)
    await make_item(resources.database, owner)

    async with resources.database.transaction() as session:
        await session.delete(await session.get_one(User, owner.id))
        await session.flush()
        left = await session.exec(select(Item).where(col(Item.owner_id) == owner.id))

        assert left.all() == []
