"""What every application answers with: the shapes, the stored data, the key of the tokens."""

from dataclasses import dataclass, field

from pydantic import BaseModel, ConfigDict, TypeAdapter

KEY = "the benchmarks' key, which signs nothing but their own tokens"
ALGORITHM = "HS256"
SCOPE = "me"


class Item(BaseModel):
    """What a shop sells, as it travels; read from dictionaries, JSON and stored rows alike."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    name: str
    price: float
    tags: list[str] = []
    description: str | None = None


class User(BaseModel):
    """Who signed in."""

    name: str
    scopes: list[str]


@dataclass
class Row:
    """An item as a database layer returns it: an object with attributes, more than are shown."""

    id: int
    name: str
    price: float
    tags: list[str] = field(default_factory=list)
    description: str | None = None
    owner: int = 0


@dataclass
class Session:
    """What a dependency opens for a request and closes after it."""

    key: str
    is_open: bool = True


ITEMS = [
    Item(id=number, name=f"item {number}", price=number + 0.5, tags=["new", "sale"])
    for number in range(100)
]
DICTS = [
    {"id": number, "name": f"item {number}", "price": number + 0.5, "tags": ["new", "sale"]}
    for number in range(1000)
]
ROWS = [Row(number, f"item {number}", number + 0.5, ["new", "sale"]) for number in range(1000)]
ITEM_LIST = TypeAdapter(list[Item])
