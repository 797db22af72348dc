"""The requests that are measured, what each one stands for, and which stacks answer it."""

import json
from dataclasses import dataclass

import jwt

from benchmarks.data import ALGORITHM, KEY, SCOPE

STACKS = {
    "asgi": "hand-written ASGI + Pydantic (the limit)",
    "kingpost": "Kingpost",
    "blacksheep": "BlackSheep",
    "starlette": "Starlette + Pydantic by hand",
    "litestar": "Litestar",
    "fastapi": "FastAPI",
}
SAME = ("kingpost", "fastapi")


@dataclass(frozen=True)
class Request:
    """One request, whoever sends it."""

    method: str
    target: str
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""


@dataclass(frozen=True)
class Workload:
    """A request with what it stands for.

    `status`, `media_type`: what every stack must answer with, beside the same body.
    `connections`: how many clients ask at once.
    """

    name: str
    meaning: str
    request: Request
    stacks: tuple[str, ...] = tuple(STACKS)
    status: int = 200
    media_type: str = "application/json"
    connections: int = 32


def _without(*names: str) -> tuple[str, ...]:
    return tuple(name for name in STACKS if name not in names)


def _json(content: object) -> tuple[tuple[tuple[str, str], ...], bytes]:
    return _sized("application/json", json.dumps(content, separators=(",", ":")).encode())


def _sized(media_type: str, body: bytes) -> tuple[tuple[tuple[str, str], ...], bytes]:
    return (("content-type", media_type), ("content-length", str(len(body)))), body


def _item(number: int) -> dict[str, object]:
    name = f"item {number}"
    text = "as good as new, " * 4
    return {"id": number, "name": name, "price": 9.5, "tags": ["new"], "description": text}


BOUNDARY = "benchmark-boundary"
FILE = b"0123456789abcdef" * 4096
TOKEN = jwt.encode({"sub": "ada", "scopes": [SCOPE]}, KEY, ALGORITHM)
UPLOAD = (
    (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="title"\r\n\r\nreport\r\n'
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="report.bin"\r\n'
        "Content-Type: application/octet-stream\r\n\r\n"
    ).encode()
    + FILE
    + f"\r\n--{BOUNDARY}--\r\n".encode()
)
FORM = _sized("application/x-www-form-urlencoded", b"name=a+chair&price=12.5")
MULTIPART = _sized(f"multipart/form-data; boundary={BOUNDARY}", UPLOAD)
ECHO = "the quick brown fox jumps over the lazy dog"

MAIN = [
    Workload("json", "an untyped dictionary", Request("GET", "/json")),
    Workload(
        "items",
        "path and query parameters in, a model out",
        Request("GET", "/items/42?q=lamp&limit=25"),
    ),
    Workload("post", "a model in, a model out", Request("POST", "/items", *_json(_item(1)))),
    Workload(
        "deps",
        "three nested dependencies, one shared, one with yield; a header",
        Request("GET", "/deps", (("x-key", "a-key"),)),
        _without("blacksheep"),
    ),
    Workload(
        "me",
        "a bearer token, decoded, its scope checked",
        Request("GET", "/me", (("authorization", f"Bearer {TOKEN}"),)),
    ),
    Workload("list", "a hundred models out", Request("GET", "/list")),
    Workload(
        "sync",
        "a plain function, in a thread",
        Request("GET", "/sync"),
        _without("asgi", "blacksheep"),
    ),
]
PRACTICAL = [
    Workload("form", "a form", Request("POST", "/form", *FORM), _without("asgi")),
    Workload(
        "upload",
        "a file of 64 kB and a field",
        Request("POST", "/upload", *MULTIPART),
        _without("asgi", "blacksheep"),
    ),
    Workload(
        "stream",
        "a hundred models as JSON Lines",
        Request("GET", "/stream"),
        _without("blacksheep"),
        media_type="application/jsonl",
    ),
    Workload(
        "large",
        "1 MB of JSON in",
        Request("POST", "/large", *_json([_item(number) for number in range(7500)])),
        connections=4,
    ),
    Workload("dicts", "a thousand models out, from dictionaries", Request("GET", "/dicts")),
    Workload("rows", "a thousand models out, from stored rows", Request("GET", "/rows")),
    Workload(
        "invalid",
        "values that do not validate",
        Request("GET", "/items/nope?limit=many"),
        SAME,
        status=422,
    ),
    Workload(
        "missing",
        "a path that is not there",
        Request("GET", "/nothing/here"),
        ("asgi", "kingpost", "starlette", "fastapi"),
        status=404,
    ),
]
WORKLOADS = {workload.name: workload for workload in [*MAIN, *PRACTICAL]}
LIMITED = [workload.name for workload in MAIN if "asgi" in workload.stacks]
"""The workloads that the limit is known for."""
