"""Each option of operations, routers and inclusions has the effect that it has elsewhere."""

from enum import Enum
from http import HTTPStatus
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from kingpost import APIRouter, Depends, Header, Kingpost
from kingpost.responses import (
    FileResponse,
    HTMLResponse,
    JSONResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
    StreamingResponse,
)
from tests.parity.harness import Call, case, get, refused, request


class Item(BaseModel):
    """Has another name for a field outside."""

    model_config = ConfigDict(populate_by_name=True)

    a: int = Field(1, alias="AA")
    b: str | None = None


class Out(BaseModel):
    """Says less."""

    a: int = 0


class Group(Enum):
    """A tag."""

    X = "x"


class Own(JSONResponse):
    """JSON of another type."""

    media_type = "application/x-own"


def needs_number(z: int = 3) -> int:
    """Return what the query says."""
    return z


def needs_header(h: str = Header()) -> str:
    """Return what a header says."""
    return h


callbacks = APIRouter()


@callbacks.post("/{$request.body.id}", name="called")
def called(item: Item) -> None:
    """An operation of the client."""


SHARED: dict[str, dict[str, Any]] = {
    "none": {},
    "tags": {"tags": ["a", Group.X, 1]},
    "dependencies": {"dependencies": [Depends(needs_number), Depends(needs_header)]},
    "responses": {
        "responses": {
            404: {"model": Out, "description": "Gone"},
            "200": {"description": "Well", "content": {"image/png": {}}},
            "5XX": {"description": "Bad", "headers": {"X-A": {"schema": {"type": "string"}}}},
        }
    },
    "responses by status": {"responses": {HTTPStatus.NOT_FOUND: {"model": Out | Item}}},
    "response of the model": {"responses": {200: {"model": list[Out]}, 404: {}}},
    "own 422": {"responses": {422: {"description": "mine", "model": Out}}},
    "deprecated": {"deprecated": True},
    "not deprecated": {"deprecated": False},
    "hidden": {"include_in_schema": False},
    "callbacks": {"callbacks": callbacks.routes},
    "id": {"generate_unique_id_function": lambda route: f"U-{route.name}-{route.path_format}"},
    "any content type": {"strict_content_type": False},
    "small body": {"max_body_size": 3},
    "form limits": {"form_limits": {"max_fields": 0}},
}
CLASSES: dict[str, type[Response]] = {
    "text": PlainTextResponse,
    "html": HTMLResponse,
    "own": Own,
    "stream": StreamingResponse,
    "file": FileResponse,
    "redirect": RedirectResponse,
    "plain": Response,
}
SINGLE: dict[str, dict[str, Any]] = {
    "model": {"response_model": Out},
    "no model": {"response_model": None},
    "created": {"status_code": 201},
    "created by name": {"status_code": HTTPStatus.CREATED},
    "empty": {"status_code": 204, "response_model": None},
    "words": {"summary": "S", "description": "D", "response_description": "RD"},
    "no words": {"summary": "", "description": "", "response_description": ""},
    "operation id": {"operation_id": "op id"},
    "include": {"response_model_include": {"a"}},
    "include list": {"response_model_include": ["a"]},
    "exclude": {"response_model_exclude": {"b"}},
    "by name": {"response_model_by_alias": False},
    "unset": {"response_model_exclude_unset": True},
    "defaults": {"response_model_exclude_defaults": True},
    "nothing": {"response_model_exclude_none": True},
    "name": {"name": "named"},
    "extra": {
        "openapi_extra": {
            "x-a": 1,
            "requestBody": {"content": {"application/yaml": {"schema": {}}}, "required": True},
            "parameters": [{"name": "q2", "in": "query", "schema": {}}],
            "tags": ["z"],
            "responses": {"404": {"description": "n"}},
        }
    },
}
OPERATION = {
    **{name: given for name, given in SHARED.items() if name != "any content type"},
    **SINGLE,
    **{name: {"response_class": cls} for name, cls in CLASSES.items()},
}
GROUP = {
    **SHARED,
    **{name: {"default_response_class": cls} for name, cls in CLASSES.items()},
}


def read(q: int = 1) -> Item:
    """Read something.

    More of it.\fNot shown.
    """
    return Item(a=q)


def write(item: Item) -> Any:
    """Return what was sent."""
    return item


def say() -> Any:
    """Return text."""
    return "text"


def calls(options: dict[str, dict[str, Any]]) -> list[Call]:
    """Good and bad requests to the three operations of each option."""
    made = []
    for place in range(len(options)):
        made += [
            request("GET", f"/{place}/read", None),
            request("GET", f"/{place}/read?q=x", None),
            request("POST", f"/{place}/write", None, json={"AA": 5}),
            request("POST", f"/{place}/write", None, content='{"AA":5}'),
            request("GET", f"/{place}/say", None),
            request("GET", f"/{place}/say", None, headers={"h": "v"}),
        ]
    return made


@case(*calls(OPERATION))
def test_options_of_decorators() -> Kingpost:
    """`@app.get(...)` and `@app.post(...)`."""
    app = Kingpost()
    for place, options in enumerate(OPERATION.values()):
        app.get(f"/{place}/read", **options)(read)
        app.post(f"/{place}/write", **options)(write)
        app.get(f"/{place}/say", **options)(say)
    return app


@case(*calls(OPERATION))
def test_options_of_the_decorator_for_several_methods() -> Kingpost:
    """`@router.api_route(...)`, whose methods may be written in small letters."""
    app = Kingpost()
    for place, options in enumerate(OPERATION.values()):
        router = APIRouter(prefix=f"/{place}")
        router.api_route("/read", methods=["get"], **options)(read)
        router.api_route("/write", methods=["post"], **options)(write)
        router.api_route("/say", **options)(say)
        app.include_router(router)
    return app


@case(*calls(OPERATION))
def test_options_of_registering() -> Kingpost:
    """`router.add_api_route(...)`."""
    app = Kingpost()
    for place, options in enumerate(OPERATION.values()):
        router = APIRouter(prefix=f"/{place}")
        router.add_api_route("/read", read, **options)
        router.add_api_route("/write", write, methods={"POST"}, **options)
        router.add_api_route("/say", say, methods=["GET"], **options)
        app.include_router(router)
    return app


def plain_router(place: int, options: dict[str, Any]) -> APIRouter:
    """A router whose operations say nothing themselves, but for the last one."""
    router = APIRouter(prefix=f"/{place}", **options)
    router.get("/read")(read)
    router.post("/write")(write)
    router.get("/say", tags=["own"], responses={404: {"description": "own"}})(say)
    return router


@case(*calls(GROUP))
def test_options_of_routers() -> Kingpost:
    """`APIRouter(...)`."""
    app = Kingpost()
    for place, options in enumerate(GROUP.values()):
        app.include_router(plain_router(place, options))
    return app


@case(*calls(GROUP))
def test_options_of_inclusions() -> Kingpost:
    """`app.include_router(...)`, which does not say how strict its operations are."""
    app = Kingpost()
    for place, options in enumerate(GROUP.values()):
        given = {name: value for name, value in options.items() if name != "strict_content_type"}
        app.include_router(plain_router(place, {}), **given)
    return app


@refused(TypeError, worded=False)
def test_the_application_has_no_tags() -> Kingpost:
    """Only routers and operations have some."""
    return Kingpost(tags=["a"])  # type: ignore[call-arg]


@case(get("/openapi.json", 404), get("/"))
def test_documents_without_a_title() -> Kingpost:
    """Where no document is served, title and version may be empty."""
    app = Kingpost(title="", version="", openapi_url=None)
    app.get("/")(say)
    return app
