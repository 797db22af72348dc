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


class HeroBase(SQLModel, registry=registry()):
    """What all shapes of a hero have; the tables made of it are its own."""

    name: str
    age: int | None = None


class Hero(HeroBase, table=True):
    """A hero as the database keeps one."""

    id: int | None = Field(default=None, primary_key=True)
    secret_name: str


class HeroPublic(HeroBase):
    """A hero as everybody sees one."""

    id: int


class HeroCreate(HeroBase):
    """A hero as a client makes one."""

    secret_name: str


class HeroUpdate(SQLModel):
    """The changes of a hero."""

    name: str | None = None
    age: int | None = None
    secret_name: str | None = None


def heroes(engine: Engine) -> Kingpost:
    """Return an application that keeps its heroes in a database."""

    HeroBase.metadata.create_all(engine)

    def session() -> Iterator[Session]:
        with Session(engine) as session:
            yield session

    Database = Annotated[Session, Depends(session)]  # noqa: N806
    app = Kingpost()

    def found(database: Session, hero_id: int) -> Hero:
        hero = database.get(Hero, hero_id)
        if hero is None:
            raise HTTPException(status_code=404, detail="Hero not found")
        return hero

    @app.post("/heroes", response_model=HeroPublic, status_code=201)
    def create(hero: HeroCreate, database: Database) -> Any:
        made = Hero.model_validate(hero)
        database.add(made)
        database.commit()
        database.refresh(made)
        return made

    @app.get("/heroes", response_model=list[HeroPublic])
    def some(
        database: Database, offset: int = 0, limit: Annotated[int, Query(le=100)] = 100
    ) -> Any:
        return database.exec(select(Hero).offset(offset).limit(limit)).all()

    @app.get("/heroes/{hero_id}", response_model=HeroPublic)
    def read(hero_id: int, database: Database) -> Any:
        return found(database, hero_id)

    @app.patch("/heroes/{hero_id}", response_model=HeroPublic)
    def change(hero_id: int, changes: HeroUpdate, database: Database) -> Any:
        hero = found(database, hero_id)
        hero.sqlmodel_update(changes.model_dump(exclude_unset=True))
        database.add(hero)
        database.commit()
        database.refresh(hero)
        return hero

    @app.delete("/heroes/{hero_id}")
    def remove(hero_id: int, database: Database) -> dict[str, bool]:
        database.delete(found(database, hero_id))
        database.commit()
        return {"ok": True}

    return app


def in_memory() -> Engine:
    """Return a database that is gone with its only connection."""
    return create_engine(
        "sqlite://", connect_args={"check_same_thread": False}, poolclass=StaticPool
    )


DEADPOND = {"name": "Deadpond", "secret_name": "Dive"}
"""A hero as a client sends one."""


def test_row_made_and_read() -> None:
    """The model of the answer hides what the client sent in secret."""
    engine = in_memory()
    client = TestClient(heroes(engine))
    made = client.post("/heroes", json=DEADPOND)

    assert (made.status_code, made.json()) == (201, {"name": "Deadpond", "age": None, "id": 1})
    assert client.get("/heroes/1").json() == {"name": "Deadpond", "age": None, "id": 1}
    assert client.get("/heroes/2").json() == {"detail": "Hero not found"}
    missing = client.post("/heroes", json={"name": "Nobody"}).json()["detail"]
    assert missing[0]["loc"] == ["body", "secret_name"]
    engine.dispose()


def test_rows_in_pages() -> None:
    """Offset and limit, with its bound."""
    engine = in_memory()
    client = TestClient(heroes(engine))
    for name in ("a", "b", "c"):
        client.post("/heroes", json={**DEADPOND, "name": name})

    assert [hero["name"] for hero in client.get("/heroes?offset=1&limit=1").json()] == ["b"]
    assert len(client.get("/heroes").json()) == 3
    assert client.get("/heroes?limit=101").status_code == 422
    engine.dispose()


def test_row_changed_and_removed() -> None:
    """Only what was sent is changed."""
    engine = in_memory()
    client = TestClient(heroes(engine))
    client.post("/heroes", json={**DEADPOND, "age": 30})

    assert client.patch("/heroes/1", json={"name": "Wade"}).json() == {
        "name": "Wade",
        "age": 30,
        "id": 1,
    }
    assert client.delete("/heroes/1").json() == {"ok": True}
    assert client.delete("/heroes/1").status_code == 404
    engine.dispose()


def test_database_of_a_file(tmp_path: Path) -> None:
    """What one application wrote, another one reads."""
    engine = create_engine(
        f"sqlite:///{tmp_path / 'heroes.db'}", connect_args={"check_same_thread": False}
    )
    TestClient(heroes(engine)).post("/heroes", json=DEADPOND)

    assert len(TestClient(heroes(engine)).get("/heroes").json()) == 1
    engine.dispose()
