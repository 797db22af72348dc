"""Signing in, staying signed in and signing out, over HTTP."""

from datetime import timedelta
from http.cookies import SimpleCookie
from pathlib import Path

import httpx2
import jwt
import pytest
from sqlalchemy import URL
from sqlmodel import col, update

from app.database import utcnow
from app.features.sessions.models import RefreshToken, Session
from app.main import create_app
from app.routers.login import COOKIE, COOKIE_PATH, HINT
from app.settings import Settings
from kingpost import Kingpost
from kingpost.testclient import TestClient
from tests.backend.conftest import Sql
from tests.backend.factories import (
    ADMIN_EMAIL,
    ADMIN_PASSWORD,
    PASSWORD,
    TOKEN_URL,
    make_settings,
    sign_in,
    sign_in_admin,
    sign_up,
)

REFRESH_URL = "/api/v1/login/refresh"
LOGOUT_URL = "/api/v1/login/logout"
ME_URL = "/api/v1/users/me"


def cookie_of(client: TestClient) -> str:
    """Return the refresh token that the browser holds."""
    return str(client.cookies[COOKIE])


def set_cookies(answer: httpx2.Response) -> SimpleCookie:
    """Return the cookies that an answer sets."""
    cookies = SimpleCookie()
    for header in answer.headers.get_list("set-cookie"):
        cookies.load(header)
    return cookies


def put_cookie(client: TestClient, token: str) -> None:
    """Make the browser hold another refresh token."""
    client.cookies.clear()
    client.cookies.set(COOKIE, token, domain="testserver.local", path=COOKIE_PATH)


def bearer(token: str) -> dict[str, str]:
    """Return the header with an access token."""
    return {"Authorization": f"Bearer {token}"}


class TestAccessToken:
    """POST /login/access-token."""

    def test_valid(self, client: TestClient, settings: Settings) -> None:
        """A right password is answered with a token that says what RFC 6749 asks for."""
        answer = client.post(TOKEN_URL, data={"username": ADMIN_EMAIL, "password": ADMIN_PASSWORD})

        assert answer.status_code == 200
        body = answer.json()
        assert body == {
            "access_token": body["access_token"],
            "token_type": "bearer",
            "expires_in": 600,
            "scope": "items:read items:write users:read users:write admin",
        }
        assert answer.headers["cache-control"] == "no-store"

    def test_claims(self, client: TestClient, settings: Settings) -> None:
        """The access token names its user, session, scopes, issuer, audience, kind and end."""
        token = sign_in(client, ADMIN_EMAIL, ADMIN_PASSWORD)["Authorization"].split()[1]

        claims = jwt.decode(token, settings.secret_key, ["HS256"], audience="kingpost-api")

        expected = {"iss", "aud", "sub", "sid", "scope", "type", "iat", "exp"}
        assert set(claims) == expected
        assert claims["exp"] - claims["iat"] == 600

    def test_cookie(self, client: TestClient) -> None:
        """The refresh token comes in a cookie that scripts and other sites cannot use."""
        answer = client.post(TOKEN_URL, data={"username": ADMIN_EMAIL, "password": ADMIN_PASSWORD})

        morsel = set_cookies(answer)[COOKIE]
        assert len(morsel.value) == 43
        assert morsel["httponly"] is True
        assert morsel["samesite"].lower() == "lax"
        assert morsel["path"] == "/api/v1/login"
        assert morsel["secure"] == ""
        assert 29 * 86400 < int(morsel["max-age"]) <= 30 * 86400
        assert morsel.value not in answer.text

    def test_cookie_is_secure_in_production(self, database_url: URL, tmp_path: Path) -> None:
        """Outside development the cookie travels by HTTPS alone."""
        settings = make_settings(
            database_url,
            tmp_path,
            ENVIRONMENT="production",
            PASSWORD_HASH_MEMORY_KIB=19_456,
            PASSWORD_HASH_PASSES=2,
        )
        with TestClient(create_app(settings), base_url="https://testserver") as client:
            answer = client.post(
                TOKEN_URL, data={"username": ADMIN_EMAIL, "password": ADMIN_PASSWORD}
            )

        cookies = set_cookies(answer)
        assert [cookies[name]["secure"] for name in (COOKIE, HINT)] == [True, True]

    def test_hint(self, client: TestClient) -> None:
        """A second cookie, which the page can read, says no more than that there is a first."""
        answer = client.post(TOKEN_URL, data={"username": ADMIN_EMAIL, "password": ADMIN_PASSWORD})

        cookies = set_cookies(answer)
        assert cookies[HINT].value == "1"
        assert cookies[HINT]["httponly"] == ""
        assert cookies[HINT]["path"] == "/"
        assert cookies[HINT]["samesite"].lower() == "lax"
        assert cookies[HINT]["max-age"] == cookies[COOKIE]["max-age"]

    def test_refused_alike(self, client: TestClient) -> None:
        """A wrong password, an unknown address, no address and an inactive user look the same."""
        admin = sign_in_admin(client)
        inactive = sign_up(client)
        client.patch(
            f"/api/v1/admin/users/{inactive.id}", json={"is_active": False}, headers=admin.headers
        )
        tries = [
            (ADMIN_EMAIL, "not the password"),
            ("nobody@example.com", PASSWORD),
            ("no address\x00", PASSWORD),
            (inactive.email, PASSWORD),
        ]

        answers = [
            client.post(TOKEN_URL, data={"username": email, "password": password})
            for email, password in tries
        ]

        assert {answer.status_code for answer in answers} == {400}
        assert {answer.json()["code"] for answer in answers} == {"invalid_credentials"}
        assert len({answer.text for answer in answers}) == 1
        assert all("set-cookie" not in answer.headers for answer in answers)

    def test_address_in_any_case(self, client: TestClient) -> None:
        """An address is recognised whatever the case it is typed in."""
        sign_up(client, "Grace.Hopper@Example.com")

        assert sign_in(client, "  grace.hopper@EXAMPLE.com ")

    def test_requested_scopes(self, client: TestClient) -> None:
        """What is granted is what was requested and the role allows."""
        user = sign_up(client)
        form = {"username": user.email, "password": PASSWORD, "scope": "admin items:read nonsense"}

        answer = client.post(TOKEN_URL, data=form)

        assert answer.json()["scope"] == "items:read"

    def test_nothing_granted(self, client: TestClient) -> None:
        """Scopes that the role does not allow grant none, and not all."""
        user = sign_up(client)
        form = {"username": user.email, "password": PASSWORD, "scope": "admin"}

        answer = client.post(TOKEN_URL, data=form)

        assert answer.json()["scope"] == ""
        headers = bearer(answer.json()["access_token"])
        assert client.get(ME_URL, headers=headers).status_code == 403

    def test_invalid(self, client: TestClient) -> None:
        """Every missing field is listed."""
        answer = client.post(TOKEN_URL, data={"grant_type": "implicit"})

        assert answer.status_code == 422
        fields = {problem["loc"][-1] for problem in answer.json()["detail"]}
        assert fields == {"grant_type", "username", "password"}

    def test_foreign_origin(self, client: TestClient) -> None:
        """A foreign page cannot sign a browser in to an account of its choice."""
        answer = client.post(
            TOKEN_URL,
            data={"username": ADMIN_EMAIL, "password": ADMIN_PASSWORD},
            headers={"Origin": "https://evil.example"},
        )

        assert answer.status_code == 403
        assert answer.json()["code"] == "foreign_origin"
        assert "set-cookie" not in answer.headers

    def test_program_without_origin(self, app: Kingpost) -> None:
        """A program, which sends no Origin, may ask for a token."""
        with TestClient(app) as program:
            assert sign_in(program, ADMIN_EMAIL, ADMIN_PASSWORD)


class TestRefresh:
    """POST /login/refresh."""

    def test_valid(self, client: TestClient) -> None:
        """The cookie is exchanged for another one, and for a token that works."""
        sign_up(client)
        before = cookie_of(client)

        answer = client.post(REFRESH_URL)

        assert answer.status_code == 200
        assert cookie_of(client) != before
        headers = bearer(answer.json()["access_token"])
        assert client.get(ME_URL, headers=headers).status_code == 200

    def test_keeps_requested_scopes(self, client: TestClient) -> None:
        """A session that asked for less does not get more by refreshing (RFC 6749, 6)."""
        sign_up(client, scope="items:read")

        assert client.post(REFRESH_URL).json()["scope"] == "items:read"

    @pytest.mark.parametrize("token", [None, "unknown"])
    def test_anonymous(self, client: TestClient, token: str | None) -> None:
        """Without a cookie, or with one nobody gave out, nobody is signed in."""
        if token is not None:
            put_cookie(client, token)

        answer = client.post(REFRESH_URL)

        assert answer.status_code == 401
        assert answer.json()["code"] == "invalid_refresh_token"
        assert answer.headers["www-authenticate"] == "Bearer"
        cookies = set_cookies(answer)
        assert [cookies[name]["max-age"] for name in (COOKIE, HINT)] == ["0", "0"]
        assert int(answer.headers["content-length"]) == len(answer.content)

    @pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://testserver:8080"])
    def test_foreign_origin(self, client: TestClient, origin: str) -> None:
        """A foreign page cannot use the cookie, and does not use it up."""
        sign_up(client)
        before = cookie_of(client)

        answer = client.post(REFRESH_URL, headers={"Origin": origin})

        assert answer.status_code == 403
        assert answer.json()["code"] == "foreign_origin"
        assert cookie_of(client) == before
        assert client.post(REFRESH_URL).status_code == 200

    def test_two_tabs(self, client: TestClient) -> None:
        """A token replaced a moment ago is honoured once, for the other tab; not twice."""
        sign_up(client)
        shared = cookie_of(client)
        statuses = []
        for _ in range(3):
            put_cookie(client, shared)
            statuses.append(client.post(REFRESH_URL).status_code)

        assert statuses == [200, 200, 401]

    def test_reuse_ends_the_family(self, client: TestClient, sql: Sql) -> None:
        """A replaced token that comes back later ends the session for both of its users."""
        sign_up(client)
        stolen = cookie_of(client)
        access = client.post(REFRESH_URL).json()["access_token"]
        current = cookie_of(client)
        age_replaced_tokens(sql, seconds=11)
        put_cookie(client, stolen)

        reused = client.post(REFRESH_URL)

        assert reused.status_code == 401
        assert client.get(ME_URL, headers=bearer(access)).status_code == 401
        put_cookie(client, current)
        assert client.post(REFRESH_URL).status_code == 401

    def test_expired(self, client: TestClient, sql: Sql) -> None:
        """A session ends some day, however often it is refreshed."""
        sign_up(client)
        sql(update(Session).values(expires_at=utcnow() - timedelta(seconds=1)))

        assert client.post(REFRESH_URL).status_code == 401


def age_replaced_tokens(sql: Sql, *, seconds: int) -> None:
    """Move the replacement of every token to the past."""
    earlier = utcnow() - timedelta(seconds=seconds)
    statement = update(RefreshToken).where(col(RefreshToken.replaced_at).is_not(None))
    sql(statement.values(replaced_at=earlier))


class TestLogout:
    """POST /login/logout."""

    def test_ends_the_session_at_once(self, client: TestClient) -> None:
        """After signing out neither the access token nor the cookie works."""
        user = sign_up(client)
        cookie = cookie_of(client)

        answer = client.post(LOGOUT_URL, headers=user.headers)

        assert answer.status_code == 204
        assert answer.content == b""
        assert not {COOKIE, HINT} & set(client.cookies)
        assert client.get(ME_URL, headers=user.headers).status_code == 401
        put_cookie(client, cookie)
        assert client.post(REFRESH_URL).status_code == 401

    def test_by_the_cookie_alone(self, client: TestClient) -> None:
        """A page that lost its access token can still sign out."""
        user = sign_up(client)

        assert client.post(LOGOUT_URL).status_code == 204
        assert client.get(ME_URL, headers=user.headers).status_code == 401

    def test_by_the_access_token_alone(self, app: Kingpost) -> None:
        """A program without cookies signs out with its token, and needs no Origin."""
        with TestClient(app) as program:
            headers = sign_in(program, ADMIN_EMAIL, ADMIN_PASSWORD)
            program.cookies.clear()

            assert program.post(LOGOUT_URL, headers=headers).status_code == 204
            assert program.get(ME_URL, headers=headers).status_code == 401

    def test_with_a_replaced_cookie(self, client: TestClient) -> None:
        """An old cookie of the family ends the session too: nobody is left signed in."""
        user = sign_up(client)
        old = cookie_of(client)
        client.post(REFRESH_URL)
        put_cookie(client, old)

        client.post(LOGOUT_URL)

        assert client.get(ME_URL, headers=user.headers).status_code == 401

    def test_other_sessions_stay(self, client: TestClient) -> None:
        """Signing out here leaves the other browser signed in."""
        user = sign_up(client)
        elsewhere = sign_in(client, user.email)
        client.cookies.clear()

        client.post(LOGOUT_URL, headers=user.headers)

        assert client.get(ME_URL, headers=elsewhere).status_code == 200

    @pytest.mark.parametrize("token", [None, "broken"])
    def test_anonymous(self, client: TestClient, token: str | None) -> None:
        """Without a session there is nothing to do, and that is no error."""
        headers = bearer(token) if token else {}

        assert client.post(LOGOUT_URL, headers=headers).status_code == 204
        assert client.post(LOGOUT_URL, headers=headers).status_code == 204

    def test_foreign_origin(self, client: TestClient) -> None:
        """A foreign page cannot sign somebody out."""
        user = sign_up(client)

        answer = client.post(LOGOUT_URL, headers={"Origin": "https://evil.example"})

        assert answer.status_code == 403
        assert client.get(ME_URL, headers=user.headers).status_code == 200

    def test_cookie_without_origin(self, app: Kingpost) -> None:
        """The cookie without a word of where the request comes from is not enough."""
        with TestClient(app) as browser:
            sign_in(browser, ADMIN_EMAIL, ADMIN_PASSWORD)

            assert browser.post(LOGOUT_URL).status_code == 403
            same_origin = {"Sec-Fetch-Site": "same-origin"}
            assert browser.post(LOGOUT_URL, headers=same_origin).status_code == 204
