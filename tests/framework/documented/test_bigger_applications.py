"""One application of several routers, shared dependencies and a router that belongs to others."""

from typing import Annotated, Any

from kingpost import APIRouter, Depends, Header, HTTPException, Kingpost
from kingpost.testclient import TestClient

STAFF = {"x-token": "keeper"}


async def staff_only(x_token: Annotated[str, Header()]) -> None:
    """Refuse whoever does not send the keepers' token."""
    if x_token != "keeper":
        raise HTTPException(status_code=400, detail="X-Token header invalid")


async def ticket(ticket: str) -> None:
    """Refuse whoever has no ticket."""
    if ticket != "valid":
        raise HTTPException(status_code=400, detail="No valid ticket")


visitors = APIRouter()
animals = APIRouter(
    prefix="/animals",
    tags=["animals"],
    dependencies=[Depends(staff_only)],
    responses={404: {"description": "Not found"}},
)
office = APIRouter()
"""Shared with other zoos: nothing may be added to it here."""


@visitors.get("/visitors/", tags=["visitors"])
async def all_visitors() -> list[str]:
    """List the visitors."""
    return ["Ada", "Bob"]


@visitors.get("/visitors/me", tags=["visitors"])
async def this_visitor() -> str:
    """Show who is asking."""
    return "Ada"


@visitors.get("/visitors/{name}", tags=["visitors"])
async def one_visitor(name: str) -> str:
    """Show one visitor."""
    return f"visitor {name}"


@animals.get("/")
async def all_animals() -> dict[str, str]:
    """List the animals."""
    return {"leo": "lion"}


@animals.put("/{name}", tags=["keepers"], responses={403: {"description": "Not yours"}})
async def feed(name: str) -> dict[str, str]:
    """Feed an animal."""
    if name != "leo":
        raise HTTPException(status_code=403, detail="You only feed leo")
    return {"fed": name}


@office.post("/reports")
async def report() -> str:
    """Make a report."""
    return "made"


def zoo() -> Kingpost:
    """Put the parts together."""
    app = Kingpost(dependencies=[Depends(ticket)])
    app.include_router(visitors)
    app.include_router(animals)
    app.include_router(
        office,
        prefix="/office",
        tags=["office"],
        dependencies=[Depends(staff_only)],
        responses={418: {"description": "The director drinks tea"}},
    )

    @app.get("/")
    async def gate() -> str:
        return "open"

    return app


def test_routers_in_one_application() -> None:
    """Each router's operations are served as if they were the application's own."""
    client = TestClient(zoo())
    client.params = client.params.set("ticket", "valid")

    assert client.get("/").json() == "open"
    assert client.get("/visitors").json() == ["Ada", "Bob"]
    assert client.get("/visitors/me").json() == "Ada"
    assert client.get("/visitors/Eve").json() == "visitor Eve"
    assert client.get("/animals/", headers=STAFF).json() == {"leo": "lion"}
    assert client.put("/animals/leo", headers=STAFF).json() == {"fed": "leo"}
    assert client.put("/animals/kaa", headers=STAFF).status_code == 403
    assert client.post("/office/reports", headers=STAFF).json() == "made"


def test_global_dependency_of_every_router() -> None:
    """Without a ticket nothing is served, and a router's own dependency comes after it."""
    client = TestClient(zoo())
    errors = client.get("/animals/", headers={"x-token": "no"}).json()["detail"]

    assert client.get("/visitors/").json()["detail"][0]["loc"] == ["query", "ticket"]
    assert client.get("/?ticket=old").json() == {"detail": "No valid ticket"}
    assert errors == "X-Token header invalid"


def test_errors_of_all_dependencies_together() -> None:
    """What application, router and inclusion miss is reported at once."""
    client = TestClient(zoo())

    for path in ("/animals/", "/animals/leo"):
        method = "GET" if path.endswith("/") else "PUT"
        detail = client.request(method, path).json()["detail"]
        assert [error["loc"] for error in detail] == [["query", "ticket"], ["header", "x-token"]]


def test_document_of_all_routers() -> None:
    """Prefixes, tags and answers are those that router and inclusion say together."""
    paths: dict[str, Any] = zoo().openapi()["paths"]

    assert list(paths) == [
        "/visitors/",
        "/visitors/me",
        "/visitors/{name}",
        "/animals/",
        "/animals/{name}",
        "/office/reports",
        "/",
    ]
    feeding = paths["/animals/{name}"]["put"]
    assert feeding["tags"] == ["animals", "keepers"]
    assert set(feeding["responses"]) == {"200", "403", "404", "422"}
    assert paths["/office/reports"]["post"]["tags"] == ["office"]
    assert set(paths["/office/reports"]["post"]["responses"]) == {"200", "418", "422"}


def test_shared_router_stays_as_it_was() -> None:
    """Another application includes the same router without any of this one's additions."""
    zoo()
    other = Kingpost()
    other.include_router(office)

    assert TestClient(other).post("/reports").json() == "made"
    assert "tags" not in other.openapi()["paths"]["/reports"]["post"]


def test_router_included_in_a_router() -> None:
    """A router may gather others before the application includes it."""
    api = APIRouter(prefix="/api")
    api.include_router(visitors, prefix="/v1")
    app = Kingpost()
    app.include_router(api)

    assert TestClient(app).get("/api/v1/visitors/me").json() == "Ada"
