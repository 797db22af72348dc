"""Random path operations as plain data, and the programs that they stand for.

An operation is drawn as data (`drawing`), so that a failure is printed as data; `build` makes the
application of it. Everything that is called notes what it was called with in `EVENTS`.
"""

import asyncio
import contextvars
import dataclasses
import enum
import inspect
from collections.abc import AsyncIterator, Callable, Iterator
from types import ModuleType
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, Field, field_validator

__all__ = ["EVENTS", "Known", "Node", "Operation", "Parameter", "Use", "build"]

EVENTS: list[str] = []
CURRENT: contextvars.ContextVar[str] = contextvars.ContextVar("CURRENT", default="nobody")


class Known(Exception):
    """An error with a handler."""


class Unknown(Exception):
    """An error without a handler."""


class Colour(enum.Enum):
    RED = "red"
    BLUE = "blue"


class Item(BaseModel):
    """A body whose validation runs no code of the application."""

    name: str
    size: int = Field(default=1, ge=0)
    tags: list[str] = []


class Checked(BaseModel):
    """A body whose validation notes that it runs."""

    name: str

    @field_validator("name")
    @classmethod
    def check(cls, value: str) -> str:
        EVENTS.append(f"validates {value!r}")
        if value == "bad":
            raise ValueError("bad name")
        return value


class Answer(BaseModel):
    text: str
    colour: Colour = Colour.RED


class Longer(Answer):
    secret: str = "hidden"


def _noting(value: int) -> int:
    EVENTS.append(f"validates {value}")
    if value == 13:
        raise ValueError("bad luck")
    return value


def _make() -> int:
    EVENTS.append("makes a default")
    return 5


TYPES: dict[str, Any] = {
    "str": str,
    "int": int,
    "float": float,
    "bool": bool,
    "int | None": int | None,
    "list[int]": list[int],
    "list[str]": list[str],
    "colour": Colour,
    "literal": Literal["a", "b"],
    "small": Annotated[int, Field(ge=1, le=9)],
    "noted": Annotated[int, AfterValidator(_noting)],
    "made": int,
}


@dataclasses.dataclass(frozen=True)
class Parameter:
    """A parameter outside the body; without a default it is required."""

    name: str
    source: Literal["Query", "Header", "Cookie", "Path"]
    type_: str
    default: Any = ...
    alias: str | None = None


@dataclasses.dataclass(frozen=True)
class Use:
    """One use of a dependency."""

    node: int
    use_cache: bool = True
    scope: Literal["function", "request"] | None = None


@dataclasses.dataclass(frozen=True)
class Node:
    """One dependency.

    Attributes:
        kind: How it is written: sync, async, sync generator, async generator or class.
        parameters: What it reads.
        injected: What it receives because of its type.
        uses: What it depends on: nodes before it.
        raises: Where ("before" or "after" its `yield`), and which error.
        catches: What it does with an error at its `yield`: "nothing", swallow "everything", or
            turn it "to answer".
    """

    kind: str
    parameters: tuple[Parameter, ...] = ()
    injected: tuple[str, ...] = ()
    uses: tuple[Use, ...] = ()
    raises: tuple[str, str] | None = None
    catches: str = "nothing"

    @property
    def is_generator(self) -> bool:
        """Whether it has an end of its own."""
        return self.kind.endswith("generator")


@dataclasses.dataclass(frozen=True)
class Operation:
    """A path operation; `nodes[i]` depends on nodes before it only.

    One that yields "lines", "events" or "chunks" gives the result as the second of its items.
    """

    nodes: tuple[Node, ...] = ()
    first: tuple[Use, ...] = ()
    uses: tuple[Use, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    injected: tuple[str, ...] = ()
    is_async: bool = True
    body: str = "none"
    result: str = "dict"
    returns: str = "nothing"
    status: int | None = None
    new_status: int | None = None
    yields: str = ""


# --- data → program -------------------------------------------------------------------------


class _Program:
    """One operation, being written with the names of one framework."""

    def __init__(self, operation: Operation, framework: ModuleType) -> None:
        self.operation = operation
        self.framework = framework
        self.nodes: list[Callable[..., Any]] = []
        self.lasting: list[bool] = []
        for index, node in enumerate(operation.nodes):
            self.nodes.append(self._node(f"node{index}", node))

    # A generator must not outlive what it needs.
    def _scope(self, use: Use) -> Literal["function", "request"] | None:
        node = self.operation.nodes[use.node]
        if node.is_generator and any(self._scope(inner) == "function" for inner in node.uses):
            return "function"
        return use.scope

    def _depends(self, use: Use) -> Any:
        return self.framework.Depends(
            self.nodes[use.node], use_cache=use.use_cache, scope=self._scope(use)
        )

    def _signature(
        self,
        parameters: tuple[Parameter, ...],
        uses: tuple[Use, ...],
        injected: tuple[str, ...],
        body: dict[str, Any] | None = None,
    ) -> list[inspect.Parameter]:
        found = {f"use{at}": Annotated[Any, self._depends(use)] for at, use in enumerate(uses)}
        found |= {parameter.name: self._annotation(parameter) for parameter in parameters}
        found |= {name: self._injected(name) for name in injected}
        found |= body or {}
        defaults = {p.name: p.default for p in parameters if p.default is not ...}
        if self.operation.body == "optional" and body:
            defaults["item"] = None
        if self.operation.body == "several" and body:
            defaults["extra"] = 5
        kind = inspect.Parameter.KEYWORD_ONLY
        empty = inspect.Parameter.empty
        return [
            inspect.Parameter(name, kind, annotation=annotation, default=defaults.get(name, empty))
            for name, annotation in found.items()
        ]

    def _annotation(self, parameter: Parameter) -> Any:
        marker = getattr(self.framework, parameter.source)
        options = {"default_factory": _make} if parameter.type_ == "made" else {}
        return Annotated[TYPES[parameter.type_], marker(alias=parameter.alias, **options)]

    def _injected(self, name: str) -> Any:
        names = {
            "request": "Request",
            "response": "Response",
            "background": "BackgroundTasks",
        }
        return getattr(self.framework, names[name])

    # --- dependencies ---------------------------------------------------------------------------

    def _error(self, name: str) -> Exception:
        if name == "http":
            return self.framework.HTTPException(418, "teapot", {"x-pot": "tea"})  # type: ignore[no-any-return]
        return {"known": Known("known"), "unknown": Unknown("unknown")}[name]

    def _enter(self, name: str, node: Node, values: dict[str, Any]) -> str:
        EVENTS.append(f"{name}({_shown(values)})")
        _touch(name, values)
        if node.raises is not None and node.raises[0] == "before":
            raise self._error(node.raises[1])
        return f"{name}-{len(EVENTS)}"

    def _leave(self, name: str, node: Node) -> None:
        EVENTS.append(f"{name} ends")
        if node.raises is not None and node.raises[0] == "after":
            raise self._error(node.raises[1])

    def _caught(self, name: str, node: Node, exc: Exception) -> None:
        EVENTS.append(f"{name} catches {type(exc).__name__}")
        if node.catches == "nothing":
            raise exc
        if node.catches == "to answer":
            raise self.framework.HTTPException(409, f"from {name}")

    def _node(self, name: str, node: Node) -> Callable[..., Any]:
        program = self

        def sync(**values: Any) -> Any:
            return program._enter(name, node, values)

        async def asynchronous(**values: Any) -> Any:
            await asyncio.sleep(0)
            CURRENT.set(name)
            return program._enter(name, node, values)

        def sync_generator(**values: Any) -> Iterator[Any]:
            value = program._enter(name, node, values)
            try:
                yield value
            except Exception as exc:  # noqa: BLE001 - what it does with it is what is tested
                program._caught(name, node, exc)
            program._leave(name, node)

        async def async_generator(**values: Any) -> AsyncIterator[Any]:
            CURRENT.set(name)
            value = program._enter(name, node, values)
            try:
                yield value
            except Exception as exc:  # noqa: BLE001 - what it does with it is what is tested
                program._caught(name, node, exc)
            program._leave(name, node)

        class Class:
            def __init__(self, **values: Any) -> None:
                self.value = program._enter(name, node, values)

            def __repr__(self) -> str:
                return self.value

        made: Callable[..., Any] = {
            "sync": sync,
            "async": asynchronous,
            "sync generator": sync_generator,
            "async generator": async_generator,
            "class": Class,
        }[node.kind]
        made.__name__ = name
        parameters = self._signature(node.parameters, node.uses, node.injected)
        made.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
        return made

    # --- the endpoint ---------------------------------------------------------------------------

    def _body(self) -> dict[str, Any]:
        marker = self.framework.Body
        bodies: dict[str, dict[str, Any]] = {
            "none": {},
            "model": {"item": Item},
            "checked": {"item": Checked},
            "optional": {"item": Item | None},
            "embedded": {"item": Annotated[Item, marker(embed=True)]},
            "several": {"item": Item, "extra": Annotated[int, marker()]},
            "list": {"items": list[int]},
            "scalar": {"number": Annotated[int, marker()]},
            "dict": {"numbers": dict[str, int]},
        }
        return bodies[self.operation.body]

    def _result(self, values: dict[str, Any]) -> Any:
        operation = self.operation
        EVENTS.append(f"endpoint({_shown(values)})")
        _touch("endpoint", values)
        if "response" in values and operation.new_status is not None:
            values["response"].status_code = operation.new_status
        if operation.result in ("http", "known", "unknown"):
            raise self._error(operation.result)
        shown = f"{CURRENT.get() if operation.is_async else ''} {_shown(values)}"
        results: dict[str, Callable[[], Any]] = {
            "dict": lambda: {"text": shown, "secret": "told", "colour": Colour.BLUE},
            "model": lambda: Answer(text=shown),
            "longer": lambda: Longer(text=shown),
            "none": lambda: None,
            "wrong": lambda: {"text": []},
            "nan": lambda: float("nan"),
            "response": lambda: self.framework.Response(shown, 203, {"x-own": "1"}),
            "stream": lambda: _stream(self.framework, fails=False),
            "broken stream": lambda: _stream(self.framework, fails=True),
            "late": lambda: _late(self.framework),
        }
        return results[operation.result]()

    def endpoint(self) -> Callable[..., Any]:
        """Return the endpoint's function."""

        def sync(**values: Any) -> Any:
            return self._result(values)

        async def asynchronous(**values: Any) -> Any:
            return self._result(values)

        async def asynchronous_items(**values: Any) -> AsyncIterator[Any]:
            for item in self._items(values):
                yield item

        def items(**values: Any) -> Iterator[Any]:
            yield from self._items(values)

        operation = self.operation
        made: Callable[..., Any] = asynchronous if operation.is_async else sync
        if operation.yields:
            made = asynchronous_items if operation.is_async else items
        made.__name__ = "endpoint"
        made.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
            self._signature(operation.parameters, operation.uses, operation.injected, self._body()),
            return_annotation=self._returns(),
        )
        return made

    def _returns(self) -> Any:
        operation = self.operation
        if operation.returns == "nothing":
            return inspect.Signature.empty
        type_ = {"model": Answer, "list": list[int], "optional": Answer | None}[operation.returns]
        if not operation.yields:
            return type_
        return AsyncIterator[type_] if operation.is_async else Iterator[type_]  # type: ignore[valid-type]

    def _items(self, values: dict[str, Any]) -> Iterator[Any]:
        is_text = self.operation.yields == "chunks"
        yield "first" if is_text else {"text": "first"}
        EVENTS.append("yields")
        result = self._result(values)
        yield str(result) if is_text else result
        EVENTS.append("ends")

    def options(self) -> dict[str, Any]:
        """Return what is said beside the function."""
        kinds = {
            "events": self.framework.sse.EventSourceResponse,
            "chunks": self.framework.responses.StreamingResponse,
        }
        cls = kinds.get(self.operation.yields)
        return {} if cls is None else {"response_class": cls}


def _late(framework: ModuleType) -> Any:
    class Late(framework.Response):  # type: ignore[name-defined,misc]
        """A response that fails before it starts."""

        async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
            raise Known("before the start")

    return Late()


def _stream(framework: ModuleType, *, fails: bool) -> Any:
    async def chunks() -> AsyncIterator[bytes]:
        yield b"one"
        EVENTS.append("streams")
        if fails:
            raise Known("in the middle")
        yield b"two"

    return framework.responses.StreamingResponse(chunks())


def _touch(name: str, values: dict[str, Any]) -> None:
    if "response" in values:
        values["response"].headers.append("x-touched", name)
    if "background" in values:
        values["background"].add_task(EVENTS.append, f"background of {name}")


def _shown(values: dict[str, Any]) -> str:
    return ", ".join(
        f"{name}={value!r}" if name not in ("request", "response", "background") else name
        for name, value in sorted(values.items())
    )


def build(operation: Operation, framework: ModuleType) -> Any:
    """Return an application with one operation, at ``/{thing}``.

    Args:
        operation: The operation.
        framework: What to take the names from.
    """
    program = _Program(operation, framework)
    app = getattr(framework, "Kingpost", None) or framework.FastAPI
    application = app(openapi_url=None)

    async def answer(request: Any, exc: Known) -> Any:
        EVENTS.append(f"handler reads {await request.body()!r}")
        return framework.responses.JSONResponse({"known": str(exc)}, 420)

    application.add_exception_handler(Known, answer)
    application.add_api_route(
        "/{thing}",
        program.endpoint(),
        methods=["POST"],
        dependencies=[program._depends(use) for use in operation.first],
        status_code=operation.status,
        **program.options(),
    )
    return application
