"""An application's OpenAPI document, to be printed or kept."""

import json
import traceback
from pathlib import Path

from kingpost._cli.discovery import Target
from kingpost._cli.errors import CommandError
from kingpost._serve.application import Kingpost

__all__ = ["document_of", "save"]


def document_of(target: Target, *, indent: int = 2) -> bytes:
    """Return the document that the application serves, as JSON in UTF-8 (RFC 8259, section 8.1).

    Args:
        target: The application.
        indent: Spaces for each level; 0 puts everything into one line.

    Raises:
        CommandError: It is no `Kingpost`, or its document cannot be made.
    """
    app = target.app
    if not isinstance(app, Kingpost):
        raise CommandError(
            f"{target.entrypoint} is of type {type(app).__name__}, which has no OpenAPI document. "
            "Name a Kingpost with --app."
        )
    try:
        separators = None if indent else (",", ":")
        text = json.dumps(
            app.openapi(), indent=indent or None, separators=separators, ensure_ascii=False
        )
        return f"{text}\n".encode()
    except Exception as exc:
        reason = "".join(traceback.format_exception_only(exc)).rstrip()
        raise CommandError(
            f"The document of {target.entrypoint} could not be made.\n{reason}"
        ) from exc


def save(content: bytes, file: Path) -> None:
    """Write to a file, in place of what it holds.

    Raises:
        CommandError: It cannot be written.
    """
    try:
        file.write_bytes(content)
    except OSError as exc:
        reason = exc.strerror or str(exc)
        raise CommandError(
            f"{file} could not be written: {reason}. Name another file with --output."
        ) from exc
