"""Whether the process runs, and whether it can serve."""

from typing import Literal

import anyio
from pydantic import BaseModel
from sqlalchemy.exc import SQLAlchemyError

from app.dependencies import ResourcesDep
from app.errors import AppError, ErrorBody
from kingpost import APIRouter

router = APIRouter(prefix="/health", tags=["health"])

# Shorter than a load balancer waits, so that it gets an answer and not a time-out.
READY_SECONDS = 2


class Health(BaseModel):
    """The process is well."""

    status: Literal["ok"]


@router.get("/live")
async def live() -> Health:
    """Say that the process runs; restart it when it does not."""
    return Health(status="ok")


@router.get("/ready", responses={503: {"model": ErrorBody, "description": "No database."}})
async def ready(resources: ResourcesDep) -> Health:
    """Say that the database answers; send no requests here while it does not."""
    try:
        with anyio.fail_after(READY_SECONDS):
            await resources.database.ping()
    except (SQLAlchemyError, OSError) as error:
        raise AppError(
            503, "database_unavailable", "The database does not answer; try again in a moment."
        ) from error
    return Health(status="ok")
