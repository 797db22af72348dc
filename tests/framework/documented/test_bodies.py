"""JSON bodies: models, several of them, single values, nested ones, examples and updates."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, Field, HttpUrl

from kingpost import Body, Kingpost, Path
from kingpost.encoders import jsonable_encoder
from kingpost.testclient import TestClient


class Image(BaseModel):
    """A picture elsewhere."""

    url: HttpUrl
    name: str


class Recipe(BaseModel):
    """What is cooked."""

    name: str
    minutes: float
    note: str | None = None
    tax: float | None = None


class Cook(BaseModel):
    """Who cooks."""

    username: str
    full_name: str | None = None


def errors(answer: Any) -> list[tuple[str, list[Any]]]:
    """Return kind and place of each entry of a 422."""
    assert answer.status_code == 422
    return [(error["type"], error["loc"]) for error in answer.json()["detail"]]


def body_of(app: Kingpost, path: str, method: str) -> dict[str, Any]:
    """Return the documented schema of a JSON body."""
    body = app.openapi()["paths"][path][method]["requestBody"]
    schema: dict[str, Any] = body["content"]["application/json"]["schema"]
    return schema


def test_model_as_body() -> None:
    """The body is checked against the model and handed over as one."""
    app = Kingpost()

    @app.post("/recipes")
    async def create(recipe: Recipe) -> dict[str, Any]:
        return {**recipe.model_dump(), "hours": recipe.minutes / 60}

    client = TestClient(app)

    assert client.post("/recipes", json={"name": "Pie", "minutes": "90"}).json() == {
        "name": "Pie",
        "minutes": 90.0,
        "note": None,
        "tax": None,
        "hours": 1.5,
    }
    assert errors(client.post("/recipes", json={"minutes": "long"})) == [
        ("missing", ["body", "name"]),
        ("float_parsing", ["body", "minutes"]),
    ]
    assert errors(client.post("/recipes")) == [("missing", ["body"])]
    assert body_of(app, "/recipes", "post") == {"$ref": "#/components/schemas/Recipe"}


def test_broken_json() -> None:
    """What is no JSON is refused with the place of the mistake."""
    app = Kingpost()

    @app.post("/recipes")
    async def create(recipe: Recipe) -> Recipe:
        return recipe

    client = TestClient(app)
    answer = client.post(
        "/recipes", content='{"name": }', headers={"content-type": "application/json"}
    )

    assert answer.json()["detail"] == [
        {
            "type": "json_invalid",
            "loc": ["body", 9],
            "msg": "JSON decode error",
            "input": {},
            "ctx": {"error": "Expecting value"},
        }
    ]


def test_path_query_and_body_together() -> None:
    """Each parameter is found where its name and type say."""
    app = Kingpost()

    @app.put("/recipes/{number}")
    async def update(
        number: Annotated[int, Path(ge=0, le=1000)],
        q: str | None = None,
        recipe: Recipe | None = None,
    ) -> dict[str, Any]:
        return {"number": number, "q": q, "name": recipe and recipe.name}

    client = TestClient(app)

    assert client.put("/recipes/5?q=x", json={"name": "Pie", "minutes": 1}).json() == {
        "number": 5,
        "q": "x",
        "name": "Pie",
    }
    assert client.put("/recipes/5").json() == {"number": 5, "q": None, "name": None}
    assert errors(client.put("/recipes/foo", json=[])) == [
        ("int_parsing", ["path", "number"]),
        ("model_attributes_type", ["body"]),
    ]


def test_several_bodies() -> None:
    """Two models, or a model and a value, are the keys of one object."""
    app = Kingpost()

    @app.put("/recipes/{number}")
    async def update(
        number: int,
        recipe: Recipe,
        cook: Cook,
        stars: Annotated[int, Body(gt=0)],
        q: str | None = None,
    ) -> dict[str, Any]:
        return {"number": number, "recipe": recipe, "cook": cook, "stars": stars, "q": q}

    client = TestClient(app)
    sent = {
        "recipe": {"name": "Pie", "minutes": 1},
        "cook": {"username": "ada"},
        "stars": 5,
    }

    assert client.put("/recipes/1", json=sent).json()["cook"] == {
        "username": "ada",
        "full_name": None,
    }
    assert errors(client.put("/recipes/1")) == [
        ("missing", ["body", "recipe"]),
        ("missing", ["body", "cook"]),
        ("missing", ["body", "stars"]),
    ]
    assert errors(client.put("/recipes/1", json={**sent, "stars": 0})) == [
        ("greater_than", ["body", "stars"])
    ]
    assert body_of(app, "/recipes/{number}", "put") == {
        "$ref": "#/components/schemas/Body_update_recipes__number__put"
    }


def test_embedded_body() -> None:
    """A single model below a key of its name."""
    app = Kingpost()

    @app.put("/recipes")
    async def update(recipe: Annotated[Recipe, Body(embed=True)]) -> str:
        return recipe.name

    client = TestClient(app)

    assert client.put("/recipes", json={"recipe": {"name": "Pie", "minutes": 1}}).json() == "Pie"
    assert errors(client.put("/recipes", json={"name": "Pie", "minutes": 1})) == [
        ("missing", ["body", "recipe"])
    ]


def test_metadata_of_fields() -> None:
    """A model's fields have constraints, titles, descriptions and examples."""

    class Priced(BaseModel):
        name: str = Field(examples=["Pie"])
        note: str | None = Field(default=None, title="A note", max_length=10)
        price: float = Field(gt=0, description="More than nothing")

    app = Kingpost()

    @app.put("/priced")
    async def update(item: Annotated[Priced, Body(embed=True)]) -> Priced:
        return item

    client = TestClient(app)
    wrong = {"item": {"name": "Pie", "note": "much too long", "price": -3}}

    assert errors(client.put("/priced", json=wrong)) == [
        ("string_too_long", ["body", "item", "note"]),
        ("greater_than", ["body", "item", "price"]),
    ]
    assert app.openapi()["components"]["schemas"]["Priced"]["properties"]["price"] == {
        "type": "number",
        "exclusiveMinimum": 0,
        "title": "Price",
        "description": "More than nothing",
    }


def test_nested_models() -> None:
    """Lists, sets and models in models, to any depth."""

    class Dish(BaseModel):
        name: str
        tags: set[str] = set()
        images: list[Image] | None = None

    class Menu(BaseModel):
        title: str
        dishes: list[Dish]

    app = Kingpost()

    @app.post("/menus")
    async def create(menu: Menu) -> Menu:
        return menu

    client = TestClient(app)
    image = {"url": "https://a.example/i.png", "name": "i"}
    sent = {"title": "Lunch", "dishes": [{"name": "Pie", "tags": ["a", "a"], "images": [image]}]}
    answer = client.post("/menus", json=sent).json()

    assert answer["dishes"][0]["tags"] == ["a"]
    assert answer["dishes"][0]["images"] == [image]
    image["url"] = "nowhere"
    assert errors(client.post("/menus", json=sent)) == [
        ("url_parsing", ["body", "dishes", 0, "images", 0, "url"])
    ]


def test_lists_and_dicts_as_bodies() -> None:
    """A body may be a list of models, or a dict of any keys."""
    app = Kingpost()

    @app.post("/images")
    async def images(images: list[Image]) -> list[Image]:
        return images

    @app.post("/weights")
    async def weights(weights: dict[int, float]) -> dict[int, float]:
        return weights

    client = TestClient(app)

    assert client.post("/images", json=[{"url": "https://a.example", "name": "i"}]).json() == [
        {"url": "https://a.example/", "name": "i"}
    ]
    assert errors(client.post("/images", json={"url": "x"})) == [("list_type", ["body"])]
    assert client.post("/weights", json={"1": 2, "3": "4.5"}).json() == {"1": 2.0, "3": 4.5}
    assert errors(client.post("/weights", json={"one": 2})) == [
        ("int_parsing", ["body", "one", "[key]"])
    ]


def test_further_types() -> None:
    """Ids, times, spans and exact numbers are converted in both directions."""
    app = Kingpost()

    @app.put("/tasks/{task}")
    async def plan(
        task: UUID,
        start: Annotated[datetime, Body()],
        pause: Annotated[timedelta, Body()],
        alarm: Annotated[time | None, Body()] = None,
        day: Annotated[date, Body()] = date(2026, 1, 2),
        cost: Annotated[Decimal, Body()] = Decimal("1.50"),
    ) -> dict[str, Any]:
        return {"task": task, "begin": start + pause, "alarm": alarm, "day": day, "cost": cost}

    client = TestClient(app)
    sent = {"start": "2026-01-01T10:00:00+00:00", "pause": 3600, "alarm": "06:30"}
    task = "3fa85f64-5717-4562-b3fc-2c963f66afa6"

    assert client.put(f"/tasks/{task}", json=sent).json() == {
        "task": task,
        "begin": "2026-01-01T11:00:00Z",
        "alarm": "06:30:00",
        "day": "2026-01-02",
        "cost": "1.50",
    }
    assert errors(client.put("/tasks/5", json={"start": "now", "pause": "long"})) == [
        ("uuid_parsing", ["path", "task"]),
        ("datetime_from_date_parsing", ["body", "start"]),
        ("time_delta_parsing", ["body", "pause"]),
    ]


def test_examples() -> None:
    """From the model, from a field, from the parameter, and named ones for the pages."""

    class Tea(BaseModel):
        model_config = {"json_schema_extra": {"examples": [{"name": "Assam"}]}}

        name: str

    app = Kingpost()
    named = {
        "good": {"summary": "A good one", "value": {"name": "Darjeeling"}},
        "bad": {"summary": "A bad one", "description": "No name", "value": {}},
    }

    @app.post("/teas")
    async def by_model(tea: Tea) -> str:
        return tea.name

    @app.put("/teas")
    async def by_parameter(
        tea: Annotated[Tea, Body(examples=[{"name": "Mate"}], openapi_examples=named)],
    ) -> str:
        return tea.name

    document = app.openapi()
    content = document["paths"]["/teas"]["put"]["requestBody"]["content"]["application/json"]

    assert TestClient(app).put("/teas", json={"name": "Mint"}).json() == "Mint"
    assert document["components"]["schemas"]["Tea"]["examples"] == [{"name": "Assam"}]
    assert content["schema"]["examples"] == [{"name": "Mate"}]
    assert content["examples"] == named


def test_replacing_and_updating() -> None:
    """PUT replaces with defaults; PATCH changes only what was sent."""
    stored: dict[str, Any] = {"pie": {"name": "Pie", "minutes": 60, "note": "hot", "tax": 20.2}}
    app = Kingpost()

    @app.put("/recipes/{key}", response_model=Recipe)
    async def replace(key: str, recipe: Recipe) -> Any:
        stored[key] = jsonable_encoder(recipe)
        return stored[key]

    class Changes(BaseModel):
        name: str | None = None
        minutes: float | None = None
        note: str | None = None

    @app.patch("/recipes/{key}", response_model=Recipe)
    async def change(key: str, changes: Changes) -> Any:
        old = Recipe(**stored[key])
        new = old.model_copy(update=changes.model_dump(exclude_unset=True))
        stored[key] = jsonable_encoder(new)
        return new

    client = TestClient(app)

    assert client.patch("/recipes/pie", json={"note": None, "minutes": 50}).json() == {
        "name": "Pie",
        "minutes": 50.0,
        "note": None,
        "tax": 20.2,
    }
    assert client.put("/recipes/pie", json={"name": "Pie", "minutes": 40}).json() == {
        "name": "Pie",
        "minutes": 40.0,
        "note": None,
        "tax": None,
    }
