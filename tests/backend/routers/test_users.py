"""Accounts over HTTP: opening one, and one's own profile."""

from typing import Any

import pytest

from app.routers.login import COOKIE
from kingpost.testclient import TestClient
from tests.backend.factories import PASSWORD, SIGNUP_URL, sign_in, sign_in_admin, sign_up

ME_URL = "/api/v1/users/me"
PASSWORD_URL = "/api/v1/users/me/password"
NEW_PASSWORD = "a longer and better one"

CHANGE = {"current_password": PASSWORD, "new_password": NEW_PASSWORD}
VALID: dict[str, Any] = {
    "email": "ada@example.com",
    "password": PASSWORD,
    "full_name": "Ada Lovelace",
}


class TestSignup:
    """POST /users/signup, for anybody."""

    def test_valid(self, client: TestClient) -> None:
        """An account is opened for an active user without rights over others."""
        answer = client.post(SIGNUP_URL, json=VALID)

        assert answer.status_code == 201
        user = answer.json()
        assert user == {
            "id": user["id"],
            "email": "ada@example.com",
            "full_name": "Ada Lovelace",
            "role": "user",
            "is_active": True,
            "created_at": user["created_at"],
        }
        assert user["created_at"].endswith("Z")

    @pytest.mark.parametrize("email", ["ada@example.com", "ADA@Example.COM"])
    def test_taken(self, client: TestClient, email: str) -> None:
        """An address has one account, whatever its case; the answer names the field."""
        client.post(SIGNUP_URL, json=VALID)

        answer = client.post(SIGNUP_URL, json=VALID | {"email": email})

        assert answer.status_code == 409
        assert answer.json()["code"] == "email_taken"
        assert answer.json()["field"] == "email"

    def test_case_beyond_ascii(self, client: TestClient) -> None:
        """Letters beyond ASCII have a case too, on every database."""
        client.post(SIGNUP_URL, json=VALID | {"email": "jürgen@example.com"})

        answer = client.post(SIGNUP_URL, json=VALID | {"email": "JÜRGEN@example.com"})

        assert answer.status_code == 409

    @pytest.mark.parametrize(
        ("changed", "field"),
        [
            ({"email": "no address"}, "email"),
            ({"password": "eleven char"}, "password"),
            ({"password": "x" * 129}, "password"),
            ({"full_name": "   "}, "full_name"),
            ({"full_name": "x" * 256}, "full_name"),
            ({"full_name": "a\x00b"}, "full_name"),
            ({"role": "admin"}, "role"),
        ],
    )
    def test_invalid(self, client: TestClient, changed: dict[str, Any], field: str) -> None:
        """What does not fit is refused with its field, and nothing typed is repeated."""
        answer = client.post(SIGNUP_URL, json=VALID | changed)

        assert answer.status_code == 422
        (problem,) = answer.json()["detail"]
        assert problem["loc"] == ["body", field]
        assert set(problem) == {"type", "loc", "msg"}

    def test_every_problem_is_listed(self, client: TestClient) -> None:
        """One answer lists all that is wrong."""
        answer = client.post(SIGNUP_URL, json={"email": "x", "password": "hunter2"})

        fields = {problem["loc"][-1] for problem in answer.json()["detail"]}
        assert fields == {"email", "password", "full_name"}
        assert "hunter2" not in answer.text


class TestReadMe:
    """GET /users/me."""

    def test_anonymous(self, client: TestClient) -> None:
        """Without a token the answer says how to authenticate."""
        answer = client.get(ME_URL)

        assert answer.status_code == 401
        assert answer.headers["www-authenticate"] == "Bearer"
        assert answer.json()["code"] == "not_authenticated"

    def test_broken_token(self, client: TestClient) -> None:
        """A broken token is named as the reason (RFC 6750, 3.1)."""
        answer = client.get(ME_URL, headers={"Authorization": "Bearer a.b.c"})

        assert answer.status_code == 401
        assert answer.headers["www-authenticate"] == 'Bearer error="invalid_token"'
        assert answer.json()["code"] == "invalid_token"

    def test_forbidden(self, client: TestClient) -> None:
        """A token without the scope is told which one it lacks."""
        user = sign_up(client, scope="items:read")

        answer = client.get(ME_URL, headers=user.headers)

        assert answer.status_code == 403
        assert answer.json()["code"] == "insufficient_scope"
        expected = 'Bearer error="insufficient_scope", scope="users:read"'
        assert answer.headers["www-authenticate"] == expected

    def test_valid(self, client: TestClient) -> None:
        """The signed-in user is returned, without anything secret."""
        user = sign_up(client)

        answer = client.get(ME_URL, headers=user.headers)

        assert answer.status_code == 200
        assert answer.json()["id"] == user.id
        assert "password" not in answer.text


class TestUpdateMe:
    """PATCH /users/me."""

    def test_anonymous(self, client: TestClient) -> None:
        """Nobody is nobody's user."""
        assert client.patch(ME_URL, json={"full_name": "X"}).status_code == 401

    def test_forbidden(self, client: TestClient) -> None:
        """Reading is not writing."""
        user = sign_up(client, scope="users:read")

        answer = client.patch(ME_URL, json={"full_name": "X"}, headers=user.headers)

        assert answer.status_code == 403

    def test_valid(self, client: TestClient) -> None:
        """What is named changes, what is left out stays, and it lasts."""
        user = sign_up(client)

        answer = client.patch(ME_URL, json={"full_name": " Grace Hopper "}, headers=user.headers)

        assert answer.status_code == 200
        assert answer.json()["full_name"] == "Grace Hopper"
        stored = client.get(ME_URL, headers=user.headers).json()
        assert stored["full_name"] == "Grace Hopper"
        assert stored["email"] == user.email

    def test_email(self, client: TestClient) -> None:
        """A new address is that with which the user signs in from now on."""
        user = sign_up(client)

        client.patch(ME_URL, json={"email": "New@example.com"}, headers=user.headers)

        assert sign_in(client, "new@example.com")
        old = client.post(
            "/api/v1/login/access-token", data={"username": user.email, "password": PASSWORD}
        )
        assert old.status_code == 400

    def test_case_of_own_email(self, client: TestClient) -> None:
        """A user may write their own address in another case."""
        user = sign_up(client, "ada@example.com")

        answer = client.patch(ME_URL, json={"email": "Ada@example.com"}, headers=user.headers)

        assert answer.status_code == 200
        assert answer.json()["email"] == "Ada@example.com"

    def test_taken(self, client: TestClient) -> None:
        """Another user's address is refused, and nothing else of the request is kept."""
        sign_up(client, "ada@example.com")
        user = sign_up(client)
        change = {"email": "ADA@example.com", "full_name": "Changed"}

        answer = client.patch(ME_URL, json=change, headers=user.headers)

        assert answer.status_code == 409
        assert answer.json()["field"] == "email"
        assert client.get(ME_URL, headers=user.headers).json()["full_name"] == "Ada Lovelace"

    @pytest.mark.parametrize(
        "change", [{"email": None}, {"full_name": None}, {"full_name": ""}, {"is_active": False}]
    )
    def test_invalid(self, client: TestClient, change: dict[str, Any]) -> None:
        """Null removes nothing that must be there, and nobody gives rights to themself."""
        user = sign_up(client)

        assert client.patch(ME_URL, json=change, headers=user.headers).status_code == 422


class TestChangePassword:
    """PUT /users/me/password."""

    def test_anonymous(self, client: TestClient) -> None:
        """Nobody has no password."""
        assert client.put(PASSWORD_URL, json=CHANGE).status_code == 401

    def test_forbidden(self, client: TestClient) -> None:
        """Reading is not writing."""
        user = sign_up(client, scope="users:read")

        assert client.put(PASSWORD_URL, json=CHANGE, headers=user.headers).status_code == 403

    def test_valid(self, client: TestClient) -> None:
        """The new password works and the old one does not."""
        user = sign_up(client)

        answer = client.put(PASSWORD_URL, json=CHANGE, headers=user.headers)

        assert answer.status_code == 204
        assert sign_in(client, user.email, NEW_PASSWORD)
        old = client.post(
            "/api/v1/login/access-token", data={"username": user.email, "password": PASSWORD}
        )
        assert old.status_code == 400

    def test_ends_the_other_sessions(self, client: TestClient) -> None:
        """Whoever signed in with the old password elsewhere is out; this session stays."""
        user = sign_up(client)
        elsewhere = sign_in(client, user.email)
        their_cookie = client.cookies[COOKIE]

        client.put(PASSWORD_URL, json=CHANGE, headers=user.headers)

        assert client.get(ME_URL, headers=user.headers).status_code == 200
        assert client.get(ME_URL, headers=elsewhere).status_code == 401
        assert client.cookies[COOKIE] == their_cookie
        assert client.post("/api/v1/login/refresh").status_code == 401

    def test_wrong_password(self, client: TestClient) -> None:
        """Without the current password nothing changes, and nobody is signed out."""
        user = sign_up(client)
        elsewhere = sign_in(client, user.email)
        change = CHANGE | {"current_password": "not the password"}

        answer = client.put(PASSWORD_URL, json=change, headers=user.headers)

        assert answer.status_code == 400
        assert answer.json()["code"] == "wrong_password"
        assert answer.json()["field"] == "current_password"
        assert client.get(ME_URL, headers=elsewhere).status_code == 200
        assert sign_in(client, user.email)

    def test_invalid(self, client: TestClient) -> None:
        """A short password is refused and not repeated."""
        user = sign_up(client)
        change = {"current_password": PASSWORD, "new_password": "hunter2"}

        answer = client.put(PASSWORD_URL, json=change, headers=user.headers)

        assert answer.status_code == 422
        assert answer.json()["detail"][0]["loc"] == ["body", "new_password"]
        assert "hunter2" not in answer.text
        assert PASSWORD not in answer.text


def test_demotion_takes_the_scope_from_a_living_token(client: TestClient) -> None:
    """Scopes are checked against the role of this moment, not of the sign-in."""
    admin = sign_in_admin(client)
    other = sign_up(client)
    client.patch(f"/api/v1/admin/users/{other.id}", json={"role": "admin"}, headers=admin.headers)
    promoted = sign_in(client, other.email)
    assert client.get("/api/v1/admin/users", headers=promoted).status_code == 200

    client.patch(f"/api/v1/admin/users/{other.id}", json={"role": "user"}, headers=admin.headers)

    assert client.get("/api/v1/admin/users", headers=promoted).status_code == 401
