"""fastapi-pagination: a page's parameters, and the page as the response model."""

from collections.abc import Callable
from typing import Any

import pytest
from fastapi import APIRouter, Depends, FastAPI, Query
from fastapi.testclient import TestClient
from fastapi_pagination import LimitOffsetPage, Page, add_pagination, paginate, set_page
from fastapi_pagination.customization import CustomizedPage, UseParamsFields
from fastapi_pagination.ext.sqlalchemy import paginate as paginate_select
from fastapi_pagination.utils import disable_installed_extensions_check
from pydantic import BaseModel, ConfigDict
from sqlalchemy import create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from sqlalchemy.pool import StaticPool

# It would warn that a list is paginated where there could be a statement.
disable_installed_extensions_check()


class Item(BaseModel):
    """One of many."""

    model_config = ConfigDict(from_attributes=True)
    n: int


ITEMS = [Item(n=n) for n in range(30)]
SmallPage = CustomizedPage[Page, UseParamsFields(size=Query(3, ge=1, le=5))]


async def read_page() -> Any:
    """Return a page of all items."""
    return paginate(ITEMS)


def of_the_application() -> FastAPI:
    """Return an application whose own operation is paginated."""
    app = FastAPI()
    app.add_api_route("/items", read_page, response_model=Page[Item])
    add_pagination(app)
    return app


def of_an_included_router() -> FastAPI:
    """Return an application whose included operation is paginated."""
    app, router = FastAPI(), APIRouter(prefix="/items")
    router.add_api_route("", read_page, response_model=Page[Item])
    app.include_router(router)
    add_pagination(app)
    return app


def of_a_router_before_inclusion() -> FastAPI:
    """Return an application that includes a router that is paginated already."""
    app, router = FastAPI(), APIRouter(prefix="/items")
    router.add_api_route("", read_page, response_model=Page[Item])
    app.include_router(add_pagination(router))
    return app


def of_what_is_added_later() -> FastAPI:
    """Return an application that gets its operation after it was paginated."""
    app = FastAPI()
    add_pagination(app)
    app.add_api_route("/items", read_page, response_model=Page[Item])
    return app


@pytest.mark.parametrize(
    "build",
    [
        of_the_application,
        of_an_included_router,
        of_a_router_before_inclusion,
        of_what_is_added_later,
    ],
)
def test_a_page_is_returned_and_documented(build: Callable[[], FastAPI]) -> None:
    """The package appends a dependency to each route that returns a page."""
    app = build()

    with TestClient(app) as client:
        page = client.get("/items?page=2&size=7").json()
        wrong = client.get("/items?page=0&size=x")
        document = client.get("/openapi.json").json()

    assert page == {
        "items": [{"n": n} for n in range(7, 14)],
        "total": 30,
        "page": 2,
        "size": 7,
        "pages": 5,
    }
    assert [error["loc"] for error in wrong.json()["detail"]] == [
        ["query", "page"],
        ["query", "size"],
    ]
    parameters = document["paths"]["/items"]["get"]["parameters"]
    assert [parameter["name"] for parameter in parameters] == ["page", "size"]
    assert "Page_Item_" in document["components"]["schemas"]


def test_other_kinds_of_pages() -> None:
    """Limit and offset, and a page with bounds of its own, side by side."""
    app = FastAPI()
    app.add_api_route("/limit", read_page, response_model=LimitOffsetPage[Item])
    app.add_api_route("/small", read_page, response_model=SmallPage[Item])
    add_pagination(app)

    with TestClient(app) as client:
        window = client.get("/limit?limit=2&offset=5").json()
        small = client.get("/small").json()
        too_large = client.get("/small?size=6")

    assert [item["n"] for item in window["items"]] == [5, 6]
    assert len(small["items"]) == 3
    assert too_large.status_code == 422


def test_operations_without_a_page_are_left_alone() -> None:
    """They get no parameters."""
    app = FastAPI()

    @app.get("/plain")
    async def plain(_: None = Depends(lambda: set_page(Page[Item]))) -> list[Item]:
        return ITEMS[:1]

    add_pagination(app)

    with TestClient(app) as client:
        assert client.get("/plain").json() == [{"n": 0}]
    assert "parameters" not in app.openapi()["paths"]["/plain"]["get"]


class Base(DeclarativeBase):
    """The tables."""


class Row(Base):
    """One of many, in a database."""

    __tablename__ = "row"
    n: Mapped[int] = mapped_column(primary_key=True)


def test_a_statement_is_paginated() -> None:
    """The database counts, and returns one page."""
    engine = create_engine(
        "sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False}
    )
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add_all(Row(n=n) for n in range(10))
        session.commit()
    app = FastAPI()

    @app.get("/rows", response_model=Page[Item])
    def read_rows() -> Any:
        with Session(engine) as session:
            return paginate_select(session, select(Row).order_by(Row.n))

    add_pagination(app)
    with TestClient(app) as client:
        page = client.get("/rows?page=2&size=4").json()
    engine.dispose()

    assert ([item["n"] for item in page["items"]], page["total"]) == ([4, 5, 6, 7], 10)
