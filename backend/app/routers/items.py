"""The signed-in user's items."""

from uuid import UUID

from app.dependencies import ItemsReader, ItemsWriter, PageDep, SessionDep
from app.errors import UNAUTHORISED, ErrorBody
from app.features.items import service
from app.features.items.models import Item
from app.features.items.schemas import ItemCreate, ItemPublic, ItemSort, ItemUpdate
from app.paging import Page
from kingpost import APIRouter

router = APIRouter(prefix="/items", tags=["items"], responses=UNAUTHORISED)

_NOT_FOUND = {"model": ErrorBody, "description": "There is no such item among yours."}


@router.get("", summary="List")
async def list_(
    identity: ItemsReader,
    session: SessionDep,
    page: PageDep,
    sort: ItemSort = "-created_at",
) -> Page[ItemPublic]:
    """Return one page of your items; `search` looks at titles and descriptions."""
    return await service.list_items(session, identity.user.id, page, sort)


@router.post("", status_code=201, response_model=ItemPublic)
async def create(new: ItemCreate, identity: ItemsWriter, session: SessionDep) -> Item:
    """Keep a new item."""
    return await service.create(session, identity.user.id, new)


@router.get("/{item_id}", response_model=ItemPublic, responses={404: _NOT_FOUND})
async def read(item_id: UUID, identity: ItemsReader, session: SessionDep) -> Item:
    """Return one of your items."""
    return await service.read(session, identity.user.id, item_id)


@router.patch("/{item_id}", response_model=ItemPublic, responses={404: _NOT_FOUND})
async def update(
    item_id: UUID, change: ItemUpdate, identity: ItemsWriter, session: SessionDep
) -> Item:
    """Change one of your items."""
    return await service.update(session, identity.user.id, item_id, change)


@router.delete("/{item_id}", status_code=204, responses={404: _NOT_FOUND})
async def delete(item_id: UUID, identity: ItemsWriter, session: SessionDep) -> None:
    """Remove one of your items."""
    await service.delete(session, identity.user.id, item_id)
