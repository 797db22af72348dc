"""Strawberry: GraphQL as a router, over HTTP and over WebSockets."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Annotated, Any

import pytest
import strawberry
from fastapi import Depends, FastAPI, Header, HTTPException
from fastapi.testclient import TestClient
from strawberry.fastapi import BaseContext, GraphQLRouter
from strawberry.subscriptions import GRAPHQL_TRANSPORT_WS_PROTOCOL


@strawberry.type
@dataclass(kw_only=True)
class Book:
    """What is asked for."""

    title: str
    pages: int


BOOKS = [Book(title="a", pages=10), Book(title="b", pages=20)]


class Context(BaseContext):  # type: ignore[misc]  # untyped outside of its environment
    """What a dependency makes for each request."""

    def __init__(self, user: str, done: list[str]) -> None:
        self.user = user
        self.done = done


def read_books(longer_than: int = 0) -> list[Book]:
    """Return the books with more pages."""
    return [book for book in BOOKS if book.pages > longer_than]


async def read_user(info: strawberry.Info) -> str:
    """Return who asks, and note it afterwards."""
    context = info.context
    context.background_tasks.add_task(context.done.append, context.user)
    context.response.headers["x-user"] = context.user
    return str(context.user)


def rename(title: str) -> Book:
    """Return a book of that title."""
    return Book(title=title, pages=1)


async def count(to: int) -> AsyncIterator[int]:
    """Count."""
    for number in range(to):
        yield number
        await asyncio.sleep(0)


@strawberry.type
class Query:
    """What can be read."""

    books: list[Book] = strawberry.field(resolver=read_books)
    user: str = strawberry.field(resolver=read_user)


@strawberry.type
class Mutation:
    """What can be changed."""

    rename: Book = strawberry.mutation(resolver=rename)


@strawberry.type
class Subscription:
    """What can be followed."""

    count: int = strawberry.subscription(resolver=count)


@pytest.fixture
def done() -> list[str]:
    """Return what background tasks noted."""
    return []


@pytest.fixture
def client(done: list[str]) -> TestClient:
    """Serve the schema below a prefix, with a dependency for the context."""

    def user(x_user: Annotated[str | None, Header()] = None) -> str:
        if x_user == "nobody":
            raise HTTPException(403, "Nobody may not.")
        return x_user or "anybody"

    async def context(name: Annotated[str, Depends(user)]) -> Context:
        return Context(name, done)

    schema = strawberry.Schema(query=Query, mutation=Mutation, subscription=Subscription)
    app = FastAPI()
    app.include_router(GraphQLRouter(schema, context_getter=context), prefix="/graphql")

    @app.get("/plain")
    def plain() -> str:
        return "plain"

    return TestClient(app)


def ask(client: TestClient, query: str, **options: Any) -> Any:
    """Send a query; return the answer."""
    return client.post("/graphql", json={"query": query}, **options)


def test_a_query_is_answered(client: TestClient) -> None:
    """With arguments, and with the errors of GraphQL."""
    found = ask(client, "{ books(longerThan: 15) { title pages } }").json()
    failed = ask(client, "{ nothing }").json()

    assert found == {"data": {"books": [{"title": "b", "pages": 20}]}}
    assert failed["data"] is None
    assert "Cannot query field 'nothing'" in failed["errors"][0]["message"]


def test_a_query_in_the_address_is_answered(client: TestClient) -> None:
    """But for one that changes something."""
    found = client.get("/graphql", params={"query": "{ books { title } }"})
    refused = client.get("/graphql", params={"query": 'mutation { rename(title: "x") { title } }'})

    assert found.json() == {"data": {"books": [{"title": "a"}, {"title": "b"}]}}
    assert refused.status_code == 400


def test_a_mutation_is_carried_out(client: TestClient) -> None:
    """Its result is answered."""
    answer = ask(client, 'mutation { rename(title: "c") { title } }')

    assert answer.json() == {"data": {"rename": {"title": "c"}}}


def test_the_context_comes_from_dependencies(client: TestClient, done: list[str]) -> None:
    """Headers, response and background tasks of the request are those of the framework."""
    answer = ask(client, "{ user }", headers={"x-user": "ann"})

    assert answer.json() == {"data": {"user": "ann"}}
    assert answer.headers["x-user"] == "ann"
    assert done == ["ann"]


def test_a_dependency_may_refuse(client: TestClient) -> None:
    """Before GraphQL is asked."""
    answer = ask(client, "{ user }", headers={"x-user": "nobody"})

    assert (answer.status_code, answer.json()) == (403, {"detail": "Nobody may not."})


def test_a_subscription_is_followed(client: TestClient) -> None:
    """Over a WebSocket, with the protocol that clients speak today."""
    query = {"query": "subscription { count(to: 2) }"}
    received = []
    with client.websocket_connect("/graphql", [GRAPHQL_TRANSPORT_WS_PROTOCOL]) as socket:
        socket.send_json({"type": "connection_init"})
        received.append(socket.receive_json()["type"])
        socket.send_json({"id": "1", "type": "subscribe", "payload": query})
        received += [socket.receive_json() for _ in range(3)]

    assert received == [
        "connection_ack",
        {"id": "1", "type": "next", "payload": {"data": {"count": 0}}},
        {"id": "1", "type": "next", "payload": {"data": {"count": 1}}},
        {"id": "1", "type": "complete"},
    ]


def test_it_stands_beside_other_operations(client: TestClient) -> None:
    """They are served, and all are in the document."""
    assert client.get("/plain").json() == "plain"
    paths = client.get("/openapi.json").json()["paths"]
    assert paths.keys() == {"/graphql", "/plain"}
    assert paths["/graphql"].keys() == {"get", "post"}


def test_its_page_is_shown(client: TestClient) -> None:
    """To a browser."""
    page = client.get("/graphql", headers={"accept": "text/html"})

    assert page.headers["content-type"].startswith("text/html")
    assert "graphiql" in page.text.lower()
