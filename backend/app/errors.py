"""Errors that the domain raises and the bodies in which every error is answered.

    AppError            a rule of the domain refused the request; carries status, code and field

Everything else reaches the client through the handlers below, in one shape: ``ErrorBody``, or
``{"detail": [{type, loc, msg}]}`` for a request that does not fit its declaration.
"""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from pydantic import BaseModel
from starlette.exceptions import HTTPException

from app.postgres import ABSENCES, means_absence
from kingpost import Kingpost, Request
from kingpost.exceptions import RequestValidationError
from kingpost.responses import JSONResponse, Response


class ErrorBody(BaseModel):
    """What a refused request is answered with."""

    detail: str
    """A sentence for the person who sent the request."""
    code: str
    """What went wrong, in snake case, for the program that sent it."""
    field: str | None
    """The field of the request that the sentence belongs to."""


UNAUTHORISED: dict[int | str, dict[str, Any]] = {
    401: {"model": ErrorBody, "description": "Nobody is signed in, or not any more."},
    403: {"model": ErrorBody, "description": "The token lacks a scope of the operation."},
}
"""What every operation for signed-in users may answer, for the OpenAPI document."""

TOO_MANY_TRIES: dict[int | str, dict[str, Any]] = {
    429: {
        "model": ErrorBody,
        "description": "There were too many tries from this address or for this account.",
        "headers": {
            "Retry-After": {
                "description": "Seconds until the next try.",
                "schema": {"type": "integer"},
            }
        },
    }
}
"""What every operation with a rate limit may answer, for the OpenAPI document."""


class AppError(Exception):
    """A rule of the domain refused what was asked for.

    Args:
        status: The HTTP status of the answer.
        code: What went wrong, in snake case.
        detail: One sentence for the person at the other end.
        field: The field of the request that the sentence belongs to.
        headers: Headers of the answer, such as ``WWW-Authenticate``.
        keep_changes: Commit what was written before the error instead of rolling it back:
            for a refusal that is itself a change, such as ending a session whose token was stolen.
    """

    def __init__(
        self,
        status: int,
        code: str,
        detail: str,
        *,
        field: str | None = None,
        headers: Mapping[str, str] | None = None,
        keep_changes: bool = False,
    ) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.detail = detail
        self.field = field
        self.headers = headers
        self.keep_changes = keep_changes


def error_response(
    status: int,
    code: str,
    detail: str,
    *,
    field: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:
    """Return an answer with an ``ErrorBody``."""
    body = ErrorBody(detail=detail, code=code, field=field)
    return JSONResponse(body.model_dump(), status_code=status, headers=headers)


def internal_error_response() -> JSONResponse:
    """Return the answer to a request that failed for a reason of ours; it tells nothing else."""
    return error_response(500, "internal_error", "Internal Server Error")


def body_too_large_response() -> JSONResponse:
    """Return the answer to a request with a body beyond the limit (RFC 9110, 15.5.14)."""
    return error_response(
        413, "body_too_large", "This is more than the server takes at once; send less."
    )


async def handle_app_error(request: Request, error: Exception) -> Response:
    """Answer an ``AppError``."""
    if not isinstance(error, AppError):
        raise error
    return error_response(
        error.status, error.code, error.detail, field=error.field, headers=error.headers
    )


async def handle_absent_database(request: Request, error: Exception) -> Response:
    """Answer a request that the database could not serve because it restarts or has gone away.

    What the request was to change is undone, unless the database went in the very moment of the
    commit: like every 503 of a write, it says that nobody knows.
    """
    if not means_absence(error):
        raise error
    return error_response(
        503,
        "database_unavailable",
        "The database does not answer; try again in a moment.",
        headers={"Retry-After": "1"},
    )


async def handle_http_exception(request: Request, error: Exception) -> Response:
    """Answer the framework's own refusals (unknown path, wrong method) in the same shape."""
    if not isinstance(error, HTTPException):
        raise error
    if error.status_code == 413:
        return body_too_large_response()
    code = HTTPStatus(error.status_code).name.lower()
    return error_response(error.status_code, code, str(error.detail), headers=error.headers)


async def handle_invalid_request(request: Request, error: Exception) -> Response:
    """Answer a request that does not fit its declaration with every problem found.

    The values typed (``input``) and what was derived from them (``ctx``) are left out: a
    password must not come back in an error that a proxy or a browser extension may keep.
    """
    if not isinstance(error, RequestValidationError):
        raise error
    problems = [{key: problem[key] for key in ("type", "loc", "msg")} for problem in error.errors()]
    return JSONResponse({"detail": problems}, status_code=422)


def install_error_handlers(app: Kingpost) -> None:
    """Give *app* the handlers of this module."""
    app.add_exception_handler(AppError, handle_app_error)
    for absence in ABSENCES:
        app.add_exception_handler(absence, handle_absent_database)
    app.add_exception_handler(HTTPException, handle_http_exception)
    app.add_exception_handler(RequestValidationError, handle_invalid_request)
