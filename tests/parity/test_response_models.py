"""Response models: by annotation and argument, filtering, what they may be."""

import dataclasses
from datetime import timedelta
from typing import Annotated, Any, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, RootModel, computed_field, field_serializer
from typing_extensions import TypedDict

from kingpost import Kingpost, Response
from kingpost.exceptions import KingpostError
from kingpost.responses import JSONResponse, PlainTextResponse
from tests.parity.harness import case, get, post, refused


class UserOut(BaseModel):
    """What others may see."""

    name: str
    tags: list[str] = []


class UserIn(UserOut):
    """What is stored."""

    password: str


class Item(BaseModel):
    """Fields with and without defaults."""

    name: str
    description: str | None = None
    price: float = 1.5
    tags: list[str] = ["a"]
    inner: UserOut | None = None


class OrmUser:
    """An object with attributes, as an ORM makes them."""

    def __init__(self) -> None:
        self.name = "orm"
        self.tags = ["t"]
        self.password = "secret"


@case(post("/", json={"name": "a", "password": "p"}), post("/", 422, json={"name": "a"}))
def test_annotation_filters_subclass() -> Kingpost:
    """`-> Base` filters a returned subclass (behaviour 29)."""
    app = Kingpost()

    @app.post("/")
    def create(user: UserIn) -> UserOut:
        return user

    return app


@case(post("/", json={"name": "a", "password": "p"}), post("/", 422, json={}))
def test_argument_beats_annotation() -> Kingpost:
    """response_model counts before the annotation."""
    app = Kingpost()

    @app.post("/", response_model=UserOut)
    def create(user: UserIn) -> UserIn:
        return user

    return app


@case(get("/none"), get("/any"), get("/model-none"), get("/x", 404))
def test_no_model_leaks_all_fields() -> Kingpost:
    """Without annotation every field is written (behaviour 29)."""
    app = Kingpost()
    user = UserIn(name="a", password="p")

    @app.get("/none")
    def none():  # type: ignore[no-untyped-def]  # the missing annotation is the case
        return user

    @app.get("/any")
    def anything() -> Any:
        return user

    @app.get("/model-none", response_model=None)
    def model_none() -> UserOut:
        return user

    return app


@case(get("/orm"), get("/orms"), get("/dict", 200), get("/bad", 500))
def test_objects_are_read_by_attribute() -> Kingpost:
    """ORM-like objects are read by attribute (behaviour 29)."""
    app = Kingpost()

    @app.get("/orm", response_model=UserOut)
    def orm() -> Any:
        return OrmUser()

    @app.get("/orms", response_model=list[UserOut])
    def orms() -> Any:
        return [OrmUser(), {"name": "d"}]

    @app.get("/dict", response_model=UserOut)
    def mapping() -> Any:
        return {"name": "d", "password": "p"}

    @app.get("/bad", response_model=UserOut)
    def bad() -> Any:
        return object()

    return app


@case(
    *[get(f"/{name}") for name in ("full", "unset", "defaults", "none", "include", "exclude")],
    get("/list"),
    get("/mixed"),
    get("/x", 404),
)
def test_filters() -> Kingpost:
    """exclude_unset, _defaults, _none, include and exclude, alone and together."""
    app = Kingpost()
    item = {"name": "n", "price": 1.5, "description": None, "inner": {"name": "i"}}

    @app.get("/full", response_model=Item)
    def full() -> Any:
        return item

    @app.get("/unset", response_model=Item, response_model_exclude_unset=True)
    def unset() -> Any:
        return item

    @app.get("/defaults", response_model=Item, response_model_exclude_defaults=True)
    def defaults() -> Any:
        return item

    @app.get("/none", response_model=Item, response_model_exclude_none=True)
    def none() -> Any:
        return item

    @app.get("/include", response_model=Item, response_model_include={"name", "price"})
    def include() -> Any:
        return item

    @app.get("/exclude", response_model=Item, response_model_exclude={"tags", "inner"})
    def exclude() -> Any:
        return item

    @app.get("/list", response_model=Item, response_model_include=["name", "tags"])  # type: ignore[arg-type]
    def as_list() -> Any:
        return item

    @app.get(
        "/mixed",
        response_model=list[Item],
        response_model_exclude_unset=True,
        response_model_exclude={"__all__": {"inner": {"name"}}},
    )
    def mixed() -> Any:
        return [item, Item(name="o")]

    return app


@case(get("/"), get("/x", 404))
def test_unset_fields_of_returned_models() -> Kingpost:
    """A returned instance keeps what it knows about unset fields."""
    app = Kingpost()

    @app.get("/", response_model_exclude_unset=True)
    def read() -> list[Item]:
        return [Item(name="a"), Item(name="b", price=1.5, inner=UserOut(name="i"))]

    return app


@case(get("/good"), get("/bad", 500), get("/none", 500), get("/list", 500))
def test_result_that_fails_its_model() -> Kingpost:
    """A bad result is a ResponseValidationError and a 500 (behaviour 30)."""
    app = Kingpost()

    @app.get("/good")
    def good() -> UserOut:
        return UserOut(name="a")

    @app.get("/bad", response_model=UserOut)
    def bad() -> Any:
        return {"nome": "a"}

    @app.get("/none")
    def none() -> UserOut:
        return None  # type: ignore[return-value]  # the mistake is the case

    @app.get("/list", response_model=list[int])
    async def numbers() -> Any:
        return [1, "two", 3, None]

    return app


@case(get("/1"), get("/2"), get("/3"), get("/x", 404))
def test_collections_and_scalars() -> Kingpost:
    """Lists, dicts, unions and scalars as models."""
    app = Kingpost()

    @app.get("/1")
    def one() -> list[UserOut]:
        return [UserIn(name="a", password="p")]

    @app.get("/2")
    def two() -> dict[str, UserOut]:
        return {"k": UserIn(name="a", password="p")}

    @app.get("/3")
    def three() -> tuple[int, str | None]:
        return (1, None)

    return app


@case(get("/?kind=a"), get("/?kind=b"), get("/?kind=n"), get("/", 422))
def test_union() -> Kingpost:
    """A union of models picks the member of the result."""

    class A(BaseModel):
        a: int

    class B(A):
        b: int

    app = Kingpost()

    @app.get("/")
    def read(kind: str) -> A | B | None:
        return {"a": A(a=1), "b": B(a=1, b=2)}.get(kind)

    return app


@case(get("/d"), get("/t"), get("/n"), get("/r"), get("/x", 404))
def test_other_kinds_of_types() -> Kingpost:
    """Dataclasses, TypedDict, NamedTuple and root models."""

    @dataclasses.dataclass
    class Data:
        a: int
        b: str = "b"

    class Typed(TypedDict):
        a: int

    class Named(NamedTuple):
        a: int
        b: str

    class Root(RootModel[dict[str, int]]):
        pass

    app = Kingpost()

    @app.get("/d")
    def data() -> Data:
        return Data(1)

    @app.get("/t")
    def typed() -> Typed:
        return {"a": 1, "c": 2}  # type: ignore[typeddict-unknown-key]  # is filtered

    @app.get("/n")
    def named() -> Named:
        return Named(1, "x")

    @app.get("/r")
    def root() -> Root:
        return Root({"a": 1})

    return app


@case(get("/"), get("/x", 404))
def test_serializers_and_excluded_fields() -> Kingpost:
    """Field serializers, excluded and computed fields, aliases."""

    class Out(BaseModel):
        model_config = ConfigDict(populate_by_name=True)
        a: int = Field(alias="theA")
        hidden: str = Field("h", exclude=True)
        span: timedelta

        @field_serializer("a")
        def write_a(self, value: int) -> str:
            return f"<{value}>"

        @computed_field  # type: ignore[prop-decorator]  # mypy does not know the stacked form
        @property
        def double(self) -> int:
            return self.a * 2

    app = Kingpost()

    @app.get("/")
    def read() -> Out:
        return Out(a=1, span=timedelta(minutes=1))

    return app


@case(get("/a"), get("/b"), get("/c"), get("/x", 404))
def test_response_annotations() -> Kingpost:
    """A Response subclass as annotation means no model (behaviour 36)."""
    app = Kingpost()

    @app.get("/a")
    def a() -> Response:
        return Response("a", media_type="text/x-a")

    @app.get("/b")
    def b() -> JSONResponse:
        return {"plain": "dict"}  # type: ignore[return-value]  # works all the same

    @app.get("/c", response_model=None)
    def c() -> UserOut | Response:
        return PlainTextResponse("c")

    return app


@case(get("/a"), get("/b"), get("/x", 404))
def test_response_model_beside_response_annotation() -> Kingpost:
    """response_model documents an operation whose function returns a Response."""
    app = Kingpost()

    @app.get("/a", response_model=UserOut)
    def a() -> Response:
        return JSONResponse({"anything": 1})

    @app.get("/b", response_model=UserOut)
    def b() -> JSONResponse:
        return {"name": "n", "more": 1}  # type: ignore[return-value]  # is filtered

    return app


@case(get("/"), get("/x", 404))
def test_annotated_return_type() -> Kingpost:
    """Annotated in the return annotation."""
    app = Kingpost()

    @app.get("/")
    def read() -> Annotated[list[int], Field(description="Numbers")]:
        return [1]

    return app


@case(get("/none"), get("/null"), get("/x", 404))
def test_none_results() -> Kingpost:
    """`-> None` and a None result are body null (behaviour 33)."""
    app = Kingpost()

    @app.get("/none")
    def none() -> None:
        return None

    @app.get("/null")
    def null() -> UserOut | None:
        return None

    return app


@case(get("/"), get("/x", 404))
def test_nested_subclasses_are_filtered() -> Kingpost:
    """Subclasses inside fields and lists are filtered to the declared type."""

    class Group(BaseModel):
        owner: UserOut
        members: list[UserOut]

    app = Kingpost()

    @app.get("/")
    def read() -> Group:
        user = UserIn(name="a", password="p")
        return Group(owner=user, members=[user])

    return app


@refused(KingpostError, worded=False)
def test_union_with_response_is_refused() -> Kingpost:
    """`Model | Response` needs response_model=None (behaviour 36)."""
    app = Kingpost()

    @app.get("/")
    def read() -> UserOut | Response:
        return UserOut(name="a")

    return app


@refused(KingpostError, worded=False)
def test_type_without_schema_is_refused() -> Kingpost:
    """A return type that pydantic cannot handle is refused."""
    app = Kingpost()

    @app.get("/")
    def read() -> OrmUser:
        return OrmUser()

    return app
