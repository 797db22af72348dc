"""fastapi-filter: a model in the query becomes the WHERE and ORDER BY of a statement."""

from collections.abc import Iterator
from typing import Annotated, Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from fastapi_filter import FilterDepends, with_prefix
from fastapi_filter.contrib.sqlalchemy import Filter
from sqlalchemy import create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from sqlalchemy.pool import StaticPool


class Base(DeclarativeBase):
    """The tables."""


class Product(Base):
    """A row to filter."""

    __tablename__ = "product"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    price: Mapped[int]


class PriceFilter(Filter):  # type: ignore[misc]
    """A filter inside another."""

    price__lte: int | None = None

    class Constants(Filter.Constants):  # type: ignore[misc]
        """What it filters."""

        model = Product


class ProductFilter(Filter):  # type: ignore[misc]
    """What a client may ask for."""

    name__in: list[str] | None = None
    price__gte: int | None = None
    order_by: list[str] = ["name"]  # noqa: RUF012 - a field of a model
    search: str | None = None

    class Constants(Filter.Constants):  # type: ignore[misc]
        """What it filters."""

        model = Product
        search_model_fields = ["name"]  # noqa: RUF012 - the package's own form


@pytest.fixture
def client() -> Iterator[TestClient]:
    """Serve three products."""
    engine = create_engine(
        "sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False}
    )
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add_all(
            Product(name=name, price=price) for name, price in [("pen", 2), ("ink", 9), ("cup", 5)]
        )
        session.commit()
    app = FastAPI()

    @app.get("/products")
    def read(
        chosen: Annotated[ProductFilter, FilterDepends(ProductFilter)],
        cheap: Annotated[PriceFilter, FilterDepends(with_prefix("max", PriceFilter))],
    ) -> list[Any]:
        statement = chosen.sort(chosen.filter(cheap.filter(select(Product))))
        with Session(engine) as session:
            return [product.name for product in session.scalars(statement)]

    yield TestClient(app)
    engine.dispose()


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["cup", "ink", "pen"]),
        ("order_by=-price", ["ink", "cup", "pen"]),
        ("price__gte=5", ["cup", "ink"]),
        ("name__in=pen,cup", ["cup", "pen"]),
        ("search=n&order_by=price", ["pen", "ink"]),
        ("price__gte=3&max__price__lte=5", ["cup"]),
    ],
)
def test_queries_choose_and_sort(client: TestClient, query: str, names: list[str]) -> None:
    """Each field of the filter is a query parameter."""
    assert client.get(f"/products?{query}").json() == names


@pytest.mark.parametrize("query", ["price__gte=much", "order_by=nothing"])
def test_wrong_queries_are_refused(client: TestClient, query: str) -> None:
    """Type errors and the package's own errors are the documented 422."""
    response = client.get(f"/products?{query}")

    assert response.status_code == 422
    assert response.json()["detail"]


def test_the_filter_is_documented(client: TestClient) -> None:
    """Its fields are the operation's parameters."""
    operation = client.get("/openapi.json").json()["paths"]["/products"]["get"]

    names = {parameter["name"] for parameter in operation["parameters"]}
    assert names == {"name__in", "price__gte", "order_by", "search", "max__price__lte"}
