"""include and exclude in every form: nested, by index, by alias, together with other filters."""

from typing import Any

from pydantic import BaseModel, Field

from kingpost import Kingpost
from kingpost.responses import JSONResponse
from tests.parity.harness import case, get


class Inner(BaseModel):
    """Inside."""

    a: int = 1
    b: str | None = None


class Outer(BaseModel):
    """Outside."""

    name: str = Field("n", alias="theName")
    inner: Inner = Inner()
    many: list[Inner] = [Inner(), Inner(a=2)]
    by_key: dict[str, Inner] = {"k": Inner(a=3)}
    none: int | None = None


@case(*[get(f"/{n}") for n in range(1, 6)], get("/x", 404))
def test_nested_includes() -> Kingpost:
    """Sets and dicts, nested, by index and __all__."""
    app = Kingpost()

    @app.get("/1", response_model_include={"inner": {"a"}, "many": {0: {"a"}}})
    def one() -> Outer:
        return Outer()

    @app.get("/2", response_model_include={"many": {"__all__": {"b"}}, "by_key": {"k": {"a"}}})
    def two() -> Outer:
        return Outer()

    @app.get("/3", response_model_include={"inner": True, "none": True})
    def three() -> Outer:
        return Outer()

    @app.get("/4", response_model_include={"many": {-1: {"a": True}}})
    def four() -> Outer:
        return Outer()

    @app.get("/5", response_model_include=set())
    def five() -> Outer:
        return Outer()

    return app


@case(*[get(f"/{n}") for n in range(1, 5)], get("/x", 404))
def test_nested_excludes() -> Kingpost:
    """The same for exclude."""
    app = Kingpost()

    @app.get("/1", response_model_exclude={"inner": {"a"}, "many": {0: True}})
    def one() -> Outer:
        return Outer()

    @app.get("/2", response_model_exclude={"many": {"__all__": {"b"}}, "by_key": True})
    def two() -> Outer:
        return Outer()

    @app.get("/3", response_model_exclude={"name"})
    def three() -> Outer:
        return Outer()

    @app.get("/4", response_model_exclude={"theName", "nothing"})
    def four() -> Outer:
        return Outer()

    return app


@case(*[get(f"/{n}") for n in range(1, 5)], get("/x", 404))
def test_filters_together() -> Kingpost:
    """Include with exclude, with unset, defaults and none, with field names."""
    app = Kingpost()

    @app.get("/1", response_model_include={"name", "inner"}, response_model_exclude={"inner"})
    def one() -> Outer:
        return Outer()

    @app.get(
        "/2",
        response_model_exclude_unset=True,
        response_model_exclude_none=True,
        response_model_exclude={"many"},
    )
    def two() -> Outer:
        return Outer(theName="x", none=None, inner=Inner(b=None))

    @app.get("/3", response_model_exclude_defaults=True, response_model_by_alias=False)
    def three() -> Outer:
        return Outer(theName="x", inner=Inner(a=1, b="b"))

    @app.get("/4", response_model_include={"name"}, response_model_by_alias=False)
    def four() -> Outer:
        return Outer()

    return app


@case(*[get(f"/{n}") for n in range(1, 5)], get("/x", 404))
def test_filters_on_collections() -> Kingpost:
    """Filters on lists, dicts and unions of models."""
    app = Kingpost()

    @app.get("/1", response_model_include={0: {"a"}})
    def one() -> list[Inner]:
        return [Inner(), Inner()]

    @app.get("/2", response_model_exclude={"k": {"a"}})
    def two() -> dict[str, Inner]:
        return {"k": Inner(), "l": Inner()}

    @app.get("/3", response_model_include={"a"})
    def three() -> Inner | None:
        return Inner()

    @app.get("/4", response_model_exclude={"__all__": {"b"}}, response_model_exclude_unset=True)
    def four() -> list[Inner]:
        return [Inner(b="x"), Inner(a=5, b="y")]

    return app


@case(*[get(f"/{n}") for n in range(1, 4)], get("/x", 404))
def test_filters_on_untyped_results() -> Kingpost:
    """Filters without a model go through the encoder."""
    app = Kingpost()

    @app.get("/1", response_model=None, response_model_exclude_unset=True)
    def one() -> Any:
        return {"a": Inner(a=1), "b": [Inner()], "c": None}

    @app.get("/2", response_model=None, response_model_exclude_none=True)
    def two() -> Any:
        return [Inner(), {"x": None}, None]

    @app.get("/3", response_model=None, response_model_by_alias=False)
    def three() -> Any:
        return {"o": Outer()}

    return app


@case(*[get(f"/{n}") for n in range(1, 4)], get("/x", 404))
def test_filters_with_a_response_class() -> Kingpost:
    """Filters beside an explicit response class."""
    app = Kingpost(default_response_class=JSONResponse)

    @app.get("/1", response_model_exclude_none=True)
    def one() -> Outer:
        return Outer()

    @app.get("/2", response_class=JSONResponse, response_model_include={"inner": {"a"}})
    def two() -> Outer:
        return Outer()

    @app.get("/3", response_model=Outer, response_model_exclude_unset=True)
    def three() -> Any:
        return {"theName": "x", "inner": {"b": "y"}}

    return app
