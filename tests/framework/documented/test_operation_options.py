"""Every option of a path operation, and every method."""

from enum import Enum
from typing import Any

from pydantic import BaseModel, Field

from kingpost import APIRouter, Depends, HTTPException, Kingpost, Response, status
from kingpost.responses import HTMLResponse, PlainTextResponse
from kingpost.routing import APIRoute
from kingpost.testclient import TestClient


class Kind(Enum):
    """What the operations are about."""

    DISHES = "dishes"
    GUESTS = "guests"


class Dish(BaseModel):
    """A dish as the kitchen knows it."""

    name: str
    price: float = Field(serialization_alias="amount")
    note: str | None = None
    portions: int = 2


STEW = {"name": "Stew", "price": 9.5, "portions": 2, "cost": 3}


def documented(app: Kingpost, path: str, method: str = "get") -> dict[str, Any]:
    """Return what the document says of an operation."""
    found: dict[str, Any] = app.openapi()["paths"][path][method]
    return found


def test_every_method() -> None:
    """Each method has a decorator; one function may answer several."""
    app = Kingpost()
    for add in (app.get, app.put, app.post, app.delete, app.options, app.patch, app.trace):

        @add("/table")
        async def table() -> str:
            return "table"

    @app.head("/head")
    async def head(response: Response) -> None:
        response.headers["x-guests"] = "4"

    client = TestClient(app)
    methods = ["GET", "PUT", "POST", "DELETE", "OPTIONS", "PATCH", "TRACE"]

    assert [client.request(m, "/table").json() for m in methods] == ["table"] * 7
    assert client.head("/head").headers["x-guests"] == "4"
    assert sorted(app.openapi()["paths"]["/table"]) == sorted(map(str.lower, methods))


def test_response_model_and_its_filters() -> None:
    """The model filters and orders the result; options leave fields out."""
    app = Kingpost()

    @app.get("/whole", response_model=Dish)
    async def whole() -> Any:
        return STEW

    @app.get("/some", response_model=Dish, response_model_include={"name", "price"})
    async def some() -> Any:
        return STEW

    @app.get("/less", response_model=Dish, response_model_exclude={"note", "portions"})
    async def less() -> Any:
        return STEW

    @app.get("/names", response_model=Dish, response_model_by_alias=False)
    async def names() -> Any:
        return STEW

    client = TestClient(app)

    assert client.get("/whole").json() == {
        "name": "Stew",
        "amount": 9.5,
        "note": None,
        "portions": 2,
    }
    assert client.get("/some").json() == {"name": "Stew", "amount": 9.5}
    assert client.get("/less").json() == {"name": "Stew", "amount": 9.5}
    assert client.get("/names").json()["price"] == 9.5


def test_fields_left_out_by_their_value() -> None:
    """Unset fields, defaults and nulls may each be left out."""
    app = Kingpost()
    sent = {"name": "Stew", "price": 9.5, "note": None, "portions": 2}

    @app.get("/unset", response_model=Dish, response_model_exclude_unset=True)
    async def unset() -> Any:
        return {"name": "Stew", "price": 9.5, "portions": 2}

    @app.get("/defaults", response_model=Dish, response_model_exclude_defaults=True)
    async def defaults() -> Any:
        return sent

    @app.get("/none", response_model=Dish, response_model_exclude_none=True)
    async def none() -> Any:
        return sent

    client = TestClient(app)

    assert client.get("/unset").json() == {"name": "Stew", "amount": 9.5, "portions": 2}
    assert client.get("/defaults").json() == {"name": "Stew", "amount": 9.5}
    assert client.get("/none").json() == {"name": "Stew", "amount": 9.5, "portions": 2}


def test_status_code() -> None:
    """The default status of an answer is declared, as a number or by its name."""
    app = Kingpost()

    @app.post("/dishes", status_code=201)
    async def create() -> str:
        return "made"

    @app.delete("/dishes", status_code=status.HTTP_204_NO_CONTENT)
    async def delete() -> None:
        return None

    client = TestClient(app)
    deleted = client.delete("/dishes")

    assert client.post("/dishes").status_code == 201
    assert (deleted.status_code, deleted.content) == (204, b"")
    assert list(documented(app, "/dishes", "post")["responses"]) == ["201"]
    assert "content" not in documented(app, "/dishes", "delete")["responses"]["204"]


def test_tags_as_text_and_as_enum() -> None:
    """A tag may be a member of an enumeration."""
    app = Kingpost()

    @app.get("/dishes", tags=[Kind.DISHES, "menu"])
    async def dishes() -> list[str]:
        return ["stew"]

    assert TestClient(app).get("/dishes").json() == ["stew"]
    assert documented(app, "/dishes")["tags"] == ["dishes", "menu"]


def test_dependencies_of_an_operation() -> None:
    """They run before the operation, which does not see their values."""

    async def closed(hour: int) -> str:
        if hour < 18:
            raise HTTPException(status_code=409, detail="The kitchen is closed")
        return "unseen"

    app = Kingpost()

    @app.get("/dishes", dependencies=[Depends(closed)])
    async def dishes() -> list[str]:
        return ["stew"]

    client = TestClient(app)

    assert client.get("/dishes?hour=19").json() == ["stew"]
    assert client.get("/dishes?hour=9").json() == {"detail": "The kitchen is closed"}
    assert client.get("/dishes").status_code == 422
    assert documented(app, "/dishes")["parameters"][0]["name"] == "hour"


def test_summary_and_description() -> None:
    """Given in words, or taken from the function's name and docstring up to a form feed."""
    app = Kingpost()

    @app.get("/given", summary="All dishes", description="With *prices*.")
    async def given() -> None:
        """Not this one."""

    @app.get("/taken")
    async def todays_menu() -> None:
        """
        Show what is cooked today.

        - soups
        - stews
        \f
        :param chef: not for readers
        """

    assert documented(app, "/given")["summary"] == "All dishes"
    assert documented(app, "/given")["description"] == "With *prices*."
    assert documented(app, "/taken")["summary"] == "Todays Menu"
    assert documented(app, "/taken")["description"] == (
        "Show what is cooked today.\n\n- soups\n- stews"
    )


def test_response_description() -> None:
    """The usual answer's description may be worded."""
    app = Kingpost()

    @app.get("/dishes", response_description="The dishes of today")
    async def dishes() -> list[str]:
        return []

    assert documented(app, "/dishes")["responses"]["200"]["description"] == "The dishes of today"


def test_further_responses() -> None:
    """Other answers are documented with a model, a description, headers and media types."""

    class Problem(BaseModel):
        reason: str

    app = Kingpost()

    @app.get(
        "/dishes",
        responses={
            404: {"model": Problem, "description": "No such dish"},
            200: {"content": {"image/png": {}}},
            "5XX": {"description": "The oven is broken"},
            "default": {"model": Problem},
        },
    )
    async def dishes() -> Dish:
        return Dish(name="Stew", price=1)

    responses = documented(app, "/dishes")["responses"]

    assert list(responses["200"]["content"]) == ["application/json", "image/png"]
    assert responses["404"] == {
        "description": "No such dish",
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    assert responses["5XX"] == {"description": "The oven is broken"}
    assert responses["default"]["description"] == "Default Response"
    assert TestClient(app).get("/dishes").json()["amount"] == 1


def test_deprecated_operation() -> None:
    """A deprecated operation is marked, and still answers."""
    app = Kingpost()

    @app.get("/tables", deprecated=True)
    async def tables() -> list[int]:
        return [1]

    assert documented(app, "/tables")["deprecated"] is True
    assert TestClient(app).get("/tables").json() == [1]


def test_operation_id() -> None:
    """A given id holds; the names of functions can be made the ids of all operations."""
    app = Kingpost()

    @app.get("/given", operation_id="all_dishes")
    async def given() -> None: ...

    @app.get("/named")
    async def guests() -> None: ...

    for route in app.routes:
        if isinstance(route, APIRoute) and route.operation_id is None:
            route.operation_id = route.name

    assert documented(app, "/given")["operationId"] == "all_dishes"
    assert documented(app, "/named")["operationId"] == "guests"


def test_operation_left_out_of_the_document() -> None:
    """It is served and not documented."""
    app = Kingpost()

    @app.get("/back-door", include_in_schema=False)
    async def back_door() -> str:
        return "open"

    assert TestClient(app).get("/back-door").json() == "open"
    assert app.openapi()["paths"] == {}


def test_response_class() -> None:
    """Answers are of the named class, which the document follows."""
    app = Kingpost()

    @app.get("/page", response_class=HTMLResponse)
    async def page() -> str:
        return "<h1>Menu</h1>"

    @app.get("/text", response_class=PlainTextResponse)
    async def text() -> str:
        return "Menu"

    client = TestClient(app)

    assert client.get("/page").text == "<h1>Menu</h1>"
    assert client.get("/page").headers["content-type"] == "text/html; charset=utf-8"
    assert client.get("/text").headers["content-type"] == "text/plain; charset=utf-8"
    assert documented(app, "/page")["responses"]["200"]["content"] == {
        "text/html": {"schema": {"type": "string"}}
    }


def test_name() -> None:
    """The name finds the path, and gives the summary."""
    app = Kingpost()

    @app.get("/dishes/{dish_id}", name="the dish")
    async def read(dish_id: int) -> int:
        return dish_id

    assert str(app.url_path_for("the dish", dish_id=3)) == "/dishes/3"
    assert documented(app, "/dishes/{dish_id}")["summary"] == "The Dish"


def test_callbacks() -> None:
    """What the service will call at the client is documented with its own bodies."""

    class Ready(BaseModel):
        dish: str

    notices = APIRouter()

    @notices.post("{$request.body#/reply_to}/ready/{$response.body#/id}", response_model=str)
    async def ready(body: Ready) -> None:
        """Tell that the dish is ready."""

    app = Kingpost()

    @app.post("/orders", callbacks=notices.routes)
    async def order(dish: Dish) -> dict[str, int]:
        return {"id": 1}

    callback = documented(app, "/orders", "post")["callbacks"]["ready"]
    operation = callback["{$request.body#/reply_to}/ready/{$response.body#/id}"]["post"]

    assert operation["description"] == "Tell that the dish is ready."
    assert operation["requestBody"]["content"]["application/json"]["schema"] == {
        "$ref": "#/components/schemas/Ready"
    }
    assert set(operation["responses"]) == {"200", "422"}


def test_openapi_extra() -> None:
    """Whatever is given is merged into the operation."""
    app = Kingpost()

    @app.get("/dishes", tags=["a"], openapi_extra={"x-chef": "Ada", "tags": ["b"]})
    async def dishes() -> None: ...

    assert documented(app, "/dishes")["x-chef"] == "Ada"
    assert documented(app, "/dishes")["tags"] == ["a", "b"]


def test_several_methods_by_api_route() -> None:
    """One function answers the methods that are listed."""
    app = Kingpost()

    @app.api_route("/table", methods=["GET", "DELETE"], include_in_schema=False)
    async def table() -> str:
        return "table"

    client = TestClient(app)

    assert [client.request(m, "/table").status_code for m in ("GET", "DELETE", "PUT")] == [
        200,
        200,
        405,
    ]


def test_operation_added_by_a_call() -> None:
    """`add_api_route` does what the decorators do."""
    app, router = Kingpost(), APIRouter(prefix="/bar")

    async def drinks(limit: int = 2) -> list[str]:
        return ["ale", "beer", "cider"][:limit]

    app.add_api_route("/drinks", drinks, tags=["bar"])
    router.add_api_route("/drinks", drinks, methods=["POST"], operation_id="bar")
    app.include_router(router)
    client = TestClient(app)

    assert client.get("/drinks").json() == ["ale", "beer"]
    assert client.post("/bar/drinks?limit=1").json() == ["ale"]
    assert client.post("/drinks").status_code == 405
    assert documented(app, "/drinks")["tags"] == ["bar"]
