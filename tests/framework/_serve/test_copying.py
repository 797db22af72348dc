"""Deep copies of routers and operations."""

import copy
from typing import Annotated

from kingpost import APIRouter, Depends, Kingpost, WebSocket
from kingpost.routing import APIRoute
from kingpost.testclient import TestClient


def number() -> int:
    """A dependency."""
    return 1


def router() -> APIRouter:
    """A router with an operation of each kind."""
    made = APIRouter(prefix="/r")

    @made.get("/n")
    def read(value: Annotated[int, Depends(number)]) -> int:
        return value

    @made.websocket("/s")
    async def talk(connection: WebSocket, value: Annotated[int, Depends(number)]) -> None:
        await connection.accept()
        await connection.send_json(value)
        await connection.close()

    return made


def served(*routers: APIRouter) -> TestClient:
    """A client of an application with these routers."""
    app = Kingpost()
    for each in routers:
        app.include_router(each)
    return TestClient(app)


def test_a_copied_router_is_another_one() -> None:
    """It has operations of its own, and what is added to one is not added to the other."""
    original = router()
    copied = copy.deepcopy(original)
    copied.get("/more")(lambda: 2)

    assert [getattr(route, "path", "") for route in original.routes] == ["/r/n", "/r/s"]
    assert copied.routes[0] is not original.routes[0]
    assert served(copied).get("/r/more").json() == 2
    assert served(original).get("/r/more").status_code == 404


def test_a_router_is_copied_without_what_includes_it() -> None:
    """An application cannot be copied, and need not be: the copy is in none."""
    original, outer = router(), APIRouter(prefix="/o")
    outer.include_router(original)
    client = served(outer)
    assert client.get("/o/r/n").json() == 1

    copies = copy.deepcopy((original, outer))

    assert served(copies[0]).get("/r/n").json() == 1
    assert served(copies[1]).get("/o/r/n").json() == 1
    with served(copies[0]).websocket_connect("/r/s") as session:
        assert session.receive_json() == 1


def test_an_operation_is_copied_without_its_application() -> None:
    """It serves as the original does, overrides of the application included."""
    app = Kingpost()
    app.include_router(router())
    client = TestClient(app)
    client.get("/r/n")
    (route,) = (route for route in app.routes if isinstance(route, APIRoute))

    copied = copy.deepcopy(route)
    app.dependency_overrides[number] = lambda: 5
    other = Kingpost(routes=[copied])

    assert copied is not route
    assert copied.dependant is not route.dependant
    assert copied.dependency_overrides_provider is app
    assert TestClient(other).get("/r/n").json() == 5


def test_a_changed_copy_leaves_the_original_alone() -> None:
    """The record of the endpoint is the copy's own."""
    route = router().routes[0]
    assert isinstance(route, APIRoute)
    assert route.dependant.dependencies
    copied = copy.deepcopy(route)

    copied.dependant.dependencies[0].call = lambda: 7

    assert TestClient(Kingpost(routes=[copied])).get("/r/n").json() == 7
    assert TestClient(Kingpost(routes=[route])).get("/r/n").json() == 1
