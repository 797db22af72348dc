"""One application of any size, on Kingpost or on FastAPI: what it costs when an app grows."""

from collections.abc import Iterator
from types import ModuleType
from typing import Annotated, Any

from pydantic import BaseModel

from benchmarks.workloads import Request

GROUP = 50  # operations of one router
SHAPES = ("flat", "nested", "mounted")


class Thing(BaseModel):
    """A body."""

    name: str
    size: int = 0


async def page(limit: int = 10) -> int:
    """Read a query parameter for every operation that asks for it."""
    return limit


def build(framework: ModuleType, shape: str, routes: int) -> Any:
    """Return an application with so many operations, included or mounted in one of the shapes."""
    app = _application(framework)
    for group, first in enumerate(range(0, routes, GROUP)):
        numbers = range(first, min(first + GROUP, routes))
        if shape == "mounted":
            inner = _application(framework)
            _fill(framework, inner, numbers)
            app.mount(_prefix(shape, group), inner)
        else:
            for router in _routers(framework, shape, group, numbers):
                app.include_router(router)
    return app


def requests(shape: str, routes: int) -> dict[str, Request]:
    """Return a request for the first operation, for the last, and for none, without and within."""
    last = routes - 1
    return {
        "first": Request("GET", f"{_prefix(shape, 0)}/things0/7?q=lamp"),
        "last": Request("GET", f"{_prefix(shape, last // GROUP)}/things{last}/7?q=lamp"),
        "missing": Request("GET", "/nothing/here/at/all"),
        "within": Request("GET", f"{_prefix(shape, last // GROUP)}/nothing/here"),
    }


def _application(framework: ModuleType) -> Any:
    return framework.Kingpost() if hasattr(framework, "Kingpost") else framework.FastAPI()


def _prefix(shape: str, group: int) -> str:
    if shape == "nested":
        return f"/area{group // 10}/part{group // 5}/group{group}"
    return f"/group{group}"


def _routers(framework: ModuleType, shape: str, group: int, numbers: range) -> Iterator[Any]:
    """Yield the routers of a group; a nested one stands two routers deeper."""
    if shape == "flat":
        router = framework.APIRouter(prefix=_prefix(shape, group))
        _fill(framework, router, numbers)
        yield router
        return
    outer, middle, inner = _prefix(shape, group).lstrip("/").split("/")
    top = framework.APIRouter(prefix=f"/{outer}")
    between = framework.APIRouter(prefix=f"/{middle}")
    bottom = framework.APIRouter(prefix=f"/{inner}")
    _fill(framework, bottom, numbers)
    between.include_router(bottom)
    top.include_router(between)
    yield top


def _fill(framework: ModuleType, router: Any, numbers: range) -> None:
    for number in numbers:
        _KINDS[number % len(_KINDS)](framework, router, number)


def _add_path_and_query(framework: ModuleType, router: Any, number: int) -> None:
    async def read(thing_id: int, q: str | None = None) -> dict[str, Any]:
        return {"id": thing_id, "q": q}

    router.get(f"/things{number}/{{thing_id}}", name=f"read_{number}")(read)


def _add_body(framework: ModuleType, router: Any, number: int) -> None:
    async def create(thing: Thing) -> Thing:
        return thing

    router.post(f"/things{number}", name=f"create_{number}")(create)


def _add_dependency(framework: ModuleType, router: Any, number: int) -> None:
    async def browse(limit: Annotated[int, framework.Depends(page)]) -> dict[str, int]:
        return {"limit": limit}

    router.get(f"/things{number}", name=f"browse_{number}")(browse)


def _add_all(framework: ModuleType, router: Any, number: int) -> None:
    async def change(
        thing_id: int, thing: Thing, limit: Annotated[int, framework.Depends(page)]
    ) -> Thing:
        return Thing(name=thing.name, size=thing_id + limit)

    router.put(f"/things{number}/{{thing_id}}", name=f"change_{number}")(change)


# As many as divide every size, and the last as the first, so that their requests cost the same.
_KINDS = [
    _add_path_and_query,
    _add_body,
    _add_dependency,
    _add_all,
    _add_path_and_query,
]
