"""Values at the edge: lists that are none, bodies that are no objects, names that are paths."""

from collections.abc import Callable
from typing import Annotated, Any

from pydantic import AfterValidator, AliasChoices, AliasPath

from kingpost import Body, Cookie, Header, Kingpost, Path, Query
from tests.parity.harness import Call, case, get, post, request

ODD: list[Any] = [None, [], "", {}, 0, False, [1], ["x"]]
DEFAULTS: list[dict[str, Any]] = [
    {},
    {"default": None},
    {"default": [9]},
    {"default_factory": lambda: [8]},
]
TYPES: list[Any] = [list[int], list[int] | None, set[int], tuple[int, ...], list, dict[str, int]]


def build(marker: Callable[..., Any], **more: Any) -> Kingpost:
    """An operation for each type and each default."""
    app = Kingpost()
    for place, type_ in enumerate(TYPES):
        for other, default in enumerate(DEFAULTS):

            def show(value: Any) -> str:
                return repr(value)

            show.__annotations__["value"] = type_
            show.__defaults__ = (marker(**default, **more),)
            app.post(f"/{place}/{other}", name=f"show{place}{other}")(show)
    return app


def to_each(*options: dict[str, Any]) -> list[Call]:
    """Requests to each operation."""
    paths = [f"/{type_}/{other}" for type_ in range(len(TYPES)) for other in range(len(DEFAULTS))]
    return [request("POST", path, None, **given) for path in paths for given in options]


@case(*to_each({}, *({"json": {"value": odd}} for odd in ODD), *({"json": odd} for odd in ODD)))
def test_odd_values_in_a_key_of_the_body() -> Kingpost:
    """An empty or wrong value was sent all the same; only a missing key stands for the default."""
    return build(Body, embed=True)


@case(*to_each({}, *({"json": odd} for odd in ODD)))
def test_odd_values_as_the_body() -> Kingpost:
    """The same without a key."""
    return build(Body)


@case(
    get("/"),
    get("/", headers={"cookie": "value="}),
    get("/", 422, headers={"cookie": "value=1"}),
    get("/needed", 422, headers={"cookie": "needed="}),
)
def test_lists_in_cookies() -> Kingpost:
    """An empty cookie is no list, but none at all."""
    app = Kingpost()

    @app.get("/")
    def read(value: Annotated[list[int] | None, Cookie()] = None) -> Any:
        return value

    @app.get("/needed")
    def need(needed: Annotated[list[int], Cookie()]) -> Any:
        return needed

    return app


@case(
    post("/", json={"a": 2, "b": 3}),
    post("/", 422, json={"a": 2}),
    post("/", 422, json=[]),
    post("/", 422, json="text"),
    post("/", 422, json=None),
    post("/", 422),
)
def test_no_object_for_validators_of_the_application() -> Kingpost:
    """Each key is missing, also where validators run after the dependencies."""
    app = Kingpost()

    def even(value: int) -> int:
        if value % 2:
            raise ValueError("odd")
        return value

    @app.post("/")
    def add(a: Annotated[int, Body(), AfterValidator(even)], b: Annotated[int, Body()]) -> int:
        return a + b

    return app


@case(get("/"), get("/?q=2"), get("/?q=x", 422))
def test_ellipsis_after_annotated() -> Kingpost:
    """A default like any other there; in `Query(...)` it means that there is none."""
    app = Kingpost()

    @app.get("/")
    def read(q: Annotated[int, Query()] = ...) -> str:  # type: ignore[assignment]
        return repr(q)

    return app


@case(get("/", headers={"x-name": "a"}), get("/", 422), get("/", 422, headers={"p": "a"}))
def test_header_by_a_path_into_data() -> Kingpost:
    """A header has no data to look into: its own name is read, with hyphens."""
    app = Kingpost()

    @app.get("/")
    def read(x_name: Annotated[str, Header(validation_alias=AliasPath("p", "q"))]) -> str:
        return x_name

    return app


@case(get("/5/6"), get("/x/6", 422))
def test_choices_and_factories_in_the_path() -> Kingpost:
    """The path has one name for each of its parts."""
    app = Kingpost()

    @app.get("/{n}/{m}")
    def read(
        n: Annotated[int, Path(validation_alias=AliasChoices("one", "two"))],
        m: Annotated[int, Path(default_factory=lambda: 3)],
    ) -> list[int]:
        return [n, m]

    return app


@case(post("/", json=1), post("/", 422, json="x"))
def test_title_of_a_body_with_choices() -> Kingpost:
    """The body as a whole has no name, and so none of the choices."""
    app = Kingpost()

    @app.post("/")
    def create(value: Annotated[int, Body(validation_alias=AliasChoices("one", "two"))]) -> int:
        return value

    return app
