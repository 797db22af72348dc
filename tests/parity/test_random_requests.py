"""Random bytes to fixed operations: bodies, types, queries, headers and paths must agree."""

import json
from collections import Counter
from typing import Any
from urllib.parse import quote

from hypothesis import given
from hypothesis import strategies as st

from tests.parity.harness import Call, request
from tests.parity.harness.observe import Answer
from tests.parity.harness.programs import compare_program
from tests.parity.harness.strategies import PROLOGUE, bounded

SOURCE = f"""{PROLOGUE}

class Inner(BaseModel):
    n: int
    x: float | None = None


class Item(BaseModel):
    name: str
    size: int = 1
    price: Decimal | None = None
    flags: list[bool] = []
    inner: Inner | None = None
    by_key: dict[str, float] = {{}}
    at: datetime | None = None
    raw: bytes | None = None
    any: Any = None


def build(log):
    app = Kingpost()

    @app.post("/item")
    def item(item: Item) -> Item:
        return item

    @app.post("/items")
    def items(items: list[Item]) -> Any:
        return items

    @app.post("/any")
    def anything(value: Annotated[Any, Body()]):
        return {{"value": value}}

    @app.post("/two")
    def two(a: Annotated[int, Body()], b: Annotated[str | float, Body()]) -> Any:
        return [a, b]

    @app.post("/union")
    def union(value: int | Inner | list[str] | None = None) -> Any:
        return {{"type": type(value).__name__, "value": value}}

    @app.post("/form")
    def form(a: Annotated[int, Form()], b: Annotated[list[str], Form()] = []) -> Any:
        return [a, b]

    @app.get("/read/{{p}}")
    def read(
        p: int | str,
        q: int = 0,
        r: Annotated[list[float], Query()] = [],
        h: Annotated[str, Header()] = "",
    ) -> Any:
        return [p, q, r, h]

    return app
"""

NUMBERS = [
    "0",
    "-0",
    "1.0",
    "1e2",
    "1E400",
    "-1",
    "1.50",
    "01",
    "1.",
    ".5",
    "+1",
    "NaN",
    "Infinity",
]
NUMBERS += [
    "123456789012345678901234567890",
    "1e-7",
    "-Infinity",
    "0x1",
    "1_000",
    "9007199254740993",
]
TEXTS = [
    '"a"',
    '""',
    '"\\u00e9"',
    '"\\ud83d\\ude00"',
    '"\\ud83d"',
    '"\\u0000"',
    '"é"',
    '"1"',
    '"true"',
]
TEXTS += [
    '"\t"',
    '"\\x"',
    "'a'",
    '"a',
    '"2024-01-02T03:04:05Z"',
    '"\\/"',
    '"\x7f"',
    '"\\u0041"',
    '"1e3"',
]
WORDS = ["true", "false", "null", "True", "None", "nul", "undefined"]
KEYS = ['"name"', '"size"', '"price"', '"flags"', '"inner"', '"by_key"', '"at"', '"raw"', '"any"']
KEYS += ['"n"', '"x"', '"a"', '"b"', '"\\u006eame"', "name", '""']

SCALARS = st.sampled_from([*NUMBERS, *TEXTS, *WORDS])
BLANKS = st.sampled_from(["", "", "", " ", "\n", "\t", "\u00a0", "\ufeff"])


def _list(items: list[str]) -> str:
    return "[" + ",".join(items) + "]"


def _object(pairs: list[tuple[str, str]]) -> str:
    return "{" + ",".join(f"{key}:{value}" for key, value in pairs) + "}"


DOCUMENTS: st.SearchStrategy[str] = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3).map(_list)
        | st.lists(st.tuples(st.sampled_from(KEYS), inner), max_size=4).map(_object)
    ),
    max_leaves=6,
)
"""Texts that are JSON, nearly JSON, or JSON in a dialect."""

CONTENT_TYPES = st.sampled_from(
    [
        *["application/json"] * 12,
        "application/json; charset=latin-1",
        "application/problem+json",
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=b",
        "application/",
        "json",
        ";",
    ]
)

UNWRITABLE = (["ValueError"], ["UnicodeEncodeError"], ["UnicodeDecodeError"])
"""What the peer raises when it writes such an input."""

RAW_TEXTS = st.text(st.characters(max_codepoint=0x2FF, exclude_characters="\r\n\0"), max_size=8)


@st.composite
def near_items(draw: st.DrawFn) -> str:
    """An object with mostly the right fields, each with mostly the right kind of value."""
    fields: dict[str, st.SearchStrategy[str]] = {
        '"name"': st.sampled_from(TEXTS),
        '"size"': st.sampled_from(NUMBERS),
        '"price"': st.sampled_from([*NUMBERS, '"1.10"', '"1e5"']),
        '"flags"': st.lists(st.sampled_from(["true", "1", '"on"', "2"]), max_size=2).map(_list),
        '"inner"': st.sampled_from(NUMBERS).map(lambda n: f'{{"n":{n}}}'),
        '"by_key"': st.sampled_from(NUMBERS).map(lambda n: f'{{"k":{n}}}'),
        '"at"': st.sampled_from(['"2024-01-02"', "0", "1.5", '"x"', "1e400"]),
        '"raw"': st.sampled_from(TEXTS),
        '"any"': DOCUMENTS,
    }
    chosen = draw(st.lists(st.sampled_from(sorted(fields)), max_size=4))
    pairs = [('"name"', '"n"'), *((key, draw(fields[key])) for key in chosen)]
    return _object(pairs)


@st.composite
def bodies(draw: st.DrawFn) -> bytes:
    """Bytes of a body: a document, sometimes cut, padded or in another encoding."""
    text = draw(st.one_of(near_items(), near_items(), DOCUMENTS))
    text = draw(BLANKS) + text + draw(BLANKS)
    kind = draw(
        st.sampled_from([*["utf-8"] * 10, "utf-16", "utf-32-le", "latin-1", "cut", "noise"])
    )
    if kind == "cut":
        return text.encode()[: draw(st.integers(0, len(text)))]
    if kind == "noise":
        return draw(st.binary(max_size=12))
    return text.encode(kind, "replace")


@st.composite
def posts(draw: st.DrawFn) -> Call:
    """A POST of anything to one of the operations."""
    path = draw(st.sampled_from(["/item"] * 4 + ["/items", "/any", "/two", "/union", "/form"]))
    body: Any = draw(bodies())
    if path == "/items":
        body = b"[" + body + b"]"
    return request("POST", path, None, content=body, headers={"Content-Type": draw(CONTENT_TYPES)})


@st.composite
def reads(draw: st.DrawFn) -> Call:
    """A GET with any path segment, query and header."""
    query = "&".join(draw(st.lists(queries(), max_size=4)))
    segment = quote(draw(RAW_TEXTS), safe="") or "x"
    header = draw(RAW_TEXTS).encode("latin-1", "replace").strip()
    return request("GET", f"/read/{segment}?{query}", None, headers=[(b"h", header)])


@st.composite
def queries(draw: st.DrawFn) -> str:
    """One piece of a query string, well formed or not."""
    name = draw(st.sampled_from(["q", "r", "z", "", "%71", "q%", "R"]))
    value = draw(st.sampled_from(["1", "1.5", "x", "", "%31", "%zz", "+1", "1+1", "%C3", "1;r=2"]))
    return draw(st.sampled_from([f"{name}={value}", name, f"{name}=={value}"]))


def cannot_echo(ours: Answer, theirs: Answer) -> bool:
    """An error whose input JSON cannot hold: ours is a 422, the peer fails writing it."""
    failures = [error.lineage[0] for error in theirs.raised]
    return (ours.status, theirs.status) == (422, 500) and failures in UNWRITABLE


def _run(strategy: st.SearchStrategy[Call], examples: int) -> Counter[int]:
    """Send random requests in groups of eight; how often the peer answered with which status."""
    statuses: Counter[int] = Counter()

    @bounded(examples)
    @given(st.lists(strategy, min_size=8, max_size=8))
    def check(calls: list[Call]) -> None:
        answers = compare_program(SOURCE, calls, cannot_echo).answers
        statuses.update(answer.status for answer in answers)

    check()
    return statuses


def test_random_bodies() -> None:
    """Any bytes as a body: equal answers."""
    statuses = _run(posts(), 50)

    assert min(statuses[200], statuses[422]) > 50, statuses
    assert statuses[400] >= 1, statuses


def test_random_queries_and_headers() -> None:
    """Any path segment, query and header: equal answers."""
    statuses = _run(reads(), 30)

    assert min(statuses[200], statuses[422]) > 20, statuses


def test_documents_are_of_all_kinds() -> None:
    """The texts above hold both what JSON allows and what it does not."""
    readable = []
    for text in [*NUMBERS, *TEXTS, *WORDS]:
        try:
            json.loads(text)
        except ValueError:
            readable.append(False)
        else:
            readable.append(True)

    assert 10 < sum(readable) < len(readable) - 10
