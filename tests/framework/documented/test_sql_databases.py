"""A database behind the operations, with one session for each request."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

from sqlalchemy import Engine
from sqlalchemy.orm import registry
from sqlalchemy.pool import StaticPool
from sqlmodel import Field, Session, SQLModel, create_engine, select

from kingpost import Depends, HTTPException, Kingpost, Query
from kingpost.testclient import TestClient


class BoatBase(SQLModel, registry=registry()):
    """What all shapes of a boat have; the tables made of it are its own."""

    name: str
    age: int | None = None


class Boat(BoatBase, table=True):
    """A boat as the database keeps one."""

    id: int | None = Field(default=None, primary_key=True)
    berth_code: str


class BoatPublic(BoatBase):
    """A boat as everybody sees one."""

    id: int


class BoatCreate(BoatBase):
    """A boat as a client makes one."""

    berth_code: str


class BoatUpdate(SQLModel):
    """The changes of a boat."""

    name: str | None = None
    age: int | None = None
    berth_code: str | None = None


def boats(engine: Engine) -> Kingpost:
    """Return an application that keeps its boats in a database."""

    BoatBase.metadata.create_all(engine)

    def session() -> Iterator[Session]:
        with Session(engine) as session:
            yield session

    Database = Annotated[Session, Depends(session)]  # noqa: N806
    app = Kingpost()

    def found(database: Session, boat_id: int) -> Boat:
        boat = database.get(Boat, boat_id)
        if boat is None:
            raise HTTPException(status_code=404, detail="Boat not found")
        return boat

    @app.post("/boats", response_model=BoatPublic, status_code=201)
    def create(boat: BoatCreate, database: Database) -> Any:
        made = Boat.model_validate(boat)
        database.add(made)
        database.commit()
        database.refresh(made)
        return made

    @app.get("/boats", response_model=list[BoatPublic])
    def some(
        database: Database, offset: int = 0, limit: Annotated[int, Query(le=100)] = 100
    ) -> Any:
        return database.exec(select(Boat).offset(offset).limit(limit)).all()

    @app.get("/boats/{boat_id}", response_model=BoatPublic)
    def read(boat_id: int, database: Database) -> Any:
        return found(database, boat_id)

    @app.patch("/boats/{boat_id}", response_model=BoatPublic)
    def change(boat_id: int, changes: BoatUpdate, database: Database) -> Any:
        boat = found(database, boat_id)
        boat.sqlmodel_update(changes.model_dump(exclude_unset=True))
        database.add(boat)
        database.commit()
        database.refresh(boat)
        return boat

    @app.delete("/boats/{boat_id}")
    def remove(boat_id: int, database: Database) -> dict[str, bool]:
        database.delete(found(database, boat_id))
        database.commit()
        return {"ok": True}

    return app


def in_memory() -> Engine:
    """Return a database that is gone with its only connection."""
    return create_engine(
        "sqlite://", connect_args={"check_same_thread": False}, poolclass=StaticPool
    )


HERON = {"name": "Heron", "berth_code": "K7-1142"}
"""A boat as a client sends one."""


def test_row_made_and_read() -> None:
    """The model of the answer hides what the client sent in secret."""
    engine = in_memory()
    client = TestClient(boats(engine))
    made = client.post("/boats", json=HERON)

    assert (made.status_code, made.json()) == (201, {"name": "Heron", "age": None, "id": 1})
    assert client.get("/boats/1").json() == {"name": "Heron", "age": None, "id": 1}
    assert client.get("/boats/2").json() == {"detail": "Boat not found"}
    missing = client.post("/boats", json={"name": "Nobody"}).json()["detail"]
    assert missing[0]["loc"] == ["body", "berth_code"]
    engine.dispose()


def test_rows_in_pages() -> None:
    """Offset and limit, with its bound."""
    engine = in_memory()
    client = TestClient(boats(engine))
    for name in ("a", "b", "c"):
        client.post("/boats", json={**HERON, "name": name})

    assert [boat["name"] for boat in client.get("/boats?offset=1&limit=1").json()] == ["b"]
    assert len(client.get("/boats").json()) == 3
    assert client.get("/boats?limit=101").status_code == 422
    engine.dispose()


def test_row_changed_and_removed() -> None:
    """Only what was sent is changed."""
    engine = in_memory()
    client = TestClient(boats(engine))
    client.post("/boats", json={**HERON, "age": 30})

    assert client.patch("/boats/1", json={"name": "Wade"}).json() == {
        "name": "Wade",
        "age": 30,
        "id": 1,
    }
    assert client.delete("/boats/1").json() == {"ok": True}
    assert client.delete("/boats/1").status_code == 404
    engine.dispose()


def test_database_of_a_file(tmp_path: Path) -> None:
    """What one application wrote, another one reads."""
    engine = create_engine(
        f"sqlite:///{tmp_path / 'boats.db'}", connect_args={"check_same_thread": False}
    )
    TestClient(boats(engine)).post("/boats", json=HERON)

    assert len(TestClient(boats(engine)).get("/boats").json()) == 1
    engine.dispose()
