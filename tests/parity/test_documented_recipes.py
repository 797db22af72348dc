"""Whole recipes of the documentation: templates, additional statuses, upserts, settings."""

from typing import Annotated, Any
from uuid import UUID

from jinja2 import DictLoader, Environment
from pydantic import BaseModel, Field

from kingpost import (
    BackgroundTasks,
    Body,
    Depends,
    Header,
    HTTPException,
    Kingpost,
    Request,
    status,
)
from kingpost.encoders import jsonable_encoder
from kingpost.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from kingpost.templating import Jinja2Templates
from tests.parity.harness import Log, case, delete, get, patch, post, put

TEMPLATE = """<h1>{{ item }}</h1>
<a href="{{ url_for('read', id=item) }}">{{ extra|default("none") }}</a>"""


class Item(BaseModel):
    """A thing in the store."""

    name: str | None = None
    price: float | None = None
    tax: float = Field(10.5, ge=0)
    tags: list[str] = []


@case(get("/items/a%3Cb"), get("/items/x?status=418", 418), get("/items/x?status=y", 422))
def test_templates() -> Kingpost:
    """A Jinja template with context, status and escaped values."""
    app = Kingpost()
    loader = DictLoader({"item.html": TEMPLATE})
    templates = Jinja2Templates(env=Environment(loader=loader, autoescape=True))

    @app.get("/items/{id}", response_class=HTMLResponse)
    async def read(request: Request, id: str, status: int = 200) -> Any:
        return templates.TemplateResponse(
            request, "item.html", {"item": id, "extra": "e"}, status_code=status
        )

    return app


@case(
    put("/items/a", json={"name": "A"}),
    put("/items/new", 201, json={"name": "N", "price": 1}),
    put("/items/a", 422, json={"price": "x"}),
)
def test_additional_status_code() -> Kingpost:
    """An upsert that answers 200 or 201."""
    store: dict[str, Any] = {"a": {"name": "old"}}
    app = Kingpost()

    @app.put("/items/{id}")
    async def upsert(id: str, item: Item) -> Any:
        if id in store:
            store[id] = item.model_dump()
            return store[id]
        store[id] = jsonable_encoder(item)
        return JSONResponse(status_code=status.HTTP_201_CREATED, content=store[id])

    return app


@case(
    get("/items/a"),
    patch("/items/a", json={"price": 2.5}),
    get("/items/a"),
    put("/items/a", json={"name": "B"}),
    get("/items/a"),
    delete("/items/a", 204),
    get("/items/a", 404),
    patch("/items/b", 404, json={}),
    patch("/items/b", 404, json={"tax": -1}),
    put("/items/a", 422, json={"tax": -1}),
)
def test_partial_updates() -> Kingpost:
    """PATCH with exclude_unset and model_copy, PUT, DELETE."""
    store: dict[str, Item] = {"a": Item(name="A", price=1, tags=["x"])}
    app = Kingpost()

    def stored(id: str) -> Item:
        if id not in store:
            raise HTTPException(status.HTTP_404_NOT_FOUND, f"No item {id}")
        return store[id]

    @app.get("/items/{id}")
    def read(item: Annotated[Item, Depends(stored)]) -> Item:
        return item

    @app.patch("/items/{id}", response_model=Item, response_model_exclude_unset=True)
    def change(id: str, item: Annotated[Item, Depends(stored)], update: Item) -> Item:
        store[id] = item.model_copy(update=update.model_dump(exclude_unset=True))
        return store[id]

    @app.put("/items/{id}")
    def replace(id: str, update: Item) -> Item:
        store[id] = update
        return update

    @app.delete("/items/{id}", status_code=204)
    def remove(id: str, item: Annotated[Item, Depends(stored)]) -> None:
        del store[id]

    return app


@case(get("/legacy/"), get("/headers"), get("/x", 404))
def test_responses_made_by_hand() -> Kingpost:
    """XML by hand, headers of a direct response."""
    app = Kingpost()

    @app.get("/legacy/")
    def legacy() -> Response:
        return Response(content="<?xml version='1.0'?><a/>", media_type="application/xml")

    @app.get("/headers")
    def headers() -> Response:
        return JSONResponse(
            content={"message": "Hello"}, headers={"X-Cat-Dog": "alone", "Content-Language": "en"}
        )

    return app


@case(post("/send/a@example.com?q=why", 202), post("/send/a", 202), post("/send", 404))
def test_notifications(log: Log) -> Kingpost:
    """Background tasks from endpoint and dependency, in the order added."""

    def write(message: str) -> None:
        log.append(message)

    def query(tasks: BackgroundTasks, q: str | None = None) -> str | None:
        if q:
            tasks.add_task(write, f"query {q}")
        return q

    app = Kingpost()

    @app.post("/send/{email}", status_code=202)
    async def send(
        email: str, tasks: BackgroundTasks, q: Annotated[str | None, Depends(query)]
    ) -> dict[str, str]:
        tasks.add_task(write, f"message to {email}")
        return {"message": "Notification sent"}

    return app


@case(
    get("/items/7c9e6679-7425-40de-944b-e07fc1f90ae7", 418, headers={"X-Key": "wrong"}),
    get("/items/7c9e6679-7425-40de-944b-e07fc1f90ae7", headers={"X-Key": "right"}),
    get("/items/x", 422, headers={"X-Key": "right"}),
    get("/items/x", 418, headers={"X-Key": "wrong"}),
    get("/public"),
)
def test_guarded_application() -> Kingpost:
    """A guard for the whole application with its own exception and handler."""

    class Refused(Exception):
        def __init__(self, name: str) -> None:
            self.name = name

    def guard(request: Request, x_key: Annotated[str, Header()] = "") -> None:
        if request.url.path != "/public" and x_key != "right":
            raise Refused(request.url.path)

    app = Kingpost(dependencies=[Depends(guard)])

    @app.exception_handler(Refused)
    async def on_refused(request: Request, error: Refused) -> Response:
        return PlainTextResponse(f"{error.name} refused", status_code=418)

    @app.get("/items/{id}")
    def read(id: UUID) -> UUID:
        return id

    @app.get("/public")
    def public() -> str:
        return "public"

    return app


@case(post("/index-weights/", json={"1": 2.5}), post("/index-weights/", 422, json={"a": 1}))
def test_bodies_of_arbitrary_dicts() -> Kingpost:
    """A dict body with integer keys, beside the importance of another operation."""
    app = Kingpost()

    @app.post("/index-weights/")
    async def create(weights: dict[int, float]) -> dict[int, float]:
        return weights

    @app.put("/items/{item_id}")
    async def update(
        *, item_id: int, item: Item, importance: Annotated[int, Body(gt=0)], q: str | None = None
    ) -> dict[str, Any]:
        return {"item_id": item_id, "item": item, "importance": importance, "q": q}

    return app
