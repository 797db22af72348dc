"""max_body_size of application, router, include call and operation."""

from collections.abc import Iterator

from kingpost import APIRouter, Body, Kingpost, Request
from tests.parity.harness import case, get, post, refused


@case(
    post("/", json="x"),
    post("/", 413, json="x" * 100),
    post("/big", json="x" * 100),
    post("/big", 413, json="x" * 1000),
    post("/small", 413, json="xxxxxxxxxx"),
    post("/unread", 413, content=b"x" * 100),
    get("/"),
)
def test_body_limits() -> Kingpost:
    """Limits of app and operation; the most specific wins (behaviour 60)."""
    app = Kingpost(max_body_size=20)

    @app.get("/")
    def read() -> str:
        return "x"

    @app.post("/")
    def create(text: str = Body()) -> int:
        return len(text)

    @app.post("/big", max_body_size=500)
    def big(text: str = Body()) -> int:
        return len(text)

    @app.post("/small", max_body_size=5)
    def small(text: str = Body()) -> int:
        return len(text)

    @app.post("/unread")
    def unread() -> str:
        return "never read"

    return app


class Stream:
    """A body sent in two pieces, without a declared length; readable once per request."""

    def __init__(self, *pieces: bytes) -> None:
        self.pieces = pieces

    def __iter__(self) -> Iterator[bytes]:
        """The pieces."""
        return iter(self.pieces)


@case(
    post("/", content=Stream(b"123", b"45")),
    post("/", 413, content=Stream(b"x" * 15, b"x" * 15)),
    post("/json", 413, content=Stream(b'"' + b"x" * 15, b"x" * 15 + b'"')),
)
def test_body_limit_of_a_stream() -> Kingpost:
    """A streamed body that passes the limit is a 413 in JSON (behaviour 60)."""
    app = Kingpost(max_body_size=20, strict_content_type=False)

    @app.post("/")
    async def create(request: Request) -> int:
        return len(await request.body())

    @app.post("/json")
    def create_json(text: str = Body()) -> int:
        return len(text)

    return app


@case(
    post("/r/a", json="x" * 30), post("/r/a", 413, json="x" * 60), post("/r/b", 413, json="x" * 30)
)
def test_body_limits_of_routers() -> Kingpost:
    """Limits of include call and router."""
    app = Kingpost(max_body_size=10)
    router = APIRouter(prefix="/r", max_body_size=20)

    @router.post("/a", max_body_size=50)
    def a(text: str = Body()) -> int:
        return len(text)

    @router.post("/b")
    def b(text: str = Body()) -> int:
        return len(text)

    app.include_router(router, max_body_size=15)
    return app


@refused(ValueError)
def test_negative_body_limit_is_refused() -> Kingpost:
    """A limit must not be negative."""
    return Kingpost(max_body_size=-1)


@refused(ValueError)
def test_boolean_body_limit_is_refused() -> Kingpost:
    """A limit must be a number."""
    return Kingpost(max_body_size=True)
