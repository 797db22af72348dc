"""SQLModel classes as bodies and results: what most applications with a database declare."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID, uuid4

from sqlalchemy import MetaData
from sqlalchemy.orm import registry
from sqlmodel import Field, Session, SQLModel, create_engine, select
from sqlmodel.pool import StaticPool

from kingpost import Depends, HTTPException, Kingpost, Query
from tests.parity.harness import case, delete, get, patch, post


class Own(SQLModel, registry=registry()):
    """A registry of its own for each copy of this module."""


class HeroBase(Own):
    """What all hero models share."""

    name: str = Field(min_length=1, max_length=10, index=True)
    age: int | None = Field(default=None, ge=0)


class HeroPublic(HeroBase):
    """What others may see."""

    id: int


class HeroCreate(HeroBase):
    """What is sent."""

    secret_name: str


class HeroUpdate(SQLModel):
    """What may change."""

    name: str | None = Field(default=None, min_length=1)
    age: int | None = None


def add_changes(app: Kingpost, stored: Any, opened: Any) -> None:
    """Change and remove a hero."""

    @app.patch("/heroes/{hero_id}", response_model=HeroPublic)
    def change(
        update: HeroUpdate, hero: Any = Depends(stored), session: Any = Depends(opened)
    ) -> Any:
        hero.sqlmodel_update(update.model_dump(exclude_unset=True))
        session.add(hero)
        session.commit()
        session.refresh(hero)
        return hero

    @app.delete("/heroes/{hero_id}", status_code=204)
    def remove(hero: Any = Depends(stored), session: Any = Depends(opened)) -> None:
        session.delete(hero)
        session.commit()


@case(
    post("/heroes", 201, json={"name": "A", "secret_name": "s"}),
    post("/heroes", 201, json={"name": "B", "secret_name": "s", "age": 5}),
    post("/heroes", 422, json={"name": "", "age": -1}),
    get("/heroes"),
    get("/heroes?limit=1&offset=1"),
    get("/heroes?limit=0", 422),
    get("/heroes/1"),
    get("/heroes/9", 404),
    patch("/heroes/1", json={"age": 7}),
    patch("/heroes/1", 422, json={"name": ""}),
    delete("/heroes/1", 204),
    get("/heroes/1", 404),
    lifespan=True,
)
def test_heroes() -> Kingpost:
    """The documentation's application over a table in memory."""

    class Hero(HeroBase, table=True):
        metadata = MetaData()
        id: int | None = Field(default=None, primary_key=True)
        secret_name: str

    engine = create_engine(
        "sqlite://", connect_args={"check_same_thread": False}, poolclass=StaticPool
    )
    Hero.metadata.create_all(engine)

    def session() -> Any:
        with Session(engine) as opened:
            yield opened

    @asynccontextmanager
    async def lifespan(app: Kingpost) -> AsyncIterator[None]:
        yield
        engine.dispose()

    Opened = Annotated[Session, Depends(session)]  # noqa: N806 - a type
    app = Kingpost(lifespan=lifespan)

    def stored(hero_id: int, session: Opened) -> Any:
        hero = session.get(Hero, hero_id)
        if hero is None:
            raise HTTPException(404, "Hero not found")
        return hero

    @app.post("/heroes", response_model=HeroPublic, status_code=201)
    def create(hero: HeroCreate, session: Opened) -> Any:
        row = Hero.model_validate(hero)
        session.add(row)
        session.commit()
        session.refresh(row)
        return row

    @app.get("/heroes", response_model=list[HeroPublic])
    def heroes(
        session: Opened, offset: int = 0, limit: Annotated[int, Query(ge=1, le=100)] = 100
    ) -> Any:
        return session.exec(select(Hero).offset(offset).limit(limit)).all()

    @app.get("/heroes/{hero_id}", response_model=HeroPublic)
    def hero(hero: Annotated[Any, Depends(stored)]) -> Any:
        return hero

    add_changes(app, stored, session)
    return app


@case(post("/", json={"title": "a"}), post("/", 422, json={}))
def test_rich_columns_as_result() -> Kingpost:
    """Ids, times and defaults of SQLModel classes without a table."""

    class Entry(SQLModel):
        id: UUID = Field(default_factory=uuid4, schema_extra={"examples": ["x"]})
        title: str
        at: datetime = Field(default=datetime(2024, 1, 2, tzinfo=UTC))

    class EntryPublic(SQLModel):
        title: str
        at: datetime

    app = Kingpost()

    @app.post("/")
    def create(entry: Entry) -> EntryPublic:
        return EntryPublic.model_validate(entry.model_dump())

    return app
