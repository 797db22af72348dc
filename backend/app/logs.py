"""Logs: one short line an event, with the request it belongs to.

What is logged is chosen field by field. Bodies, query strings, headers, tokens and addresses of
people are no fields: they hold secrets and personal data.
"""

import json
import logging
from contextvars import ContextVar
from datetime import UTC, datetime

from app.settings import Settings

request_id: ContextVar[str | None] = ContextVar("request_id", default=None)
"""The request that is being served, on every line logged meanwhile."""


def fields_of(record: logging.LogRecord) -> dict[str, object]:
    """Return what *record* says beside its message, given as ``extra={"fields": {…}}``."""
    given = getattr(record, "fields", None)
    fields = dict(given) if isinstance(given, dict) else {}
    current = request_id.get()
    return {"request_id": current, **fields} if current is not None else fields


class LineFormatter(logging.Formatter):
    """For a person: ``12:30:01 INFO app.requests request method=GET status=200``."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as a line."""
        time = datetime.fromtimestamp(record.created, UTC).astimezone().strftime("%H:%M:%S")
        # As JSON, so that a value cannot end its line and pretend to be the next one.
        fields = [
            f"{key}={value if isinstance(value, int) else json.dumps(value, ensure_ascii=False)}"
            for key, value in fields_of(record).items()
        ]
        line = " ".join([time, record.levelname, record.name, record.getMessage(), *fields])
        if record.exc_info:
            line = f"{line}\n{self.formatException(record.exc_info)}"
        return line


class JsonFormatter(logging.Formatter):
    """For a program: an object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as an object."""
        return json.dumps(
            {
                "time": datetime.fromtimestamp(record.created, UTC).isoformat(),
                "level": record.levelname,
                "logger": record.name,
                "message": record.getMessage(),
                **fields_of(record),
            },
            ensure_ascii=False,
        )


def configure_logs(settings: Settings) -> None:
    """Send the lines of the application to standard error.

    Uvicorn's own line a request is switched off: it repeats ours and shows query strings.
    """
    handler = logging.StreamHandler()
    handler.setFormatter(LineFormatter() if settings.in_development else JsonFormatter())
    logger = logging.getLogger("app")
    logger.handlers = [handler]
    logger.setLevel(settings.LOG_LEVEL)
    logging.getLogger("uvicorn.access").disabled = True
    # Its lines hold the parameters of every statement, which are what people typed.
    logging.getLogger("aiosqlite").setLevel(logging.WARNING)
