"""Declarations that cannot work, and are refused when they are made."""

from typing import Annotated, Any, Literal

import pydantic.v1
from pydantic import BaseModel, Field
from pydantic.errors import PydanticUserError
from pydantic_core import SchemaError

from kingpost import APIRouter, Body, Depends, Kingpost, Path, Query, Request
from kingpost.exceptions import PydanticV1NotSupportedError
from tests.parity.harness import case, get, refused


class Old(pydantic.v1.BaseModel):
    """A model of Pydantic's version 1."""

    x: int


class Cat(BaseModel):
    """A union's member that can be told by its kind."""

    kind: Literal["cat"]


class Stone(BaseModel):
    """A union's member that cannot."""

    weight: int


def number() -> int:
    """A dependency."""
    return 1


@refused(PydanticV1NotSupportedError)
def test_old_model_as_body() -> Kingpost:
    """A model of Pydantic's version 1 cannot be read."""
    app = Kingpost()
    app.post("/")(_reading(Old))
    return app


@refused(PydanticV1NotSupportedError)
def test_optional_old_model_as_body() -> Kingpost:
    """Neither where it is optional."""
    app = Kingpost()
    app.post("/")(_reading(Old | None))
    return app


@refused(PydanticV1NotSupportedError)
def test_list_of_old_models_as_body() -> Kingpost:
    """Nor in a list."""
    app = Kingpost()
    app.post("/")(_reading(list[Old]))
    return app


@refused(PydanticV1NotSupportedError)
def test_tuple_with_old_model_as_body() -> Kingpost:
    """Nor in a tuple."""
    app = Kingpost()
    app.post("/")(_reading(tuple[int, Old]))
    return app


@refused(PydanticV1NotSupportedError)
def test_old_model_as_response() -> Kingpost:
    """Nor can it be written."""
    app = Kingpost()
    app.get("/", response_model=Old)(number)
    return app


@refused(PydanticV1NotSupportedError)
def test_old_model_in_response_union() -> Kingpost:
    """Nor beside a model of version 2."""
    app = Kingpost()
    app.get("/", response_model=Old | Cat)(number)
    return app


@refused(PydanticV1NotSupportedError)
def test_old_model_as_documented_response() -> Kingpost:
    """Nor be documented."""
    app = Kingpost()
    app.get("/", responses={404: {"model": Old}})(number)
    return app


@refused(PydanticUserError)
def test_discriminator_that_a_member_lacks() -> Kingpost:
    """A union by discriminator needs the field in every member."""
    app = Kingpost()
    app.post("/")(_reading(Annotated[Cat | Stone, Field(discriminator="kind")]))
    return app


@refused(SchemaError)
def test_pattern_that_does_not_compile() -> Kingpost:
    """A pattern is compiled when it is declared."""
    app = Kingpost()
    app.get("/")(_reading(Annotated[str, Query(pattern="(")]))
    return app


@refused(SchemaError)
def test_limit_that_is_no_number() -> Kingpost:
    """A limit has to be of the value's type."""
    app = Kingpost()
    app.get("/")(_reading(Annotated[int, Field(gt="a")]))
    return app


@refused(AssertionError)
def test_field_for_a_path_parameter() -> Kingpost:
    """Field() does not say that the value comes from the path."""
    app = Kingpost()

    @app.get("/{x}")
    def read(x: int = Field(3)) -> int:
        return x

    return app


@refused(AssertionError)
def test_field_for_a_query_parameter() -> Kingpost:
    """Nor that it comes from the query."""
    app = Kingpost()

    @app.get("/")
    def read(x: int = Field(3)) -> int:
        return x

    return app


@refused(AssertionError)
def test_default_in_a_field_beside_the_marker() -> Kingpost:
    """A default inside Annotated is refused, whichever of the two has it."""
    app = Kingpost()
    app.get("/")(_reading(Annotated[int, Query(), Field(default=3)]))
    return app


@refused(AssertionError)
def test_marker_and_dependency_as_default() -> Kingpost:
    """A value comes from the query or from a dependency."""
    app = Kingpost()

    @app.get("/")
    def read(x: Annotated[int, Query()] = Depends(number)) -> int:
        return x

    return app


@refused(AssertionError)
def test_two_dependencies() -> Kingpost:
    """A value comes from one dependency."""
    app = Kingpost()

    @app.get("/")
    def read(x: Annotated[int, Depends(number)] = Depends(number)) -> int:
        return x

    return app


@refused(AssertionError)
def test_two_markers() -> Kingpost:
    """A value comes from one place."""
    app = Kingpost()

    @app.get("/")
    def read(x: Annotated[int, Query()] = Query(3)) -> int:
        return x

    return app


@refused(AssertionError)
def test_marked_request() -> Kingpost:
    """A request is handed over; it is read from nowhere."""
    app = Kingpost()
    app.get("/")(_reading(Annotated[Request, Query()]))
    return app


@refused(AssertionError)
def test_body_for_a_path_parameter() -> Kingpost:
    """What the path names is read from the path."""
    app = Kingpost()

    @app.post("/{x}")
    def read(x: Annotated[int, Body()]) -> int:
        return x

    return app


@refused(AssertionError)
def test_default_of_a_path_parameter() -> Kingpost:
    """A request without the parameter has another path."""
    app = Kingpost()

    @app.get("/{x}")
    def read(x: Annotated[int, Path()] = 3) -> int:
        return x

    return app


@case(get("/a?x=3"), get("/", 404))
def test_marker_as_default_of_a_dependency() -> Kingpost:
    """Beside a dependency in Annotated, the default is not looked at, even if it is a marker."""
    app = Kingpost()

    @app.get("/a")
    def read(x: Annotated[int, Depends(number)] = Query(5)) -> int:
        return x

    return app


@refused(TypeError)
def test_dependency_that_is_not_callable() -> Kingpost:
    """A dependency has to be called."""
    app = Kingpost()

    @app.get("/")
    def read(x: Any = Depends("number")) -> Any:  # type: ignore[arg-type]
        return x

    return app


@refused(AssertionError)
def test_dependency_without_callable() -> Kingpost:
    """Where no parameter has a type to call, the dependency names the callable."""
    app = Kingpost()
    app.get("/", dependencies=[Depends()])(number)
    return app


@refused(AssertionError)
def test_endpoint_that_is_not_callable() -> Kingpost:
    """An endpoint has to be called."""
    app = Kingpost()
    app.add_api_route("/", 3)  # type: ignore[arg-type]
    return app


@refused(AssertionError)
def test_operation_without_method() -> Kingpost:
    """An operation without a method would never be reached."""
    app = Kingpost()
    app.add_api_route("/", number, methods=[])
    return app


@refused(AssertionError)
def test_application_without_title() -> Kingpost:
    """A document has a title."""
    return Kingpost(title="")


@refused(AssertionError)
def test_application_without_version() -> Kingpost:
    """A document has a version."""
    return Kingpost(version="")


@refused(AssertionError)
def test_prefix_that_ends_in_a_slash() -> Kingpost:
    """The slash belongs to the routes."""
    APIRouter(prefix="/x/")
    return Kingpost()


@refused(AssertionError)
def test_prefix_that_starts_without_a_slash() -> Kingpost:
    """A path starts with a slash."""
    app = Kingpost()
    app.include_router(APIRouter(), prefix="x")
    return app


@case(get("/"), get("/x", 404))
def test_any_kind_of_middleware() -> Kingpost:
    """The kind that the decorator is given is not looked at."""
    app = Kingpost()

    @app.middleware("https")
    async def mark(request: Request, call_next: Any) -> Any:
        response = await call_next(request)
        response.headers["x-marked"] = "yes"
        return response

    app.get("/")(number)
    return app


def _reading(annotation: Any) -> Any:
    def read(x: Any) -> Any:
        return x

    read.__annotations__["x"] = annotation
    return read
