"""Scalar types beyond the plain ones, as query parameters and answers."""

import uuid
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from ipaddress import IPv4Address
from pathlib import Path
from typing import Annotated, Any, NewType

from pydantic import (
    AnyUrl,
    AwareDatetime,
    ByteSize,
    EmailStr,
    HttpUrl,
    Json,
    PositiveInt,
    SecretStr,
    StrictBool,
    StrictInt,
    StringConstraints,
)
from typing_extensions import TypeAliasType

from kingpost import Body, Depends, Form, Kingpost, Query, Request
from tests.parity.harness import case, get, post

UserId = NewType("UserId", int)
Slug = Annotated[str, StringConstraints(to_lower=True, strip_whitespace=True, max_length=5)]


@case(
    get("/?at=2024-01-02T03:04:05Z&on=2024-01-02&clock=03:04:05&span=P1DT2H"),
    get("/?at=2024-01-02T03:04:05.678%2B02:00&on=2024-01-02&clock=03:04&span=P90D"),
    get("/?at=1704164645&on=1704153600&clock=10:00&span=1:00:00"),
    get("/?at=yesterday&on=2024-13-01&clock=25:00&span=long", 422),
)
def test_times() -> Kingpost:
    """Date and time types in their ISO and numeric spellings, written in pydantic's forms."""
    app = Kingpost()

    @app.get("/")
    def read(at: datetime, on: date, clock: time, span: timedelta) -> dict[str, Any]:
        return {"at": at, "on": on, "clock": clock, "span": span}

    @app.get("/typed")
    def typed(at: datetime, on: date, clock: time, span: timedelta) -> list[datetime | timedelta]:
        return [at, span]

    return app


@case(get("/?at=2024-01-02T03:04:05Z"), get("/?at=2024-01-02T03:04:05", 422))
def test_aware_datetime() -> Kingpost:
    """AwareDatetime refuses a time without zone."""
    app = Kingpost()

    @app.get("/")
    def read(at: AwareDatetime) -> AwareDatetime:
        return at

    return app


@case(
    get("/?u=7c9e6679-7425-40de-944b-e07fc1f90ae7"),
    get("/?u=7c9e6679742540de944be07fc1f90ae7"),
    get("/?u=1", 422),
)
def test_uuid() -> Kingpost:
    """UUIDs with and without hyphens."""
    app = Kingpost()

    @app.get("/")
    def read(u: uuid.UUID) -> uuid.UUID:
        return u

    return app


@case(
    get("/?d=1.50"),
    get("/?d=1e2"),
    get("/?d=1.234", 422),
    get("/?d=12345.6", 422),
    get("/?d=x", 422),
)
def test_decimal() -> Kingpost:
    """Digits and places of a Decimal are checked; a typed answer is a text (behaviour 31)."""
    app = Kingpost()

    @app.get("/")
    def read(d: Annotated[Decimal, Query(max_digits=5, decimal_places=2)]) -> Decimal:
        return d

    return app


@case(
    get("/?ip=127.0.0.1&url=http://example.com/a&any=ftp://x.y/z"),
    get("/?ip=1.2.3&url=nope&any=nope", 422),
    get("/?ip=1.2.3.4&url=ftp://x.y&any=x:y", 422),
)
def test_network_types() -> Kingpost:
    """Addresses and URLs."""
    app = Kingpost()

    @app.get("/")
    def read(ip: IPv4Address, url: HttpUrl, any: AnyUrl) -> dict[str, Any]:
        return {"ip": ip, "url": url, "any": any}

    return app


@case(get("/?mail=Ann@Example.com"), get("/?mail=nobody", 422))
def test_email() -> Kingpost:
    """An e-mail address is normalised."""
    app = Kingpost()

    @app.get("/")
    def read(mail: EmailStr) -> EmailStr:
        return mail

    return app


@case(get("/?size=10KiB&secret=s"), get("/?size=big&secret=s", 422))
def test_byte_size_and_secret() -> Kingpost:
    """ByteSize and SecretStr; a secret is written as stars."""
    app = Kingpost()

    @app.get("/")
    def read(size: ByteSize, secret: SecretStr) -> dict[str, Any]:
        return {"size": size, "secret": secret, "length": len(secret.get_secret_value())}

    return app


@case(
    get("/", params={"j": "[1, 2]"}),
    get("/", 422, params={"j": "{bad"}),
    get("/", 422, params={"j": "1"}),
)
def test_json_in_query() -> Kingpost:
    """Json[...] parses a text parameter as JSON."""
    app = Kingpost()

    @app.get("/")
    def read(j: Annotated[Json[list[int]], Query()]) -> list[int]:
        return j

    return app


@case(get("/?n=1&p=2"), get("/?n=x&p=0", 422))
def test_new_type_and_positive() -> Kingpost:
    """A NewType is its base type; pydantic's constrained aliases work as they are."""
    app = Kingpost()

    @app.get("/")
    def read(n: UserId, p: PositiveInt) -> list[int]:
        return [n, p]

    return app


@case(get("/", params={"slug": " ABC "}), get("/?slug=toolong", 422))
def test_string_constraints() -> Kingpost:
    """StringConstraints in an alias change and check the text."""
    app = Kingpost()

    @app.get("/")
    def read(slug: Slug, other: Slug | None = None) -> list[str | None]:
        return [slug, other]

    return app


@case(get("/?b=abc"), get("/", 422))
def test_bytes_in_query() -> Kingpost:
    """Bytes are read from the query as text."""
    app = Kingpost()

    @app.get("/")
    def read(b: Annotated[bytes, Query()]) -> bytes:
        return b

    return app


@case(get("/?p=a/b/c.txt"), get("/", 422))
def test_path_object() -> Kingpost:
    """A pathlib path."""
    app = Kingpost()

    @app.get("/")
    def read(p: Annotated[Path, Query()]) -> dict[str, Any]:
        return {"p": p, "name": p.name}

    return app


@case(
    post("/", json={"i": 1, "b": True}),
    post("/", 422, json={"i": "1", "b": "true"}),
    post("/", 422, json={"i": 1.0, "b": 1}),
)
def test_strict_types_in_body() -> Kingpost:
    """Strict types refuse what is only like them."""
    app = Kingpost()

    @app.post("/")
    def create(i: Annotated[StrictInt, Body()], b: Annotated[StrictBool, Body()]) -> list[Any]:
        return [i, b]

    return app


@case(
    get("/?m=6&f=0.5"),
    get("/?m=7&f=inf", 422),
    get("/?m=6&f=nan", 422),
    get("/?m=6&f=1", 422),
)
def test_number_constraints() -> Kingpost:
    """multiple_of, lt and allow_inf_nan."""
    app = Kingpost()

    @app.get("/")
    def read(
        m: Annotated[int, Query(multiple_of=3)],
        f: Annotated[float, Query(lt=1, gt=0, allow_inf_nan=False)],
    ) -> list[float]:
        return [m, f]

    return app


@case(get("/?n=5"), get("/?n=5.0", 422), get("/?n=x"))
def test_strict_text() -> Kingpost:
    """strict=True on a text type accepts every query value."""
    app = Kingpost()

    @app.get("/")
    def read(n: Annotated[str, Query(strict=True, max_length=1)]) -> str:
        return n

    return app


Above = TypeAliasType("Above", Annotated[int, Query(gt=3)])
Either = TypeAliasType("Either", int | bool)
Counted = TypeAliasType("Counted", Annotated[int, Depends(lambda n: len(n))])
Whole = TypeAliasType("Whole", Annotated[dict[str, int], Body(embed=True)])
Asking = TypeAliasType("Asking", Request)
Named = TypeAliasType("Named", Annotated[str, Form()])
Renamed = TypeAliasType("Renamed", Above)


@case(
    get("/marked?above=4"),
    get("/marked?above=3", 422),
    get("/plain?either=true&renamed=4"),
    get("/plain?either=x", 422),
    get("/injected?n=abc"),
    get("/injected", 422),
    post("/body", json={"whole": {"a": 1}}),
    post("/body", 422, json={"a": 1}),
    post("/form", data={"named": "x"}),
    post("/form", 422, json={"named": "x"}),
)
def test_type_aliases() -> Kingpost:
    """An alias (PEP 695) stands for what it names, a marker or a dependency included."""
    app = Kingpost()

    @app.get("/marked")
    def marked(above: Above) -> int:
        return above

    @app.get("/plain")
    def plain(either: Either, renamed: Renamed = 5) -> list[int]:
        return [either, renamed]

    @app.get("/injected")
    def injected(counted: Counted, asking: Asking) -> list[Any]:
        return [counted, asking.url.path]

    @app.post("/body")
    def body(whole: Whole) -> dict[str, int]:
        return whole

    @app.post("/form")
    def form(named: Named) -> str:
        return named

    return app
