"""What a mail says."""

import pytest
from jinja2 import UndefinedError

from app.mail.messages import Sender, compose

SENDER = Sender("Kingpost", "no-reply@example.com")
VALUES = {"email": "ada@example.com", "link": "https://app.example/#token=x", "lifetime": "an hour"}


def test_headers() -> None:
    """A mail says who it is from and for, what it is about, when, and that no person wrote it."""
    mail = compose(SENDER, "ada@example.com", "Choose a new password", "password-reset", **VALUES)

    assert mail["From"] == "Kingpost <no-reply@example.com>"
    assert mail["To"] == "ada@example.com"
    assert mail["Subject"] == "Choose a new password"
    assert mail["Message-ID"].endswith("@example.com>")
    assert mail["Date"].datetime.utcoffset() is not None
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail.get_content_type() == "multipart/alternative"


def test_values_are_escaped() -> None:
    """What stands in a value stays text, also where it looks like HTML."""
    values = {**VALUES, "email": '"><img src=x>@example.com'}
    mail = compose(SENDER, "ada@example.com", "Subject", "password-reset", **values)
    text, html = (mail.get_body((kind,)) for kind in ("plain", "html"))
    assert text is not None
    assert html is not None

    assert '"><img src=x>@example.com' in text.get_content()
    assert "<img" not in html.get_content()
    assert "&lt;img src=x&gt;@example.com" in html.get_content()


@pytest.mark.parametrize("header", ["to", "subject"])
def test_no_further_headers(header: str) -> None:
    """A line end in a header cannot begin another one."""
    given = {"to": "ada@example.com", "subject": "Subject"}
    given[header] += "\r\nBcc: eve@example.com"

    with pytest.raises(ValueError, match=r"linefeed|carriage return"):
        compose(SENDER, given["to"], given["subject"], "password-reset", **VALUES)


def test_missing_value() -> None:
    """A value that is forgotten is an error, not a gap."""
    with pytest.raises(UndefinedError, match="link"):
        compose(SENDER, "ada@example.com", "Subject", "password-reset", email="x", lifetime="x")


@pytest.mark.parametrize(
    ("template", "values"),
    [
        ("password-reset", VALUES),
        ("password-changed", {**VALUES, "ended": "all devices were signed out"}),
    ],
)
def test_nothing_is_loaded(template: str, values: dict[str, str]) -> None:
    """A mail loads no picture, font or script from anywhere: nobody is told that it was read."""
    mail = compose(SENDER, "ada@example.com", "Subject", template, **values)
    html = mail.get_body(("html",))
    assert html is not None

    for word in ("src=", "url(", "@import", "<link", "<script"):
        assert word not in html.get_content()
