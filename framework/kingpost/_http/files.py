"""Small files, sent with one visit to a worker thread."""

import os
import stat
from pathlib import Path

from starlette.responses import FileResponse
from starlette.types import Receive, Scope, Send

from kingpost._http.patches import is_patched
from kingpost._http.threads import run_in_thread

__all__ = ["send_file"]


async def send_file(response: FileResponse, scope: Scope, receive: Receive, send: Send) -> None:
    """Send a file as the response says.

    Starlette looks at a file, opens it, reads it and closes it in a thread each time, and watches
    for the client's leaving meanwhile. A file of less than a chunk is here before that can matter.

    Args:
        response: The response, of this very class.
        scope: The request's scope.
        receive: Its messages.
        send: Takes the response.

    Raises:
        RuntimeError: There is no such file.
    """
    found = None
    if _is_simple(response, scope):
        found = await run_in_thread(_read, response.path, response.chunk_size)
    if found is None:
        await response(scope, receive, send)
        return
    facts, content = found
    response.set_stat_headers(facts)
    await send(
        {
            "type": "http.response.start",
            "status": response.status_code,
            "headers": response.raw_headers,
        }
    )
    await send({"type": "http.response.body", "body": content, "more_body": False})
    if response.background is not None:
        await response.background()


def _is_simple(response: FileResponse, scope: Scope) -> bool:
    """Tell whether the whole file is wanted, and nobody else is to send it."""
    return (
        not is_patched(FileResponse)
        and response.stat_result is None
        and scope["method"] == "GET"
        and "http.response.pathsend" not in scope.get("extensions", ())
        and all(name != b"range" for name, _ in scope["headers"])
    )


def _read(path: str | os.PathLike[str], limit: int) -> tuple[os.stat_result, bytes] | None:
    """Return what is known of a file and what is in it; None unless it has fewer bytes."""
    try:
        file = Path(path)
        facts = file.stat()
        # To open anything else may wait for somebody who writes to it.
        if stat.S_ISREG(facts.st_mode) and facts.st_size < limit:
            content = file.read_bytes()
            if len(content) == facts.st_size:
                return facts, content
    except (OSError, TypeError, ValueError):
        pass  # Starlette meets it again, and has words for it.
    return None
