"""Operations keep their types, and every option is known."""

from collections.abc import AsyncIterator
from typing import Annotated, assert_type
from uuid import UUID

from pydantic import BaseModel

from kingpost import (
    APIRouter,
    BackgroundTasks,
    Body,
    Cookie,
    Depends,
    File,
    Form,
    Header,
    HTTPException,
    Kingpost,
    Path,
    Query,
    Request,
    Response,
    Security,
    UploadFile,
    WebSocket,
    status,
)
from kingpost.responses import JSONResponse, PlainTextResponse, StreamingResponse
from kingpost.security import OAuth2PasswordBearer, OAuth2PasswordRequestForm, SecurityScopes


class Item(BaseModel):
    """A model."""

    name: str
    size: int = 1


app = Kingpost(title="Typed", version="1", dependencies=[], responses={404: {"model": Item}})
router = APIRouter(
    prefix="/items",
    tags=["items"],
    default_response_class=JSONResponse,
    redirect_slashes=False,
    strict_content_type=False,
)
scheme = OAuth2PasswordBearer(tokenUrl="token", auto_error=False)


async def session() -> AsyncIterator[str]:
    """Yield a value."""
    yield "session"


def user(scopes: SecurityScopes, token: Annotated[str | None, Depends(scheme)]) -> str:
    """Return who asks."""
    if token is None:
        raise HTTPException(status.HTTP_401_UNAUTHORIZED, "No token.", {"WWW-Authenticate": "B"})
    return token


class Paging:
    """A class as a dependency."""

    def __init__(self, page: Annotated[int, Query(ge=1)] = 1) -> None:
        self.page = page


Session = Annotated[str, Depends(session, scope="function", use_cache=False)]
User = Annotated[str, Security(user, scopes=["items:read"])]


@app.get(
    "/items/{item_id}",
    response_model=Item | None,
    status_code=200,
    tags=["items"],
    summary="One item",
    responses={404: {"description": "No such item."}},
    response_model_exclude_none=True,
    response_model_include={"name"},
    openapi_extra={"x-internal": True},
    max_body_size=1000,
)
async def read(
    item_id: Annotated[UUID, Path(title="Which")],
    session: Session,
    user: User,
    paging: Annotated[Paging, Depends()],
    q: Annotated[str | None, Query(min_length=1, pattern="^a", examples=["a"])] = None,
    agent: Annotated[str, Header(alias="user-agent", convert_underscores=False)] = "",
    seen: Annotated[bool, Cookie()] = False,
) -> Item | None:
    """Read an item."""
    return Item(name=f"{item_id}{session}{user}{paging.page}{q}{agent}{seen}")


@router.post("", status_code=201, dependencies=[Depends(session)])
def create(
    item: Item,
    request: Request,
    response: Response,
    tasks: BackgroundTasks,
    importance: Annotated[int, Body(gt=0, embed=True)] = 1,
) -> Item:
    """Create an item."""
    response.headers["X-Path"] = request.url.path
    tasks.add_task(print, item.name, sep="")
    return item


@router.put("/form", response_class=PlainTextResponse)
async def upload(
    file: UploadFile,
    name: Annotated[str, Form(max_length=9)],
    raw: Annotated[bytes, File()],
    credentials: Annotated[OAuth2PasswordRequestForm, Depends()],
) -> str:
    """Read a form."""
    return f"{file.filename}{name}{len(raw)}{credentials.username}"


@router.api_route("/any", methods=["GET", "HEAD"], include_in_schema=False)
def default_style(limit: int = Query(default=10, le=100), owner: str = Depends(user)) -> list[str]:
    """Markers as defaults."""
    return [owner] * limit


@router.websocket("/ws")
async def talk(websocket: WebSocket, session: Session) -> None:
    """Say who is there."""
    await websocket.accept()
    await websocket.send_text(session)
    await websocket.close()


@app.delete("/stream", response_model=None)
async def stream() -> StreamingResponse:
    """Answer with a response."""
    return StreamingResponse(iter([b"chunk"]))


app.include_router(router, prefix="/v1", tags=["v1"], dependencies=[Depends(user)])

assert_type(default_style(3, "me"), list[str])
