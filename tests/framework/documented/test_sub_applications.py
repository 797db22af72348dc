"""An application within an application."""

from kingpost import Kingpost, Request
from kingpost.testclient import TestClient


def application() -> Kingpost:
    """A museum, and its shop as an application of its own."""
    museum = Kingpost(title="Museum")
    shop = Kingpost(title="Shop")

    @museum.get("/rooms")
    def rooms() -> list[str]:
        return ["bronze", "glass"]

    @shop.get("/cards")
    def cards(request: Request, number: int = 1) -> list[str]:
        return [str(request.url_for("shop:cards")), request.scope["root_path"]] * number

    museum.mount("/shop", shop, name="shop")
    return museum


def test_operations_of_both() -> None:
    """The inner application answers below its path, with its own validation."""
    client = TestClient(application())

    assert client.get("/rooms").json() == ["bronze", "glass"]
    assert client.get("/shop/cards").json() == ["http://testserver/shop/cards", "/shop"]
    assert client.get("/shop/cards?number=x").status_code == 422
    assert client.get("/shop/rooms").json() == {"detail": "Not Found"}
    assert client.get("/cards").status_code == 404


def test_documents_of_both() -> None:
    """Each has a document of its own; the inner one names where it is mounted."""
    client = TestClient(application())
    outer = client.get("/openapi.json").json()
    inner = client.get("/shop/openapi.json").json()

    assert (outer["info"]["title"], list(outer["paths"])) == ("Museum", ["/rooms"])
    assert (inner["info"]["title"], list(inner["paths"])) == ("Shop", ["/cards"])
    assert inner["servers"] == [{"url": "/shop"}]
    assert "servers" not in outer


def test_pages_of_both() -> None:
    """Each has pages of its own, which ask for its own document."""
    client = TestClient(application())

    assert "url: '/openapi.json'" in client.get("/docs").text
    assert "url: '/shop/openapi.json'" in client.get("/shop/docs").text


def test_handlers_of_its_own() -> None:
    """An exception within is the inner application's affair."""
    outer, inner = Kingpost(), Kingpost()

    @outer.exception_handler(404)
    async def nothing(request: Request, exc: Exception) -> None:
        raise AssertionError("not for the inner application")

    @inner.get("/")
    def root() -> str:
        return "inner"

    outer.mount("/in", inner)
    client = TestClient(outer)

    assert client.get("/in/").json() == "inner"
    assert client.get("/in/none").json() == {"detail": "Not Found"}
