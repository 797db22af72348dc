"""Unusual signatures: callables of every kind, odd parameters, metadata in Annotated."""

import functools
from collections.abc import Sequence
from typing import Annotated, Any, Final, Literal

import annotated_types
from pydantic import BaseModel, BeforeValidator, Field, PlainSerializer, WrapValidator
from typing_extensions import Doc

from kingpost import Body, Cookie, Depends, Header, Kingpost, Path, Query
from tests.parity.harness import case, get, post, refused


class Item(BaseModel):
    """A thing."""

    name: str


@case(get("/partial?a=1"), get("/method?a=1"), get("/static?a=1"), get("/partial", 422))
def test_callables_as_endpoints() -> Kingpost:
    """functools.partial, bound and static methods as endpoints."""

    def add(a: int, b: int) -> int:
        return a + b

    class Tools:
        def method(self, a: int) -> int:
            """Doc of the method."""
            return a

        @staticmethod
        def static(a: int) -> int:
            return -a

    app = Kingpost()
    app.get("/partial", name="partial")(functools.partial(add, b=2))
    app.get("/method")(Tools().method)
    app.get("/static")(Tools.static)
    return app


@case(get("/lambda?q=1"), get("/instance?q=1"), get("/async?q=1"), get("/lambda", 422))
def test_instances_and_lambdas_as_endpoints() -> Kingpost:
    """Lambdas and instances with __call__, sync and async."""

    class Sync:
        def __call__(self, q: int) -> int:
            return q

    class Async:
        async def __call__(self, q: int) -> int:
            return q

    app = Kingpost()
    app.get("/lambda")(lambda q: [q])
    app.get("/instance", name="instance")(Sync())
    app.get("/async", name="async")(Async())
    return app


@case(get("/?a=1&args=2&kwargs=3"), get("/", 422))
def test_variadic_parameters() -> Kingpost:
    """*args and **kwargs are parameters like any other."""
    app = Kingpost()

    @app.get("/")
    def read(a: int, **kwargs: Any) -> Any:
        return [a, kwargs]

    return app


@case(get("/3?q=1"), get("/3", 422))
def test_positional_only_parameters() -> Kingpost:
    """Positional-only parameters of a dependency and keyword-only ones of the endpoint."""

    def dependency(q: int) -> int:
        return q

    app = Kingpost()

    @app.get("/{n}")
    def read(*, n: int, value: int = Depends(dependency)) -> list[int]:
        return [n, value]

    return app


@case(get("/?a=5&b=ab&c=3"), get("/?a=1&b=a&c=4", 422))
def test_field_without_marker() -> Kingpost:
    """pydantic's Field and annotated_types alone in Annotated."""
    app = Kingpost()

    @app.get("/")
    def read(
        a: Annotated[int, Field(ge=2, description="From Field")],
        b: Annotated[str, annotated_types.MinLen(2)],
        c: Annotated[int, annotated_types.MultipleOf(3), annotated_types.Lt(10)],
    ) -> list[Any]:
        return [a, b, c]

    return app


@case(get("/?a=5"), get("/?a=1", 422), get("/?a=11", 422))
def test_field_beside_marker() -> Kingpost:
    """Constraints of Field, annotated_types and Query together."""
    app = Kingpost()

    @app.get("/")
    def read(
        a: Annotated[int, Field(ge=2), annotated_types.Le(10), Query(description="Query's")],
    ) -> int:
        return a

    return app


@case(get("/?q=a"), get("/?q=", 422))
def test_two_markers() -> Kingpost:
    """Of two Query markers in one Annotated the last counts."""
    app = Kingpost()

    @app.get("/")
    def read(q: Annotated[str, Query(min_length=5), Query(min_length=1, title="Last")]) -> str:
        return q

    return app


@case(get("/?size=2"), get("/?size=0", 422), get("/"))
def test_nested_annotated() -> Kingpost:
    """Annotated around an alias that is Annotated itself."""
    Positive = Annotated[int, Query(gt=0)]  # noqa: N806 - a type
    Size = Annotated[Positive, Field(description="How many")]  # noqa: N806 - a type
    app = Kingpost()

    @app.get("/")
    def read(size: Size = 1, other: Positive | None = None) -> list[Any]:
        return [size, other]

    return app


@case(get("/?q=a"), get("/", 422))
def test_documentation_in_annotated() -> Kingpost:
    """Doc() and foreign metadata are left alone."""
    app = Kingpost()

    @app.get("/")
    def read(q: Annotated[str, Doc("Not shown"), "free text", 5]) -> str:
        return q

    return app


@case(get("/?q=%20a%20&n=5&s=x"), get("/?q=bad&n=x", 422))
def test_functional_validators() -> Kingpost:
    """Before, wrap validators and serializers in Annotated."""

    def strip(value: Any) -> Any:
        return value.strip() if isinstance(value, str) else value

    def wrap(value: Any, handler: Any) -> Any:
        return handler(value) * 2

    app = Kingpost()

    @app.get("/")
    def read(
        q: Annotated[Literal["a"], BeforeValidator(strip)],
        n: Annotated[int, WrapValidator(wrap)],
        s: Annotated[str, PlainSerializer(lambda v: v + "!")] = "s",
    ) -> Annotated[list[Any], PlainSerializer(lambda v: [*v, "serialized"])]:
        return [q, n, s]

    return app


@case(get("/?q=1"), get("/?q=x", 422), get("/"))
def test_none_as_default_of_a_plain_type() -> Kingpost:
    """`int = None` is optional although its type is not."""
    app = Kingpost()

    @app.get("/")
    def read(q: int = None) -> Any:  # type: ignore[assignment]  # noqa: RUF013 - the habit is the case
        return q

    return app


@case(get("/?q=1&q=2"), get("/?q=x", 422))
def test_abstract_sequences() -> Kingpost:
    """Sequence[int] as a query parameter."""
    app = Kingpost()

    @app.get("/")
    def read(q: Annotated[Sequence[int], Query()]) -> list[int]:
        return list(q)

    return app


@case(post("/", json=[{"name": "a"}]), post("/", 422, json={"name": "a"}))
def test_sequence_of_models_as_body() -> Kingpost:
    """Sequence[Model] without a marker is the body."""
    app = Kingpost()

    @app.post("/")
    def create(items: Sequence[Item]) -> Sequence[Item]:
        return items

    return app


@case(
    post("/1?q=2", json=3, headers={"h": "4", "Cookie": "c=5"}),
    post("/x?q=y", 422, json="z", headers={"h": "v", "Cookie": "c=w"}),
)
def test_default_style_of_every_marker() -> Kingpost:
    """Path, Query, Header, Cookie and Body as default values."""
    app = Kingpost()

    @app.post("/{p}")
    def create(
        p: int = Path(),
        q: int = Query(),
        h: int = Header(),
        c: int = Cookie(),
        b: int = Body(),
    ) -> list[int]:
        return [p, q, h, c, b]

    return app


@case(get("/a?value=1"), get("/b?value=1"), get("/a", 422))
def test_same_function_on_two_paths() -> Kingpost:
    """Decorators return the function unchanged, so that they can be stacked."""
    app = Kingpost()

    @app.get("/a")
    @app.get("/b", name="other", status_code=200)
    def read(value: int) -> int:
        return value

    if read(3) != 3:
        raise AssertionError("the function has changed")
    return app


@case(get("/?x=1&class=a"), get("/", 422))
def test_reserved_word_by_alias() -> Kingpost:
    """A Python keyword as the name of a parameter."""
    app = Kingpost()

    @app.get("/")
    def read(class_: Annotated[str, Query(alias="class")], x: Final[int] = 1) -> list[Any]:  # type: ignore[valid-type]
        return [class_, x]

    return app


@case(get("/?self=1&request=2&response=3&app=4&log=5&scope=6"), get("/", 422))
def test_names_that_engines_use_themselves() -> Kingpost:
    """Parameters may have any name, those that generated code may use too."""
    app = Kingpost()

    @app.get("/")
    def read(
        request: int,
        response: int,
        self: int,
        app: int,
        scope: int,
        receive: int = 7,
        send: int = 8,
        values: int = 9,
        errors: int = 10,
        body: int = 11,
        result: int = 12,
        stack: int = 13,
        endpoint: int = 14,
        handler: int = 15,
        cls: int = 16,
        _private: int = 17,
    ) -> int:
        return request + response + self + app + scope + receive + send + values + errors

    return app


@refused(AssertionError)
def test_list_of_models_in_query_is_refused() -> Kingpost:
    """A list of models cannot be a query parameter."""
    app = Kingpost()

    @app.get("/")
    def read(q: Annotated[list[Item], Query()]) -> Any:
        return q

    return app


@refused(AssertionError)
def test_model_in_path_is_refused() -> Kingpost:
    """A model cannot be a path parameter."""
    app = Kingpost()

    @app.get("/{item}")
    def read(item: Item) -> Any:
        return item

    return app
