"""Random bytes on every way into an operation: the answer is always one to a request's fault."""

import asyncio
import datetime
import enum
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import AliasChoices, AnyUrl, BaseModel, ConfigDict, Field, Json

from kingpost import Body, Cookie, Depends, File, Form, Header, Kingpost, Query, UploadFile
from kingpost.security import APIKeyHeader, HTTPBasic, HTTPBearer, OAuth2PasswordRequestForm
from tests.framework._serve.exchange import Sent, send_request

bounded = settings(
    max_examples=250,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
app = Kingpost()


class Colour(enum.Enum):
    """Few values."""

    RED = "red"


class Filters(BaseModel):
    """A model that stands for several parameters."""

    model_config = ConfigDict(extra="forbid")

    limit: int = Field(10, gt=0)
    tags: list[Literal["a", "b"]] = []
    at: datetime.datetime | None = None


class Tree(BaseModel):
    """A body with everything in it."""

    name: str = Field(max_length=5, pattern="^[a-z]*$")
    amount: Decimal = Decimal(0)
    link: AnyUrl | None = None
    when: datetime.timedelta | datetime.date | None = None
    children: "list[Tree]" = []
    numbers: dict[int, float] = {}
    anything: Any = None


class Fields(BaseModel):
    """A form."""

    name: str
    size: int = Field(1, validation_alias=AliasChoices("size", "length"))


def common(shared: int = 1, x_key: Annotated[list[int] | None, Header()] = None) -> int:
    """Read parameters in a dependency."""
    return shared


@app.get("/plain/{number}/{rest:path}")
def plain(
    number: int,
    rest: str,
    common: Annotated[int, Depends(common)],
    text: Annotated[str, Query(min_length=1, pattern=r"^\w")] = "x",
    numbers: Annotated[list[int], Query(alias="n")] = [],  # noqa: B006 - copied for each request
    uuid: UUID | None = None,
    colour: Colour = Colour.RED,
    price: Annotated[Decimal, Query(max_digits=3, decimal_places=1)] = Decimal(1),
    day: datetime.date | None = None,
    data: Json[list[int]] | None = None,
) -> dict[str, Any]:
    """Read scalars and lists of all kinds."""
    return {"number": number, "rest": rest, "n": numbers, "text": text, "uuid": uuid, "day": day}


@app.get("/models")
async def models(
    filters: Annotated[Filters, Query()], session: Annotated[int, Cookie(ge=3)] = 3
) -> Filters:
    """Read a model from the query."""
    return filters


@app.get("/security")
async def security(
    basic: Annotated[Any, Depends(HTTPBasic(auto_error=False))],
    bearer: Annotated[Any, Depends(HTTPBearer(auto_error=False))],
    key: Annotated[Any, Depends(APIKeyHeader(name="x-key", auto_error=False))],
) -> dict[str, Any]:
    """Read credentials."""
    return {"basic": basic, "bearer": bearer, "key": key}


@app.get("/basic")
async def basic(credentials: Annotated[Any, Depends(HTTPBasic())]) -> str:
    """Want credentials."""
    return str(credentials.username)


@app.post("/tree")
async def tree(tree: Tree) -> Tree:
    """Read one body."""
    return tree


@app.post("/deep")
async def deep(tree: Tree) -> None:
    """Read one body, and send nothing of it back."""


@app.put("/several")
def several(
    tree: Tree, count: Annotated[int, Body(lt=9)] = 1, common: int = Depends(common)
) -> dict[str, Any]:
    """Read several bodies."""
    return {"tree": tree, "count": count}


@app.post("/untyped")
async def untyped(data: Annotated[Any, Body()] = None) -> None:
    """Read whatever it is."""


@app.post("/bytes")
async def raw(data: Annotated[bytes, Body()]) -> int:
    """Read bytes."""
    return len(data)


@app.post("/form")
async def form(fields: Annotated[Fields, Form()]) -> Fields:
    """Read a form as a model."""
    return fields


@app.post("/files")
async def files(
    one: UploadFile,
    many: Annotated[list[bytes] | None, File()] = None,
    number: Annotated[int, Form()] = 1,
) -> list[Any]:
    """Read files and a field."""
    return [len(await one.read()), one.filename, len(many or []), number]


@app.post("/login")
async def login(form: Annotated[OAuth2PasswordRequestForm, Depends()]) -> str:
    """Read a form in a dependency."""
    return form.username


ADDRESSES = sorted({getattr(route, "path", "/").split("{")[0] for route in app.routes})
METHODS = ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "PROPFIND", ""]
MEDIA_TYPES = [
    b"application/json",
    b"application/merge-patch+json; charset=latin-1",
    b"application/x-www-form-urlencoded",
    b"multipart/form-data; boundary=x",
    b"multipart/form-data",
    b"multipart/form-data; boundary=\xff",
    b"text/plain",
    b'application/json; charset="',
    b";",
]

values = st.binary(max_size=12).filter(lambda value: not set(value) & set(b"\r\n\0"))
header_names = st.sampled_from(
    [b"x-key", b"cookie", b"authorization", b"content-type", b"host", b"accept", b"content-length"]
)
credentials = st.builds(
    bytes.__add__, st.sampled_from([b"Basic ", b"Bearer ", b"basic\t", b"session=", b"="]), values
)
headers = st.lists(st.tuples(header_names, values | credentials), max_size=4)
queries = st.lists(
    st.tuples(
        st.sampled_from(
            "text n uuid colour price day data limit tags at shared %ff".split()  # noqa: SIM905
        ),
        st.one_of(
            values,
            st.sampled_from(
                [b"1", b"%00", b"%ff%fe", b"%", b"1e999", b"NaN", b"[1", b"\xc3", b"+"]
            ),
        ),
    ).map(lambda pair: pair[0].encode() + b"=" + pair[1]),
    max_size=5,
).map(b"&".join) | st.binary(max_size=20)
parts = st.lists(
    st.sampled_from(
        [
            b"--x\r\n",
            b"--x--\r\n",
            b"--x",
            b"\r\n",
            b"\r\n\r\n",
            b'Content-Disposition: form-data; name="one"; filename="a"\r\n',
            b'Content-Disposition: form-data; name="number"\r\n',
            b"Content-Disposition: form-data\r\n",
            b"Content-Type: text/plain; charset=utf-16\r\n",
            b"Content-Disposition: form-data; name=\xff; filename*=utf-8''%ff\r\n",
        ]
    )
    | st.binary(max_size=6),
    max_size=12,
).map(b"".join)
forms = st.lists(
    st.sampled_from([b"name", b"size", b"=", b"&", b"%", b"1", b"%ff", b"+", b"username=a&"]),
    max_size=8,
).map(b"".join)
texts = st.lists(
    st.sampled_from(
        [
            *(b"{", b"}", b"[", b"]", b'"name"', b":", b",", b'"a"', b"1", b"-", b"1e999", b"NaN"),
            *(b"null", b'"\\ud800"', b'"children"', b'"tree"', b'"count"', b"\xff"),
        ]
    ),
    max_size=12,
).map(b"".join)
bodies = st.one_of(st.binary(max_size=40), parts, forms, texts)


@st.composite
def requests(draw: st.DrawFn) -> Sent:
    """Draw a request that may be wrong in every part."""
    path = draw(st.sampled_from(ADDRESSES))
    path += draw(st.just("") | st.text(max_size=6) | st.just("7/a"))
    body = draw(bodies)
    cut = draw(st.integers(0, len(body)))
    sent = draw(headers)
    if draw(st.booleans()):
        sent = [(b"content-type", draw(st.sampled_from(MEDIA_TYPES))), *sent]
    return Sent(
        method=draw(st.sampled_from(METHODS)),
        path=path.encode("utf-8", "replace").decode(),
        query=draw(queries),
        headers=sent,
        chunks=draw(st.sampled_from([(body,), (body[:cut], body[cut:]), (b"", body, b"")])),
        disconnects=draw(st.sampled_from([False, False, True, False])),
    )


def answer(request: Sent) -> int:
    """Return the status; the exchange itself fails for a request that is not answered once."""
    done = asyncio.run(send_request(app, request))

    assert done.raised is None
    assert done.complete
    assert done.status is not None
    return done.status


@bounded
@given(requests())
def test_no_request_is_an_error_of_the_server(request: Sent) -> None:
    """Any bytes get an answer below 500, and only one."""
    assert answer(request) < 500


@bounded
@given(st.sampled_from(["/tree", "/several", "/untyped", "/bytes"]), texts | st.binary(max_size=30))
def test_no_json_is_an_error_of_the_server(path: str, body: bytes) -> None:
    """Text that is nearly JSON, sent as JSON, is accepted or refused."""
    method = "PUT" if path == "/several" else "POST"
    sent = [(b"content-type", b"application/json")]

    assert answer(Sent(method, path, headers=sent, chunks=[body])) in {200, 400, 422}


@bounded
@given(st.sampled_from(["/files", "/form", "/login"]), parts | forms, st.sampled_from(MEDIA_TYPES))
def test_no_form_is_an_error_of_the_server(path: str, body: bytes, media_type: bytes) -> None:
    """Text that is nearly a form, sent as one, is accepted or refused."""
    sent = [(b"content-type", media_type)]

    assert answer(Sent("POST", path, headers=sent, chunks=[body])) in {200, 400, 422}


@bounded
@given(queries, headers)
def test_no_parameter_is_an_error_of_the_server(query: bytes, sent: Any) -> None:
    """Text that is nearly a parameter is accepted or refused."""
    for path in ("/plain/1/x", "/models", "/security", "/basic"):
        assert answer(Sent("GET", path, query, sent)) in {200, 401, 422}


@pytest.mark.parametrize("depth", [100, 1000, 20_000])
@pytest.mark.parametrize("path", ["/deep", "/untyped"])
def test_deep_json_is_refused_or_accepted(path: str, depth: int) -> None:
    """JSON of any depth does not bring the server down."""
    sent = [(b"content-type", b"application/json")]
    body = b'{"name":"a","anything":' + b"[" * depth + b"]" * depth + b"}"

    assert answer(Sent("POST", path, headers=sent, chunks=[body])) in {200, 400, 422}


def test_long_numbers_are_refused_or_accepted() -> None:
    """A number of more digits than Python converts is the request's fault."""
    sent = [(b"content-type", b"application/json")]
    digits = b"1" * 5000

    for path, method, body in (
        ("/tree", "POST", b'{"name":"a","anything":' + digits + b"}"),
        ("/tree", "POST", b'{"name":"a","amount":' + digits + b"}"),
        ("/several", "PUT", b'{"tree":{"name":"a"},"count":' + digits + b"}"),
    ):
        assert answer(Sent(method, path, headers=sent, chunks=[body])) in {200, 400, 422}
    assert answer(Sent("GET", "/plain/" + "1" * 5000 + "/x", b"price=" + digits)) == 422
