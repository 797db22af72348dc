"""The pages of the developer's mailbox."""

from pathlib import Path

import pytest
from sqlalchemy import URL

from app.mail.mailbox import KeptMail
from app.main import create_app
from app.settings import Settings
from kingpost.testclient import TestClient
from tests.backend.factories import PAGE, make_settings, sign_up
from tests.backend.mails import mail_number

MAILBOX = "/dev/mailbox"


@pytest.fixture
def mail(client: TestClient, settings: Settings) -> KeptMail:
    """Return a mail that the application sent."""
    user = sign_up(client)
    client.post("/api/v1/login/password-recovery", json={"email": user.email})
    return mail_number(settings, 1)


def test_empty(client: TestClient) -> None:
    """Before the first mail the page says that there is none, and looks again by itself."""
    answer = client.get(MAILBOX)

    assert answer.status_code == 200
    assert "No mail yet." in answer.text
    assert '<meta http-equiv="refresh" content="3">' in answer.text


def test_list(client: TestClient, mail: KeptMail) -> None:
    """A mail is listed with whom it is for, and leads to its page."""
    answer = client.get(MAILBOX)

    assert f'href="{MAILBOX}/{mail.name}"' in answer.text
    assert mail.to in answer.text
    assert 'http-equiv="refresh"' not in answer.text
    assert answer.headers["cache-control"] == "no-store"


def test_mail(client: TestClient, mail: KeptMail) -> None:
    """The page shows the text, and the HTML in a frame that may run nothing."""
    answer = client.get(f"{MAILBOX}/{mail.name}")

    assert mail.subject in answer.text
    assert "#token=" in answer.text
    frame = (
        f'src="{MAILBOX}/{mail.name}/html" sandbox="allow-popups allow-popups-to-escape-sandbox"'
    )
    assert frame in answer.text
    assert "script-src" not in answer.headers["content-security-policy"]
    assert "'unsafe-inline'" not in answer.headers["content-security-policy"]


def test_html(client: TestClient, mail: KeptMail) -> None:
    """The HTML of a mail may run, load and send nothing, also by itself."""
    answer = client.get(f"{MAILBOX}/{mail.name}/html")

    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; ")
    assert "sandbox allow-popups " in policy
    assert "allow-scripts" not in policy
    assert "allow-same-origin" not in policy
    assert '<base target="_blank">' in answer.text


def test_style(client: TestClient) -> None:
    """The pages have a style sheet of their own, and no icon that a browser would look for."""
    page = client.get(MAILBOX).text
    answer = client.get(f"{MAILBOX}/style.css")

    assert 'rel="stylesheet" href="/dev/mailbox/style.css"' in page
    assert 'rel="icon" href="data:,"' in page
    assert answer.headers["content-type"].startswith("text/css")
    assert "color-scheme" in answer.text


@pytest.mark.parametrize("path", ["/nothing", "/20260101000000000000-01234567/html", "/..%2fx"])
def test_no_such_mail(client: TestClient, path: str) -> None:
    """A mail that is not there is a 404."""
    assert client.get(MAILBOX + path).status_code == 404


def test_not_in_the_description(client: TestClient) -> None:
    """The pages are no part of the API."""
    assert MAILBOX not in client.get("/openapi.json").text


@pytest.mark.parametrize(
    "changed",
    [
        {
            "ENVIRONMENT": "production",
            "PASSWORD_HASH_MEMORY_KIB": 19_456,
            "PASSWORD_HASH_PASSES": 2,
        },
        {"SMTP_HOST": "localhost"},
    ],
    ids=["production", "with a mail server"],
)
def test_nowhere_else(
    database_url: URL, tmp_path: Path, frontend_dir: Path, changed: dict[str, object]
) -> None:
    """Outside development, and where a mail server takes the mails, there is no such page."""
    changed = {**changed, "FRONTEND_DIR": frontend_dir}
    with TestClient(create_app(make_settings(database_url, tmp_path, **changed))) as client:
        statuses = [client.get(MAILBOX + path).status_code for path in ("", "/style.css")]
        page = client.get(MAILBOX, headers={"Accept": "text/html"})

    assert statuses == [404, 404]
    # The application's own page, which says that it knows no such address.
    assert page.text == PAGE
