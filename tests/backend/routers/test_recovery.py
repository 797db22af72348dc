"""Forgotten passwords, over HTTP."""

from pathlib import Path

import pytest
from sqlalchemy import URL, update
from sqlmodel import col

from app.features.recovery.models import ResetToken
from app.features.users.models import User
from app.main import create_app
from app.settings import Settings
from kingpost import Kingpost
from kingpost.testclient import TestClient
from tests.backend.conftest import Sql
from tests.backend.factories import (
    PASSWORD,
    TOKEN_URL,
    SignedIn,
    make_settings,
    sign_in,
    sign_in_admin,
    sign_up,
)
from tests.backend.mails import kept_mails, mail_number, token_in

RECOVERY_URL = "/api/v1/login/password-recovery"
RESET_URL = "/api/v1/login/reset-password"
ME_URL = "/api/v1/users/me"
NEW_PASSWORD = "a new and long password"


def ask(client: TestClient, email: str, **headers: str) -> None:
    """Ask for a link."""
    answer = client.post(RECOVERY_URL, json={"email": email}, headers=headers)
    assert answer.status_code == 202, answer.text


def reset_status(client: TestClient, token: str, new_password: str = NEW_PASSWORD) -> int:
    """Return the status of choosing a new password."""
    body = {"token": token, "new_password": new_password}
    return client.post(RESET_URL, json=body).status_code


class TestRecoverPassword:
    """POST /login/password-recovery."""

    def test_valid(self, client: TestClient, settings: Settings) -> None:
        """The owner of an address gets a mail with a link to the site that they are on."""
        user = sign_up(client)

        ask(client, f"  {user.email.upper()} ")

        mail = mail_number(settings, 1)
        assert mail.to == user.email
        assert mail.subject == "Choose a new password"
        assert mail.sender == "Kingpost <no-reply@example.com>"
        link = f"http://testserver/reset-password#token={token_in(mail)}"
        assert link in mail.text
        assert f'href="{link}"' in mail.html

    def test_same_answer_for_everybody(self, app: Kingpost, settings: Settings) -> None:
        """Known, unknown and inactive addresses are answered alike; only the first gets a mail."""
        with TestClient(app, headers={"Origin": "http://testserver"}) as client:
            admin = sign_in_admin(client)
            known, inactive = sign_up(client), sign_up(client)
            address = f"/api/v1/admin/users/{inactive.id}"
            client.patch(address, json={"is_active": False}, headers=admin.headers)

            answers = [
                client.post(RECOVERY_URL, json={"email": email})
                for email in (known.email, "nobody@example.com", inactive.email)
            ]

        # Stopping the application waits for the mails.
        assert [answer.status_code for answer in answers] == [202, 202, 202]
        assert len({answer.text for answer in answers}) == 1
        assert [mail.to for mail in kept_mails(settings)] == [known.email]

    def test_no_address(self, client: TestClient) -> None:
        """What is no address is refused at its field, whether or not somebody has it."""
        answer = client.post(RECOVERY_URL, json={"email": "nobody"})

        assert answer.status_code == 422
        assert answer.json()["detail"][0]["loc"] == ["body", "email"]

    def test_foreign_origin(self, app: Kingpost, settings: Settings) -> None:
        """A foreign page cannot have mails sent, nor lead a link to itself."""
        with TestClient(app) as client:
            user = sign_up(client)
            headers = {"Origin": "https://evil.example"}
            answer = client.post(RECOVERY_URL, json={"email": user.email}, headers=headers)

        assert answer.status_code == 403
        assert answer.json()["code"] == "foreign_origin"
        assert kept_mails(settings) == []

    def test_without_a_mail_server(self, database_url: URL, tmp_path: Path) -> None:
        """Where no mail can be sent, nobody is told to wait for one."""
        settings = make_settings(
            database_url,
            tmp_path,
            ENVIRONMENT="production",
            PASSWORD_HASH_MEMORY_KIB=19_456,
            PASSWORD_HASH_PASSES=2,
        )
        with TestClient(create_app(settings)) as client:
            answers = [
                client.post(RECOVERY_URL, json={"email": email})
                for email in ("admin@example.com", "nobody@example.com")
            ]

        assert [answer.status_code for answer in answers] == [503, 503]
        assert {answer.json()["code"] for answer in answers} == {"mail_unavailable"}
        assert kept_mails(settings) == []


class TestResetPassword:
    """POST /login/reset-password."""

    @pytest.fixture
    def user(self, client: TestClient) -> SignedIn:
        """Return somebody who has an account and is signed in."""
        return sign_up(client)

    @pytest.fixture
    def token(self, client: TestClient, user: SignedIn, settings: Settings) -> str:
        """Return the token that they were sent."""
        ask(client, user.email)
        return token_in(mail_number(settings, 1))

    def test_valid(self, client: TestClient, user: SignedIn, token: str) -> None:
        """The new password signs in, the old one does not, and nobody is signed in any more."""
        answer = client.post(RESET_URL, json={"token": token, "new_password": NEW_PASSWORD})

        assert answer.status_code == 204
        assert answer.content == b""
        assert client.get(ME_URL, headers=user.headers).status_code == 401
        assert client.post("/api/v1/login/refresh").status_code == 401
        old = client.post(TOKEN_URL, data={"username": user.email, "password": PASSWORD})
        assert old.status_code == 400
        assert sign_in(client, user.email, NEW_PASSWORD)

    def test_tells_the_owner(
        self, client: TestClient, user: SignedIn, token: str, settings: Settings
    ) -> None:
        """A mail says that the password was changed, and where to go if it was not oneself."""
        reset_status(client, token)

        mail = mail_number(settings, 2)
        assert (mail.to, mail.subject) == (user.email, "Your password was changed")
        assert "all devices were signed out" in mail.text
        assert "http://testserver/forgot-password" in mail.text
        assert token not in mail.text + mail.html

    def test_once(self, client: TestClient, token: str) -> None:
        """A link is good for one use."""
        assert reset_status(client, token) == 204

        body = {"token": token, "new_password": "yet another long password"}
        answer = client.post(RESET_URL, json=body)

        assert answer.status_code == 400
        assert answer.json() == {
            "detail": "This link was used already or is too old; ask for a new one.",
            "code": "invalid_reset_token",
            "field": None,
        }

    @pytest.mark.parametrize("token", ["", "unknown", "x" * 128])
    def test_unknown(self, client: TestClient, token: str) -> None:
        """What nobody was sent is good for nothing."""
        assert reset_status(client, token) == 400

    def test_too_old(self, client: TestClient, token: str, sql: Sql) -> None:
        """A link is good for an hour."""
        sql(update(ResetToken).values(expires_at=ResetToken.created_at))

        assert reset_status(client, token) == 400

    def test_replaced(
        self, client: TestClient, user: SignedIn, token: str, settings: Settings
    ) -> None:
        """A newer link makes the older one worthless."""
        ask(client, user.email)
        newer = token_in(mail_number(settings, 2))

        assert reset_status(client, token) == 400
        assert reset_status(client, newer) == 204

    def test_password_changed_since(self, client: TestClient, user: SignedIn, token: str) -> None:
        """Whoever still knows the password and changes it is not overruled by a mail."""
        change = {"current_password": PASSWORD, "new_password": NEW_PASSWORD}
        url = "/api/v1/users/me/password"
        assert client.put(url, json=change, headers=user.headers).status_code == 204

        assert reset_status(client, token) == 400

    def test_address_changed_since(self, client: TestClient, user: SignedIn, token: str) -> None:
        """A link that went to an address is worthless once the account has another one."""
        client.patch(ME_URL, json={"email": "new@example.com"}, headers=user.headers)

        assert reset_status(client, token) == 400

    def test_deactivated_since(
        self, client: TestClient, user: SignedIn, token: str, sql: Sql
    ) -> None:
        """A link opens no account that was closed."""
        sql(update(User).where(col(User.email) == user.email).values(is_active=False))

        assert reset_status(client, token) == 400

    def test_weak_password(self, client: TestClient, token: str) -> None:
        """A password that is too short is refused at its field, and the link stays good."""
        body = {"token": token, "new_password": "short"}
        answer = client.post(RESET_URL, json=body)

        assert answer.status_code == 422
        assert answer.json()["detail"][0]["loc"] == ["body", "new_password"]
        assert reset_status(client, token) == 204

    def test_foreign_origin(self, client: TestClient, token: str) -> None:
        """A foreign page cannot use a link."""
        answer = client.post(
            RESET_URL,
            json={"token": token, "new_password": NEW_PASSWORD},
            headers={"Origin": "https://evil.example"},
        )

        assert answer.status_code == 403
        assert reset_status(client, token) == 204
