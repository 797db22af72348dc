"""Tests of an application: with other dependencies, another database, start and end, WebSockets."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Annotated

from sqlalchemy import Engine
from sqlalchemy.orm import registry
from sqlalchemy.pool import StaticPool
from sqlmodel import Field, Session, SQLModel, create_engine, select

from kingpost import Depends, Kingpost, WebSocket
from kingpost.testclient import TestClient


def page(size: int = 10, start: int = 0) -> dict[str, int]:
    """Which part of a list is asked for."""
    return {"size": size, "start": start}


def library() -> Kingpost:
    """A library's lists."""
    app = Kingpost()

    @app.get("/books")
    async def books(page: Annotated[dict[str, int], Depends(page)]) -> dict[str, int]:
        return page

    @app.get("/authors")
    async def authors(page: Annotated[dict[str, int], Depends(page)]) -> dict[str, int]:
        return page

    return app


def test_dependency_replaced() -> None:
    """Another function stands in for a dependency, wherever it is used, until it is taken away."""
    app = library()
    client = TestClient(app)

    def fixed(start: int = 5) -> dict[str, int]:
        return {"size": 1, "start": start}

    app.dependency_overrides[page] = fixed

    assert client.get("/books?size=99").json() == {"size": 1, "start": 5}
    assert client.get("/authors?start=7").json() == {"size": 1, "start": 7}
    assert client.get("/books?start=x").status_code == 422
    names = [p["name"] for p in app.openapi()["paths"]["/books"]["get"]["parameters"]]
    assert names == ["size", "start"]
    app.dependency_overrides = {}
    assert client.get("/books?size=99").json() == {"size": 99, "start": 0}


class Titled(SQLModel, registry=registry()):
    """Something with a title; the tables made of it are its own."""

    title: str


class Book(Titled, table=True):
    """A book on the shelf."""

    id: int | None = Field(default=None, primary_key=True)


class Shown(Titled):
    """A book as a reader sees it."""

    id: int


def session() -> Iterator[Session]:
    """Open a session with the product's database."""
    with Session(create_engine("sqlite://")) as opened:
        yield opened


def shelf() -> Kingpost:
    """An application with a database."""
    app = Kingpost()

    @app.post("/books", response_model=Shown)
    def add(book: Book, session: Annotated[Session, Depends(session)]) -> Book:
        session.add(book)
        session.commit()
        session.refresh(book)
        return book

    @app.get("/books", response_model=list[Shown])
    def books(session: Annotated[Session, Depends(session)]) -> list[Book]:
        return list(session.exec(select(Book)))

    return app


def test_database_of_a_test() -> None:
    """A test gives the application a session with a database in memory."""
    engine: Engine = create_engine(
        "sqlite://", connect_args={"check_same_thread": False}, poolclass=StaticPool
    )
    Titled.metadata.create_all(engine)
    app = shelf()
    with Session(engine) as mine:
        app.dependency_overrides[session] = lambda: mine
        client = TestClient(app)

        assert client.post("/books", json={"title": "Emma"}).json() == {"title": "Emma", "id": 1}
        assert [book["title"] for book in client.get("/books").json()] == ["Emma"]
        assert mine.exec(select(Book.title)).all() == ["Emma"]
    engine.dispose()


def test_start_and_end_of_the_application() -> None:
    """Start and end run with the client's block, before and after all requests."""
    open_books: dict[str, str] = {}

    @asynccontextmanager
    async def lifespan(app: Kingpost) -> AsyncIterator[None]:
        open_books["desk"] = "Emma"
        yield
        open_books.clear()

    app = Kingpost(lifespan=lifespan)

    @app.get("/desk")
    async def desk() -> str | None:
        return open_books.get("desk")

    with TestClient(app) as client:
        assert client.get("/desk").json() == "Emma"
    assert TestClient(app).get("/desk").json() is None


def test_websocket() -> None:
    """A conversation is a block of its own, and overrides hold there too."""
    app = Kingpost()

    @app.websocket("/read")
    async def read(websocket: WebSocket, page: Annotated[dict[str, int], Depends(page)]) -> None:
        await websocket.accept()
        await websocket.send_json(page)
        await websocket.close()

    app.dependency_overrides[page] = lambda: {"size": 3, "start": 0}

    with TestClient(app).websocket_connect("/read?size=9") as conversation:
        assert conversation.receive_json() == {"size": 3, "start": 0}
