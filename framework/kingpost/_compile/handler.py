"""RoutePlan → async handler."""

import dataclasses
from collections.abc import Iterator
from typing import Any, Protocol

from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from kingpost._compile import runtime
from kingpost._compile.body import BodyCode
from kingpost._compile.code import CodeBuilder, Text
from kingpost._compile.dependencies import Calls
from kingpost._compile.forms import FormCode, can_compile_form
from kingpost._compile.readers import read_parameters
from kingpost._compile.response import ResponseCode
from kingpost._compile.spread import can_spread
from kingpost._http.background import BackgroundTasks
from kingpost._http.errors import NO_RESPONSE, KingpostError, RequestValidationError
from kingpost._http.requests import Request
from kingpost._plan.model import CacheKey, CallPlan, Injected, ParamPlan, RoutePlan, Source
from kingpost._plan.paths import path_names
from kingpost._plan.schemas import is_pure

__all__ = ["Answer", "CompiledHandler", "Stream", "compile_handler"]


class Stream(Protocol):
    """Makes the response that sends, one by one, the items that an operation returned."""

    def __call__(
        self,
        result: Any,
        injected: Response | None = None,
        background: BackgroundTasks | None = None,
    ) -> Response:
        """Make it of the iterable, and of what the operation received to change it."""


class Answer(Protocol):
    """Answers an exception."""

    async def __call__(
        self,
        exc: Exception,
        scope: Scope,
        receive: Receive,
        send: Send,
        started: bool,
        request: Request | None = None,
    ) -> None:
        """Answer it, unless the response has been started; `request` may hold the body."""


_LOCALS = (
    "scope",
    "receive",
    "send",
    "exact",
    "answer",
    "stream",
    "handle",
    "endpoint",
    "raw",
    "values",
    "query",
    "cookies",
    "name",
    "value",
    "body",
    "form",
    "data",
    "sent",
    "fields",
    "request",
    "response",
    "background",
    "result",
    "content",
    "status",
    "headers",
    "started",
    "finished",
    "fit",
    "unfit",
    "UNFIT",
    "exc",
    "request_stack",
    "function_stack",
    "str",
    "len",
    "type",
    "map",
    "list",
    "isinstance",
    "anext",
    "BaseException",
    "Exception",
    "RecursionError",
    "RuntimeError",
    "StopAsyncIteration",
    "ValueError",
)
"""Names that the generated function uses itself."""


@dataclasses.dataclass(frozen=True, slots=True)
class CompiledHandler:
    """A generated ASGI application with its text."""

    handler: ASGIApp
    is_whole: bool
    """Whether it does the work itself, and answers its own exceptions."""
    _title: str
    _text: Text

    @property
    def source(self) -> str:
        """The generated source, below a line that says whose it is."""
        return f"# {self._title}\n{self._text}"


def compile_handler(
    plan: RoutePlan, *, exact: ASGIApp, answer: Answer, stream: Stream | None
) -> CompiledHandler:
    """Generate the handler of a path operation.

    Args:
        plan: The path operation.
        exact: Answers any request to it; takes over where the handler cannot go on.
        answer: Answers an exception that the operation raised.
        stream: Makes the response, where it is one of items that are sent one by one.
    """
    code = CodeBuilder(f"kingpost {' '.join(plan.methods)} {plan.path}", reserved=_LOCALS)
    obstacle = _obstacle(plan)
    with code.block("async def handle(scope, receive, send):"):
        if obstacle is not None:
            code.comment(f"Not compiled: {obstacle}.")
            code.line("await exact(scope, receive, send)")
        else:
            _Handler(code, plan).write()
    code.give("exact", exact)
    code.give("answer", answer)
    if stream is not None:
        code.give("stream", stream)
    handler, text = code.compile("handle")
    title = f"{plan.context.get('path')} -> {plan.context.get('function')}"
    return CompiledHandler(handler, obstacle is None, " ".join(title.split()), text)


def _obstacle(plan: RoutePlan) -> str | None:
    """Return why an operation has to take the exact path; None if it does not."""
    calls = list(plan.endpoint.walk())
    response = plan.response
    if response and response.merges_injected and any(_can_be_merged(call) for call in calls):
        return "a response that is returned is merged with the injected one"
    if plan.body is not None and plan.body.is_form and not can_compile_form(plan.body):
        return "the form has several models, or is validated by code of the application"
    if any(call.body_params for call in calls[1:]) and not _can_share(plan):
        return "a dependency reads a part of the body that another callable reads or validates"
    params = [param for call in calls for param in (*call.params, *call.body_params)]
    if any(param.is_spread and not can_spread(param) for param in params):
        return "code of the application validates a model that stands for several parameters"
    names = path_names(plan.path)
    if any(param.source is Source.PATH and param.key not in names for param in params):
        return "a parameter is in other paths than this one"
    if any(_has_choices(param) for param in params):
        return "a parameter has several names"
    return None


def _can_share(plan: RoutePlan) -> bool:
    """Tell whether a body can be validated once, at the beginning, for all who read from it.

    Nobody can tell where each of its parts has one reader, and no code of the application runs.
    """
    assert plan.body is not None  # noqa: S101 - there are body parameters
    keys = [*_keys_of_dependencies(plan.endpoint, set())]
    keys += [param.key for param in plan.endpoint.body_params]
    fields = [param.field for param in plan.body.params]
    return len(keys) == len(set(keys)) and all(map(is_pure, fields))


def _keys_of_dependencies(plan: CallPlan, known: set[CacheKey]) -> Iterator[str]:
    """Yield the body's keys that dependencies read, once for each call of one."""
    for dependency in plan.dependencies:
        yield from _keys_of_dependencies(dependency.plan, known)
        if not (dependency.use_cache and dependency.cache_key in known):
            known.add(dependency.cache_key)
            yield from (param.key for param in dependency.plan.body_params)


def _can_be_merged(call: CallPlan) -> bool:
    merged = (Injected.RESPONSE, Injected.BACKGROUND_TASKS)
    return any(kind in merged for _, kind in call.injected)


def _has_choices(param: ParamPlan) -> bool:
    alias = param.field.field_info.validation_alias
    return alias is not None and not isinstance(alias, str)


class _Handler:
    """Assembles the parts of one handler."""

    def __init__(self, code: CodeBuilder, plan: RoutePlan) -> None:
        assert plan.response is not None  # noqa: S101 - those of WebSockets have none
        self._code = code
        self._context = plan.context
        self._path = plan.path
        self._body: BodyCode | FormCode | None = None
        if plan.body is not None:
            kind = FormCode if plan.body.is_form else BodyCode
            self._body = kind(code, plan, plan.body)
        self._calls = Calls(code, plan.endpoint, self._body_value)
        self._response = ResponseCode(code, plan, plan.response, self._calls.injected)

    @property
    def _injects_request(self) -> bool:
        kinds = {Injected.REQUEST, Injected.CONNECTION, Injected.WEBSOCKET}
        return bool(self._calls.injected & kinds)

    def _body_value(self, param: ParamPlan) -> str:
        assert self._body is not None  # noqa: S101 - body parameters imply a body
        return self._body.value_of(param)

    def write(self) -> None:
        """Write the handler's body."""
        self._read()
        self._provide()
        last = "" if self._body is None else self._body.close()
        if last:
            with self._code.block("try:"):
                self._run()
            with self._code.block("finally:"):
                self._code.line(last)
        else:
            self._run()

    def _read(self) -> None:
        if self._calls.slots:
            read_parameters(self._code, _in_order(self._calls.slots), self._path)
        if self._body is not None:
            self._body.read()

    def _provide(self) -> None:
        """Write what makes the injected objects."""
        code, injected = self._code, self._calls.injected
        if self._injects_request:
            if self._body is None:
                request = code.bind("Request", Request)
                code.assign("request", f"{request}(scope, receive, send)")
            else:
                code.assign("request", self._body.request())
        if Injected.RESPONSE in injected:
            code.assign("response", f"{code.bind('new_response', runtime.new_response)}()")
        if Injected.BACKGROUND_TASKS in injected:
            code.assign("background", f"{code.bind('BackgroundTasks', BackgroundTasks)}()")

    def _run(self) -> None:
        """Write the calls, and the response between the two kinds of ends that they may have."""
        code, calls = self._code, self._calls
        code.assign("started", "False")
        if calls.checks_late:
            code.assign("unfit", "[]")
        if calls.generators:
            code.assign("finished", "False")
            code.assign("content", "exact")
        with code.block("try:"):
            if calls.needs_stack:
                calls.open_stack("request_stack")
                calls.open_stack("function_stack")
                calls.write_steps()
                self._call_endpoint()
                calls.close_steps(1)
                opened = 1
            else:
                opened = calls.write_steps(in_function=False)
                inner = calls.write_steps(in_function=True)
                self._call_endpoint()
                calls.close_steps(inner)
            if calls.ends_before_response:
                self._complain_if_swallowed("if content is exact:")
            self._response.send()
            if calls.generators:
                code.assign("finished", "True")
            calls.close_steps(opened)
            if calls.generators:
                self._complain_if_swallowed("if not finished:")
        with code.block("except Exception as exc:"):
            code.line(f"await answer(exc, scope, {self._connection()})")

    def _complain_if_swallowed(self, condition: str) -> None:
        with self._code.block(condition):
            error = self._code.bind("KingpostError", KingpostError)
            self._code.line(f"raise {error}({self._code.bind('NO_RESPONSE', NO_RESPONSE)})")

    def _call_endpoint(self) -> None:
        late = self._calls.checks_late
        self._calls.check_endpoint()
        if self._body is not None:
            self._body.check(unfit=late)
        if late:
            self._refuse_unfit()
        self._calls.write_endpoint()
        self._response.encode(is_sent_later=self._calls.ends_before_response)

    def _refuse_unfit(self) -> None:
        code = self._code
        error = code.bind("RequestValidationError", RequestValidationError)
        body = "None" if self._body is None else self._body.data
        context = code.bind("CONTEXT", self._context)
        with code.block("if unfit:"):
            code.line(f"raise {error}(unfit, body={body}, endpoint_ctx={context})")

    def _connection(self) -> str:
        """Return the last arguments of ``answer``."""
        if self._injects_request:
            return "receive, send, started, request"
        if self._body is not None:
            return self._body.connection()
        return "receive, send, started"


_ORDER = (Source.PATH, Source.QUERY, Source.HEADER, Source.COOKIE)


def _in_order(slots: list[tuple[str, ParamPlan]]) -> list[tuple[str, ParamPlan]]:
    return sorted(slots, key=lambda slot: _ORDER.index(slot[1].source))
