"""frontend(): a built single-page application beside the API."""

from pathlib import Path

from kingpost import APIRouter, Depends, HTTPException, Kingpost, Response
from tests.parity.harness import Log, case, get, post, refused, request

HTML = {"Accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"}
SITE = Path(__file__).parent / "site"
"""A built front end: index.html, 404.html, app.js, docs/index.html."""

BARE = SITE / "docs"
"""A folder with an index.html and no 404.html."""


@case(
    get("/"),
    get("/index.html"),
    get("/app.js"),
    get("/docs-page", 404, headers=HTML),
    get("/missing.js", 404),
    get("/sub/", 200),
    get("/sub", 307),
    get("/../test_frontend.py", 404),
    get("/%2e%2e/test_frontend.py", 404),
    request("HEAD", "/app.js"),
    post("/app.js", 405),
    post("/missing", 404),
)
def test_files_and_404_page() -> Kingpost:
    """Files, directories and the 404.html fallback."""
    app = Kingpost()
    app.frontend("/", directory=SITE)
    return app


@case(
    get("/"),
    get("/deep/link", headers=HTML),
    get("/deep/link", 404),
    get("/deep/link", 404, headers={"Accept": "application/json"}),
    get("/deep/link", 404, headers={"Accept": "text/html;q=0, */*"}),
    get("/deep/link", headers={"Accept": "application/xhtml+xml"}),
    get("/deep/link.js", headers=HTML),
    request("HEAD", "/deep/link", headers=HTML),
    post("/deep/link", 404, headers=HTML),
)
def test_index_fallback() -> Kingpost:
    """index.html answers navigations only (streaming extras)."""
    app = Kingpost()
    app.frontend("/", directory=BARE)
    return app


@case(
    get("/deep/link", headers=HTML),
    get("/missing.js", 404),
    get("/app.js"),
)
def test_fallback_chosen_as_index() -> Kingpost:
    """fallback="index.html" although there is a 404.html."""
    app = Kingpost()
    app.frontend("/", directory=SITE, fallback="index.html")
    return app


@case(get("/deep/link", 404, headers=HTML), get("/app.js"))
def test_no_fallback() -> Kingpost:
    """fallback=None answers a plain 404."""
    app = Kingpost()
    app.frontend("/", directory=SITE, fallback=None)
    return app


@case(
    get("/api/items"),
    get("/api/items/", 307),
    get("/api/missing", 404, headers=HTML),
    get("/app.js"),
    get("/openapi.json"),
    post("/api/items", 405),
)
def test_routes_come_first() -> Kingpost:
    """Routes and the slash redirect precede the front end (behaviour 40)."""
    app = Kingpost(title="T")
    app.frontend("/", directory=SITE)

    @app.get("/api/items")
    def items() -> list[int]:
        return [1]

    return app


@case(get("/web/app.js"), get("/web/"), get("/web", 307), get("/app.js", 404), get("/web/x", 404))
def test_under_a_path() -> Kingpost:
    """A front end under a path of its own."""
    app = Kingpost()
    app.frontend("/web", directory=SITE)
    return app


@case(
    get("/a/app.js"),
    get("/a/b/index.html"),
    get("/a/b/app.js", 404),
    get("/a/b/deep", headers=HTML),
)
def test_longest_path_wins() -> Kingpost:
    """Of several front ends the longest path wins."""
    app = Kingpost()
    app.frontend("/a", directory=SITE)
    app.frontend("/a/b", directory=BARE)
    return app


@case(get("/r/app.js"), get("/r/app.js?deny=1", 403), get("/r/missing", 404))
def test_router_dependencies(log: Log) -> Kingpost:
    """Dependencies of router and app run; their headers are applied."""

    def guard(response: Response, deny: bool = False) -> None:
        log.append("guard")
        response.headers["X-Guard"] = "1"
        if deny:
            raise HTTPException(403)

    app = Kingpost()
    router = APIRouter(prefix="/r", dependencies=[Depends(guard)])
    router.frontend("/", directory=SITE)
    app.include_router(router)
    return app


@refused(RuntimeError)
def test_missing_directory_is_refused() -> Kingpost:
    """A missing directory is refused at definition."""
    app = Kingpost()
    app.frontend("/", directory=SITE / "nothing")
    return app


@case(get("/", 500), get("/ok"), messages=False)
def test_missing_directory_without_check() -> Kingpost:
    """check_dir=False accepts it at definition; requests fail."""
    app = Kingpost()

    @app.get("/ok")
    def ok() -> str:
        return "ok"

    app.frontend("/", directory=SITE / "nothing", check_dir=False)
    return app
