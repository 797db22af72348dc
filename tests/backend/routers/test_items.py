"""Items over HTTP."""

from typing import Any
from uuid import uuid4

import pytest

from kingpost.testclient import TestClient
from tests.backend.factories import SignedIn, create_item, sign_up

URL = "/api/v1/items"


def titles(client: TestClient, user: SignedIn, **params: Any) -> list[str]:
    """Return the titles on one page of the list."""
    answer = client.get(URL, params=params, headers=user.headers)
    assert answer.status_code == 200, answer.text
    return [item["title"] for item in answer.json()["items"]]


class TestList:
    """GET /items."""

    def test_anonymous(self, client: TestClient) -> None:
        """Nobody has no items."""
        assert client.get(URL).status_code == 401

    def test_forbidden(self, client: TestClient) -> None:
        """A token for something else does not read items."""
        user = sign_up(client, scope="users:read items:write")

        answer = client.get(URL, headers=user.headers)

        assert answer.status_code == 403
        assert answer.json()["code"] == "insufficient_scope"

    def test_empty(self, client: TestClient) -> None:
        """A new user's list is a page without rows."""
        user = sign_up(client)

        answer = client.get(URL, headers=user.headers)

        assert answer.json() == {"items": [], "total": 0, "page": 1, "size": 20}

    def test_newest_first_in_pages(self, client: TestClient) -> None:
        """Pages follow each other without a gap, each with the total."""
        user = sign_up(client)
        for number in range(5):
            create_item(client, user, title=f"Item {number}")

        assert titles(client, user, size=2) == ["Item 4", "Item 3"]
        assert titles(client, user, size=2, page=3) == ["Item 0"]
        last = client.get(URL, params={"size": 2, "page": 4}, headers=user.headers).json()
        assert last == {"items": [], "total": 5, "page": 4, "size": 2}

    def test_others_items_are_not_listed(self, client: TestClient) -> None:
        """A list and its total are the user's own."""
        create_item(client, sign_up(client), title="Somebody else's")
        user = sign_up(client)
        create_item(client, user, title="Mine")

        answer = client.get(URL, headers=user.headers)

        assert [item["title"] for item in answer.json()["items"]] == ["Mine"]
        assert answer.json()["total"] == 1

    @pytest.mark.parametrize(
        ("sort", "expected"),
        [
            ("title", ["apple", "Banana", "cherry"]),
            ("-title", ["cherry", "Banana", "apple"]),
            ("created_at", ["cherry", "apple", "Banana"]),
            ("-created_at", ["Banana", "apple", "cherry"]),
            ("updated_at", ["apple", "Banana", "cherry"]),
            ("-updated_at", ["cherry", "Banana", "apple"]),
        ],
    )
    def test_sort(self, client: TestClient, sort: str, expected: list[str]) -> None:
        """Each order of the whitelist sorts, titles without regard to case."""
        user = sign_up(client)
        first = create_item(client, user, title="cherry")
        create_item(client, user, title="apple")
        create_item(client, user, title="Banana")
        client.patch(f"{URL}/{first['id']}", json={"description": "new"}, headers=user.headers)

        assert titles(client, user, sort=sort) == expected

    @pytest.mark.parametrize(
        ("search", "expected"),
        [
            ("plain", ["plain"]),
            ("PLAIN", ["plain"]),
            ("somewhere", ["hidden"]),
            ("äpfel", ["ÄPFEL"]),
            ("%", ["100% sure"]),
            ("_", ["snake_case"]),
            ("/", ["and/or"]),
            ("\\", []),
            ("'; drop table items; --", []),
        ],
    )
    def test_search(self, client: TestClient, search: str, expected: list[str]) -> None:
        """Titles and descriptions are searched for exactly what was typed, in any case."""
        user = sign_up(client)
        for title in ("plain", "ÄPFEL", "100% sure", "snake_case", "and/or"):
            create_item(client, user, title=title)
        create_item(client, user, title="hidden", description="It is SOMEWHERE here")

        answer = client.get(URL, params={"search": search}, headers=user.headers).json()

        assert [item["title"] for item in answer["items"]] == expected
        assert answer["total"] == len(expected)

    @pytest.mark.parametrize(
        ("params", "field"),
        [
            ({"page": 0}, "page"),
            ({"page": 10**20}, "page"),
            ({"page": "x"}, "page"),
            ({"size": 0}, "size"),
            ({"size": 101}, "size"),
            ({"sort": "password_hash"}, "sort"),
            ({"sort": "title; drop table items"}, "sort"),
            ({"search": "x" * 101}, "search"),
            ({"search": "a\x00b"}, "search"),
        ],
    )
    def test_invalid(self, client: TestClient, params: dict[str, Any], field: str) -> None:
        """Pages, sizes, orders and searches have bounds."""
        user = sign_up(client)

        answer = client.get(URL, params=params, headers=user.headers)

        assert answer.status_code == 422
        (problem,) = answer.json()["detail"]
        assert problem["loc"] == ["query", field]

    def test_largest_page(self, client: TestClient) -> None:
        """The last page that may be asked for is one that the database can answer."""
        user = sign_up(client)

        assert titles(client, user, page=1_000_000, size=100) == []


class TestCreate:
    """POST /items."""

    def test_anonymous(self, client: TestClient) -> None:
        """Nobody keeps nothing."""
        assert client.post(URL, json={"title": "A"}).status_code == 401

    def test_forbidden(self, client: TestClient) -> None:
        """Reading is not writing."""
        user = sign_up(client, scope="items:read")

        answer = client.post(URL, json={"title": "A"}, headers=user.headers)

        assert answer.status_code == 403

    def test_valid(self, client: TestClient) -> None:
        """An item is kept as it was typed, without the white space around it."""
        user = sign_up(client)
        new = {"title": "  A title ", "description": "Several\nlines"}

        answer = client.post(URL, json=new, headers=user.headers)

        assert answer.status_code == 201
        item = answer.json()
        assert item == {
            "id": item["id"],
            "title": "A title",
            "description": "Several\nlines",
            "created_at": item["created_at"],
            "updated_at": item["created_at"],
        }
        assert item["created_at"].endswith("Z")
        read = client.get(f"{URL}/{item['id']}", headers=user.headers)
        assert read.json() == item

    @pytest.mark.parametrize(
        ("new", "field"),
        [
            ({}, "title"),
            ({"title": " "}, "title"),
            ({"title": "x" * 256}, "title"),
            ({"title": None}, "title"),
            ({"title": "a\x00b"}, "title"),
            ({"title": "A", "description": "x" * 2001}, "description"),
            ({"title": "A", "owner_id": str(uuid4())}, "owner_id"),
        ],
    )
    def test_invalid(self, client: TestClient, new: dict[str, Any], field: str) -> None:
        """What does not fit is refused with its field."""
        user = sign_up(client)

        answer = client.post(URL, json=new, headers=user.headers)

        assert answer.status_code == 422
        (problem,) = answer.json()["detail"]
        assert problem["loc"] == ["body", field]


class TestRead:
    """GET /items/{id}."""

    def test_anonymous(self, client: TestClient) -> None:
        """Nobody reads nothing, whether or not it is there."""
        assert client.get(f"{URL}/{uuid4()}").status_code == 401

    def test_forbidden(self, client: TestClient) -> None:
        """Writing is not reading."""
        user = sign_up(client, scope="items:write")
        item = create_item(client, user)

        assert client.get(f"{URL}/{item['id']}", headers=user.headers).status_code == 403

    def test_valid(self, client: TestClient) -> None:
        """The owner reads the item."""
        user = sign_up(client)
        item = create_item(client, user)

        answer = client.get(f"{URL}/{item['id']}", headers=user.headers)

        assert answer.status_code == 200
        assert answer.json() == item

    def test_not_the_owners(self, client: TestClient) -> None:
        """Another user's item looks exactly like one that is not there."""
        item = create_item(client, sign_up(client))
        user = sign_up(client)

        theirs = client.get(f"{URL}/{item['id']}", headers=user.headers)
        missing = client.get(f"{URL}/{uuid4()}", headers=user.headers)

        assert theirs.status_code == missing.status_code == 404
        assert theirs.json() == missing.json()
        assert theirs.json()["code"] == "not_found"

    def test_invalid(self, client: TestClient) -> None:
        """An id that is none is a problem of the path."""
        user = sign_up(client)

        answer = client.get(f"{URL}/42", headers=user.headers)

        assert answer.status_code == 422
        assert answer.json()["detail"][0]["loc"] == ["path", "item_id"]


class TestUpdate:
    """PATCH /items/{id}."""

    def test_anonymous(self, client: TestClient) -> None:
        """Nobody changes nothing."""
        assert client.patch(f"{URL}/{uuid4()}", json={"title": "A"}).status_code == 401

    def test_forbidden(self, client: TestClient) -> None:
        """Reading is not writing."""
        user = sign_up(client, scope="items:read")

        answer = client.patch(f"{URL}/{uuid4()}", json={"title": "A"}, headers=user.headers)

        assert answer.status_code == 403

    def test_valid(self, client: TestClient) -> None:
        """What is named changes, what is left out stays, and the time of the change is noted."""
        user = sign_up(client)
        item = create_item(client, user, description="Stays")

        answer = client.patch(f"{URL}/{item['id']}", json={"title": "New"}, headers=user.headers)

        assert answer.status_code == 200
        changed = answer.json()
        assert changed["title"] == "New"
        assert changed["description"] == "Stays"
        assert changed["created_at"] == item["created_at"]
        assert changed["updated_at"] > item["updated_at"]
        assert client.get(f"{URL}/{item['id']}", headers=user.headers).json() == changed

    def test_description_removed(self, client: TestClient) -> None:
        """A null description removes it."""
        user = sign_up(client)
        item = create_item(client, user, description="Goes")

        answer = client.patch(
            f"{URL}/{item['id']}", json={"description": None}, headers=user.headers
        )

        assert answer.json()["description"] is None
        assert answer.json()["title"] == item["title"]

    def test_not_the_owners(self, client: TestClient) -> None:
        """Another user's item is not there, and stays as it was."""
        owner = sign_up(client)
        item = create_item(client, owner)
        user = sign_up(client)

        answer = client.patch(f"{URL}/{item['id']}", json={"title": "X"}, headers=user.headers)

        assert answer.status_code == 404
        assert client.get(f"{URL}/{item['id']}", headers=owner.headers).json() == item

    @pytest.mark.parametrize("change", [{"title": None}, {"title": ""}, {"owner_id": "x"}])
    def test_invalid(self, client: TestClient, change: dict[str, Any]) -> None:
        """A title cannot be taken away, and an owner not changed."""
        user = sign_up(client)
        item = create_item(client, user)

        answer = client.patch(f"{URL}/{item['id']}", json=change, headers=user.headers)

        assert answer.status_code == 422


class TestDelete:
    """DELETE /items/{id}."""

    def test_anonymous(self, client: TestClient) -> None:
        """Nobody removes nothing."""
        assert client.delete(f"{URL}/{uuid4()}").status_code == 401

    def test_forbidden(self, client: TestClient) -> None:
        """Reading is not removing."""
        user = sign_up(client, scope="items:read")

        assert client.delete(f"{URL}/{uuid4()}", headers=user.headers).status_code == 403

    def test_valid(self, client: TestClient) -> None:
        """What is removed is gone, and removing it again is a 404."""
        user = sign_up(client)
        item = create_item(client, user)

        answer = client.delete(f"{URL}/{item['id']}", headers=user.headers)

        assert answer.status_code == 204
        assert answer.content == b""
        assert client.get(f"{URL}/{item['id']}", headers=user.headers).status_code == 404
        assert client.delete(f"{URL}/{item['id']}", headers=user.headers).status_code == 404

    def test_not_the_owners(self, client: TestClient) -> None:
        """Another user's item is not there, and stays."""
        owner = sign_up(client)
        item = create_item(client, owner)
        user = sign_up(client)

        assert client.delete(f"{URL}/{item['id']}", headers=user.headers).status_code == 404
        assert client.get(f"{URL}/{item['id']}", headers=owner.headers).status_code == 200

    def test_invalid(self, client: TestClient) -> None:
        """An id that is none is a problem of the path."""
        user = sign_up(client)

        assert client.delete(f"{URL}/42", headers=user.headers).status_code == 422
