"""How lines of the log look."""

import json
import logging
import sys
from pathlib import Path

import pytest
from sqlalchemy import URL

from app.logs import JsonFormatter, LineFormatter, configure_logs, request_id
from tests.backend.factories import make_settings


def make_record(message: str, **fields: object) -> logging.LogRecord:
    """Return a record as the application logs it."""
    record = logging.LogRecord("app.test", logging.INFO, "file.py", 1, message, (), None)
    record.fields = fields
    return record


def test_line() -> None:
    """A person sees time, level, place, message and fields."""
    line = LineFormatter().format(make_record("request", status=200, path="/a"))

    assert line.split(" ", 1)[1] == 'INFO app.test request status=200 path="/a"'


def test_line_is_one_line() -> None:
    """A value cannot end its line and pretend to be another one."""
    line = LineFormatter().format(make_record("request", path="/a\n12:00:00 ERROR forged"))

    assert "\n" not in line


def test_line_with_an_error() -> None:
    """While developing the traceback follows."""
    try:
        raise ValueError("wrong")
    except ValueError:
        record = make_record("unhandled error")
        record.exc_info = sys.exc_info()

    assert LineFormatter().format(record).endswith("ValueError: wrong")


def test_json() -> None:
    """A program gets an object, with the request it belongs to and never a traceback."""
    token = request_id.set("number-1")
    try:
        line = JsonFormatter().format(make_record("request", status=200))
    finally:
        request_id.reset(token)

    logged = json.loads(line)
    assert logged.pop("time").endswith("+00:00")
    assert logged == {
        "level": "INFO",
        "logger": "app.test",
        "message": "request",
        "request_id": "number-1",
        "status": 200,
    }


@pytest.mark.parametrize(
    ("environment", "formatter"), [("development", LineFormatter), ("production", JsonFormatter)]
)
def test_configured(tmp_path: Path, environment: str, formatter: type[logging.Formatter]) -> None:
    """The environment decides for whom is logged, the setting how much; doing it twice is once."""
    settings = make_settings(
        URL.create("sqlite", database="x"),
        tmp_path,
        ENVIRONMENT=environment,
        LOG_LEVEL="WARNING",
        PASSWORD_HASH_MEMORY_KIB=19_456,
        PASSWORD_HASH_PASSES=2,
    )

    configure_logs(settings)
    configure_logs(settings)

    logger = logging.getLogger("app")
    (handler,) = logger.handlers
    assert isinstance(handler.formatter, formatter)
    assert logger.level == logging.WARNING
    assert logging.getLogger("uvicorn.access").disabled
