"""Path and query parameters: types, defaults, constraints and what the document says of them."""

from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import AfterValidator

from kingpost import Kingpost, Path, Query
from kingpost.testclient import TestClient


class Season(StrEnum):
    """The seasons of the garden."""

    SPRING = "spring"
    AUTUMN = "autumn"


def parameters(app: Kingpost, path: str) -> list[dict[str, Any]]:
    """Return the documented parameters of the only operation at a path."""
    found: list[dict[str, Any]] = app.openapi()["paths"][path]["get"]["parameters"]
    return found


def errors(answer: Any) -> list[tuple[str, list[Any]]]:
    """Return kind and place of each entry of a 422."""
    assert answer.status_code == 422
    return [(error["type"], error["loc"]) for error in answer.json()["detail"]]


def test_path_parameter_without_a_type() -> None:
    """It is text."""
    app = Kingpost()

    @app.get("/beds/{bed}")
    async def bed(bed):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202, RUF100
        return bed

    assert TestClient(app).get("/beds/3").json() == "3"
    assert parameters(app, "/beds/{bed}")[0] == {
        "name": "bed",
        "in": "path",
        "required": True,
        "schema": {"title": "Bed"},
    }


def test_path_parameter_with_a_type() -> None:
    """It is converted, and refused where it cannot be."""
    app = Kingpost()

    @app.get("/beds/{bed}")
    async def bed(bed: int) -> int:
        return bed

    client = TestClient(app)

    assert client.get("/beds/3").json() == 3
    assert errors(client.get("/beds/3.5")) == [("int_parsing", ["path", "bed"])]
    assert client.get("/beds/rose").json()["detail"][0]["input"] == "rose"


def test_first_path_that_matches() -> None:
    """A fixed path goes before one with a parameter, if it is declared before it."""
    app = Kingpost()

    @app.get("/beds/mine")
    async def mine() -> str:
        return "mine"

    @app.get("/beds/{bed}")
    async def bed(bed: str) -> str:
        return f"bed {bed}"

    client = TestClient(app)

    assert client.get("/beds/mine").json() == "mine"
    assert client.get("/beds/yours").json() == "bed yours"


def test_predefined_values() -> None:
    """An enumeration's values, and no others."""
    app = Kingpost()

    @app.get("/seasons/{season}")
    async def season(season: Season) -> dict[str, Any]:
        return {"season": season, "first": season is Season.SPRING, "value": season.value}

    client = TestClient(app)
    wrong = client.get("/seasons/winter").json()["detail"][0]

    assert client.get("/seasons/spring").json() == {
        "season": "spring",
        "first": True,
        "value": "spring",
    }
    assert wrong["type"] == "enum"
    assert wrong["msg"] == "Input should be 'spring' or 'autumn'"
    assert wrong["ctx"] == {"expected": "'spring' or 'autumn'"}
    assert app.openapi()["components"]["schemas"]["Season"] == {
        "type": "string",
        "enum": ["spring", "autumn"],
        "title": "Season",
        "description": "The seasons of the garden.",
    }


def test_path_that_holds_paths() -> None:
    """The path converter takes everything, slashes included."""
    app = Kingpost()

    @app.get("/plans/{file:path}")
    async def plan(file: str) -> str:
        return file

    client = TestClient(app)

    assert client.get("/plans/2026/east.txt").json() == "2026/east.txt"
    assert client.get("/plans//etc/east.txt").json() == "/etc/east.txt"
    assert list(app.openapi()["paths"]) == ["/plans/{file}"]


def test_query_defaults() -> None:
    """What is not in the path is read from the query; defaults make it optional."""
    app = Kingpost()
    plants = ["rose", "lily", "iris"]

    @app.get("/plants")
    async def some(skip: int = 0, limit: int = 10) -> list[str]:
        return plants[skip : skip + limit]

    client = TestClient(app)

    assert client.get("/plants").json() == plants
    assert client.get("/plants?skip=1&limit=1").json() == ["lily"]
    assert client.get("/plants?limit=2&limit=1").json() == ["rose"]
    assert errors(client.get("/plants?skip=a&limit=")) == [
        ("int_parsing", ["query", "skip"]),
        ("int_parsing", ["query", "limit"]),
    ]


def test_optional_and_truth_values() -> None:
    """None stands for what was not sent; truth is written in many ways."""
    app = Kingpost()

    @app.get("/plants/{plant}")
    async def read(plant: str, q: str | None = None, short: bool = False) -> list[Any]:
        return [plant, q, short]

    client = TestClient(app)

    assert client.get("/plants/rose?q=red").json() == ["rose", "red", False]
    for text in ("1", "True", "true", "on", "yes"):
        assert client.get(f"/plants/rose?short={text}").json() == ["rose", None, True]
    assert errors(client.get("/plants/rose?short=perhaps")) == [
        ("bool_parsing", ["query", "short"])
    ]


def test_several_path_and_query_parameters() -> None:
    """They are told apart by their names, in any order."""
    app = Kingpost()

    @app.get("/gardens/{garden}/beds/{bed}")
    async def read(bed: str, needy: str, garden: int, limit: int | None = None) -> list[Any]:
        return [garden, bed, needy, limit]

    client = TestClient(app)

    assert client.get("/gardens/1/beds/b?needy=yes").json() == [1, "b", "yes", None]
    assert errors(client.get("/gardens/x/beds/b")) == [
        ("int_parsing", ["path", "garden"]),
        ("missing", ["query", "needy"]),
    ]


def test_length_and_pattern() -> None:
    """Text is measured and matched; the document states both."""
    app = Kingpost()

    @app.get("/plants")
    async def find(
        q: Annotated[str | None, Query(min_length=3, max_length=8, pattern="^ro")] = None,
    ) -> str | None:
        return q

    client = TestClient(app)

    assert client.get("/plants?q=rose").json() == "rose"
    assert errors(client.get("/plants?q=ro")) == [("string_too_short", ["query", "q"])]
    assert errors(client.get("/plants?q=rosemaries")) == [("string_too_long", ["query", "q"])]
    assert client.get("/plants?q=iris").json()["detail"][0] == {
        "type": "string_pattern_mismatch",
        "loc": ["query", "q"],
        "msg": "String should match pattern '^ro'",
        "input": "iris",
        "ctx": {"pattern": "^ro"},
    }
    assert parameters(app, "/plants")[0]["schema"]["anyOf"][0] == {
        "type": "string",
        "minLength": 3,
        "maxLength": 8,
        "pattern": "^ro",
    }


def test_required_query_parameters() -> None:
    """Without a default a parameter has to be sent, even where it may be empty."""
    app = Kingpost()

    @app.get("/plants")
    async def find(
        q: Annotated[str, Query(min_length=1)], r: Annotated[str | None, Query()]
    ) -> list[str | None]:
        return [q, r]

    client = TestClient(app)

    assert client.get("/plants?q=a&r=").json() == ["a", ""]
    assert errors(client.get("/plants")) == [
        ("missing", ["query", "q"]),
        ("missing", ["query", "r"]),
    ]
    assert [p["required"] for p in parameters(app, "/plants")] == [True, True]


def test_lists_in_the_query() -> None:
    """A parameter that is repeated, with defaults, with and without a type of its items."""
    app = Kingpost()

    @app.get("/plants")
    async def find(
        q: Annotated[list[str], Query()] = ["rose", "lily"],  # noqa: B006
        n: Annotated[set[int] | None, Query(max_length=2)] = None,
        raw: Annotated[list, Query()] = [],  # type: ignore[type-arg]  # noqa: B006
    ) -> list[Any]:
        return [q, sorted(n or []), raw]

    client = TestClient(app)

    assert client.get("/plants").json() == [["rose", "lily"], [], []]
    assert client.get("/plants?q=a&q=b&n=2&n=1&n=2&raw=x").json() == [["a", "b"], [1, 2], ["x"]]
    assert errors(client.get("/plants?n=1&n=x")) == [("int_parsing", ["query", "n", 1])]
    assert errors(client.get("/plants?n=1&n=2&n=3")) == [("too_long", ["query", "n"])]


def test_metadata_of_a_parameter() -> None:
    """Title, description, alias, examples and deprecation go to the document."""
    app = Kingpost()

    @app.get("/plants")
    async def find(
        q: Annotated[
            str | None,
            Query(
                alias="plant-query",
                title="Query",
                description="Part of the name",
                deprecated=True,
                examples=["rose"],
            ),
        ] = None,
        secret: Annotated[str, Query(include_in_schema=False)] = "none",
    ) -> list[Any]:
        return [q, secret]

    client = TestClient(app)

    assert client.get("/plants?plant-query=a&q=b&secret=c").json() == ["a", "c"]
    assert parameters(app, "/plants") == [
        {
            "name": "plant-query",
            "in": "query",
            "required": False,
            "schema": {
                "anyOf": [{"type": "string"}, {"type": "null"}],
                "title": "Query",
                "description": "Part of the name",
                "deprecated": True,
                "examples": ["rose"],
            },
            "description": "Part of the name",
            "deprecated": True,
        }
    ]


def test_own_validation() -> None:
    """A function of the application's own checks the value after its conversion."""

    def known(code: str) -> str:
        if not code.startswith(("isbn-", "imdb-")):
            raise ValueError("the code has no known prefix")
        return code

    app = Kingpost()

    @app.get("/codes")
    async def read(code: Annotated[str, AfterValidator(known)] = "isbn-1") -> str:
        return code

    wrong = TestClient(app).get("/codes?code=x-1").json()["detail"][0]

    assert TestClient(app).get("/codes?code=imdb-2").json() == "imdb-2"
    assert wrong["type"] == "value_error"
    assert wrong["msg"] == "Value error, the code has no known prefix"
    assert wrong["ctx"] == {"error": {}}


def test_limits_of_numbers() -> None:
    """Greater and less, with and without equality, for whole numbers and others."""
    app = Kingpost()

    @app.get("/rows/{row}")
    async def read(
        row: Annotated[int, Path(title="The row", ge=1, le=1000)],
        size: Annotated[float, Query(gt=0, lt=10.5)],
        step: Annotated[int, Query(multiple_of=5)] = 5,
    ) -> list[float]:
        return [row, size, step]

    client = TestClient(app)

    assert client.get("/rows/1?size=10.4").json() == [1, 10.4, 5]
    assert errors(client.get("/rows/0?size=0&step=7")) == [
        ("greater_than_equal", ["path", "row"]),
        ("greater_than", ["query", "size"]),
        ("multiple_of", ["query", "step"]),
    ]
    assert errors(client.get("/rows/1001?size=10.5")) == [
        ("less_than_equal", ["path", "row"]),
        ("less_than", ["query", "size"]),
    ]
    assert [p["schema"] for p in parameters(app, "/rows/{row}")][:2] == [
        {"type": "integer", "maximum": 1000, "minimum": 1, "title": "The row"},
        {"type": "number", "exclusiveMaximum": 10.5, "exclusiveMinimum": 0, "title": "Size"},
    ]


def test_parameters_declared_by_their_default() -> None:
    """The older style: the marker stands as the default."""
    app = Kingpost()

    @app.get("/rows/{row}")
    async def read(
        *, row: int = Path(ge=1), q: str = Query("all", max_length=3), kind: Literal["a", "b"] = "a"
    ) -> list[Any]:
        return [row, q, kind]

    client = TestClient(app)

    assert client.get("/rows/1").json() == [1, "all", "a"]
    assert errors(client.get("/rows/0?q=none&kind=c")) == [
        ("greater_than_equal", ["path", "row"]),
        ("string_too_long", ["query", "q"]),
        ("literal_error", ["query", "kind"]),
    ]
