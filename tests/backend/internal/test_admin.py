"""What administrators do with users, over HTTP."""

from typing import Any
from uuid import uuid4

import pytest

from kingpost.testclient import TestClient
from tests.backend.factories import (
    ADMIN_EMAIL,
    PASSWORD,
    SIGNUP_URL,
    sign_in,
    sign_in_admin,
    sign_up,
)

URL = "/api/v1/admin/users"
ME_URL = "/api/v1/users/me"


class TestListUsers:
    """GET /admin/users."""

    def test_anonymous(self, client: TestClient) -> None:
        """Nobody sees users."""
        assert client.get(URL).status_code == 401

    def test_forbidden(self, client: TestClient) -> None:
        """A user sees no other users, and learns which scope it takes."""
        user = sign_up(client)

        answer = client.get(URL, headers=user.headers)

        assert answer.status_code == 403
        assert 'scope="admin"' in answer.headers["www-authenticate"]

    def test_administrator_without_the_scope(self, client: TestClient) -> None:
        """An administrator who asked for less at sign-in has less."""
        admin = sign_in_admin(client)
        other = sign_up(client)
        client.patch(f"{URL}/{other.id}", json={"role": "admin"}, headers=admin.headers)
        headers = sign_in(client, other.email, scope="users:read")

        assert client.get(URL, headers=headers).status_code == 403

    def test_valid(self, client: TestClient) -> None:
        """Every user is listed, newest first, without anything secret."""
        admin = sign_in_admin(client)
        user = sign_up(client)

        answer = client.get(URL, headers=admin.headers)

        assert answer.status_code == 200
        page = answer.json()
        assert [row["email"] for row in page["items"]] == [user.email, ADMIN_EMAIL]
        assert (page["total"], page["page"], page["size"]) == (2, 1, 20)
        assert set(page["items"][0]) == {
            "id",
            "email",
            "full_name",
            "role",
            "is_active",
            "created_at",
        }

    @pytest.mark.parametrize(
        ("sort", "expected"),
        [
            ("email", ["Ada", "Administrator", "bob"]),
            ("-email", ["bob", "Administrator", "Ada"]),
            ("full_name", ["Ada", "Administrator", "bob"]),
            ("-full_name", ["bob", "Administrator", "Ada"]),
            ("created_at", ["Administrator", "bob", "Ada"]),
            ("-created_at", ["Ada", "bob", "Administrator"]),
        ],
    )
    def test_sort(self, client: TestClient, sort: str, expected: list[str]) -> None:
        """Each order of the whitelist sorts, names and addresses without regard to case."""
        for email, name in (("Bob@example.com", "bob"), ("ada@example.com", "Ada")):
            new = {"email": email, "full_name": name, "password": PASSWORD}
            assert client.post(SIGNUP_URL, json=new).status_code == 201
        admin = sign_in_admin(client)

        page = client.get(URL, params={"sort": sort}, headers=admin.headers).json()

        assert [row["full_name"] for row in page["items"]] == expected

    @pytest.mark.parametrize(
        ("search", "expected"),
        [("LOVELACE", 1), ("b_b@", 1), ("bob@", 0), ("%", 0), ("example.com", 2)],
    )
    def test_search(self, client: TestClient, search: str, expected: int) -> None:
        """Names and addresses are searched for exactly what was typed, in any case."""
        sign_up(client, "b_b@example.com")
        admin = sign_in_admin(client)

        page = client.get(URL, params={"search": search}, headers=admin.headers).json()

        assert (len(page["items"]), page["total"]) == (expected, expected)

    @pytest.mark.parametrize("params", [{"size": 101}, {"page": 0}, {"sort": "password_hash"}])
    def test_invalid(self, client: TestClient, params: dict[str, Any]) -> None:
        """Pages, sizes and orders have bounds."""
        admin = sign_in_admin(client)

        assert client.get(URL, params=params, headers=admin.headers).status_code == 422


class TestUpdateUser:
    """PATCH /admin/users/{id}."""

    def test_anonymous(self, client: TestClient) -> None:
        """Nobody changes users."""
        assert client.patch(f"{URL}/{uuid4()}", json={}).status_code == 401

    def test_forbidden(self, client: TestClient) -> None:
        """A user cannot make themself an administrator."""
        user = sign_up(client)

        answer = client.patch(f"{URL}/{user.id}", json={"role": "admin"}, headers=user.headers)

        assert answer.status_code == 403
        assert client.get(ME_URL, headers=user.headers).json()["role"] == "user"

    def test_promote(self, client: TestClient) -> None:
        """A new administrator keeps their session, and has the right from its next token on."""
        admin = sign_in_admin(client)
        user = sign_up(client)

        answer = client.patch(f"{URL}/{user.id}", json={"role": "admin"}, headers=admin.headers)

        assert answer.status_code == 200
        assert answer.json()["role"] == "admin"
        assert client.get(ME_URL, headers=user.headers).status_code == 200
        assert "admin" in client.post("/api/v1/login/refresh").json()["scope"].split()

    def test_demote(self, client: TestClient) -> None:
        """A former administrator is signed out everywhere, and back only as a user."""
        admin = sign_in_admin(client)
        user = sign_up(client)
        client.patch(f"{URL}/{user.id}", json={"role": "admin"}, headers=admin.headers)
        headers = sign_in(client, user.email)

        client.patch(f"{URL}/{user.id}", json={"role": "user"}, headers=admin.headers)

        assert client.get(ME_URL, headers=headers).status_code == 401
        assert client.get(URL, headers=sign_in(client, user.email)).status_code == 403

    def test_deactivate(self, client: TestClient) -> None:
        """A deactivated user is signed out at once and stays out until activated again."""
        admin = sign_in_admin(client)
        user = sign_up(client)

        answer = client.patch(f"{URL}/{user.id}", json={"is_active": False}, headers=admin.headers)

        assert answer.json()["is_active"] is False
        assert client.get(ME_URL, headers=user.headers).status_code == 401
        assert client.post("/api/v1/login/refresh").status_code == 401
        client.patch(f"{URL}/{user.id}", json={"is_active": True}, headers=admin.headers)
        assert client.get(ME_URL, headers=user.headers).status_code == 401
        assert sign_in(client, user.email)

    @pytest.mark.parametrize(
        ("change", "field"), [({"is_active": False}, "is_active"), ({"role": "user"}, "role")]
    )
    def test_self(self, client: TestClient, change: dict[str, Any], field: str) -> None:
        """An administrator cannot take their own access away."""
        admin = sign_in_admin(client)

        answer = client.patch(f"{URL}/{admin.id}", json=change, headers=admin.headers)

        assert answer.status_code == 400
        assert answer.json()["code"] == "cannot_change_self"
        assert answer.json()["field"] == field
        assert client.get(URL, headers=admin.headers).status_code == 200

    def test_self_without_a_loss(self, client: TestClient) -> None:
        """Saying again what is so already is no loss of access."""
        admin = sign_in_admin(client)
        same = {"is_active": True, "role": "admin"}

        answer = client.patch(f"{URL}/{admin.id}", json=same, headers=admin.headers)

        assert answer.status_code == 200

    def test_missing(self, client: TestClient) -> None:
        """A user who is not there is a 404."""
        admin = sign_in_admin(client)

        answer = client.patch(f"{URL}/{uuid4()}", json={}, headers=admin.headers)

        assert answer.status_code == 404
        assert answer.json()["code"] == "not_found"

    @pytest.mark.parametrize(
        "change", [{"role": "owner"}, {"role": None}, {"is_active": None}, {"email": "a@b.example"}]
    )
    def test_invalid(self, client: TestClient, change: dict[str, Any]) -> None:
        """Roles are known ones, and administrators change nothing else of a user."""
        admin = sign_in_admin(client)

        answer = client.patch(f"{URL}/{admin.id}", json=change, headers=admin.headers)

        assert answer.status_code == 422
