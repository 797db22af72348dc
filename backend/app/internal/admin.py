"""What administrators do with users."""

from uuid import UUID

from app.dependencies import Administrator, PageDep, SessionDep
from app.errors import UNAUTHORISED, ErrorBody
from app.features.sessions import service as sessions
from app.features.users import service as users
from app.features.users.models import User
from app.features.users.schemas import UserAccess, UserPublic, UserSort
from app.paging import Page
from kingpost import APIRouter

router = APIRouter(prefix="/admin", tags=["admin"], responses=UNAUTHORISED)


@router.get("/users")
async def list_users(
    identity: Administrator,
    session: SessionDep,
    page: PageDep,
    sort: UserSort = "-created_at",
) -> Page[UserPublic]:
    """Return one page of all users; `search` looks at names and e-mail addresses."""
    return await users.list_users(session, page, sort)


@router.patch(
    "/users/{user_id}",
    response_model=UserPublic,
    responses={
        400: {"model": ErrorBody, "description": "It would take your own access away."},
        404: {"model": ErrorBody, "description": "There is no such user."},
    },
)
async def update_user(
    user_id: UUID, change: UserAccess, identity: Administrator, session: SessionDep
) -> User:
    """Change whether a user may sign in, and their role."""
    return await sessions.change_access(session, identity, user_id, change)
