"""Code that calls the dependencies and the endpoint."""

import dataclasses
from collections.abc import Callable
from contextlib import AsyncExitStack, contextmanager
from typing import Any

from kingpost._compile import runtime
from kingpost._compile.code import CodeBuilder
from kingpost._compile.readers import Slot
from kingpost._declare.security.base import header_reader
from kingpost._declare.security.oauth2 import OAuth2PasswordRequestForm, SecurityScopes
from kingpost._http.concurrency import (
    NO_VALUE,
    DependencyConcurrency,
    GeneratorContext,
    contextmanager_in_threadpool,
    refuse_second_value,
    throw_into,
)
from kingpost._http.threads import run_in_thread
from kingpost._plan.callables import name_of
from kingpost._plan.model import CacheKey, CallKind, CallPlan, DependencyPlan, Injected, ParamPlan
from kingpost._plan.schemas import is_pure

__all__ = ["Calls", "Step"]

_DEEPEST = 8
"""Generators that are written as nested blocks; more go on an exit stack (Python allows 20)."""


@dataclasses.dataclass(slots=True)
class Step:
    """One dependency to call."""

    target: str
    """The variable that receives the value."""
    plan: CallPlan
    arguments: list[str]
    in_function: bool
    """Whether a generator ends before the response is sent."""
    checks: str | None
    """What to check of its parameters when its turn comes; see `runtime.check_params`."""
    needs: list[str]
    """The variables among its arguments that may hold nothing, because a check failed."""
    concurrency: DependencyConcurrency | None = None
    """Bounds its calls."""
    is_called: bool = True
    """False where an earlier call's value is used again, and only the parameters are checked."""


class Calls:
    """Puts the dependencies of a path operation in order, and writes the calls.

    Parameters whose validation runs code of the application are checked when the turn of their
    callable comes. If one does not fit, the callable and those that need it are left out, the
    others are still called, and the request is refused where the endpoint would have its turn.

    Args:
        code: Where to write.
        endpoint: The endpoint's plan.
        body_value: Returns the expression for a body parameter.

    Attributes:
        steps: The dependencies in the order of execution.
        slots: The parameters that they and the endpoint read outside the body.
        injected: What they and the endpoint receive because of its type.
    """

    def __init__(
        self, code: CodeBuilder, endpoint: CallPlan, body_value: Callable[[ParamPlan], str]
    ) -> None:
        self._code = code
        self._body_value = body_value
        self._cached: dict[CacheKey, str] = {}
        self._keys: set[str] = set()
        self._checks: dict[str, str] = {}
        self._uncertain: set[str] = set()
        self.steps: list[Step] = []
        self.slots: list[Slot] = []
        self.injected: set[Injected] = set()
        self._endpoint = endpoint
        self._opened: list[str] = []
        arguments, _ = self._dependencies_of(endpoint)
        self._arguments = arguments + self._own_arguments(endpoint, "", "")

    def _dependencies_of(self, plan: CallPlan) -> tuple[list[str], list[str]]:
        """Return the arguments that dependencies give, and what among them may hold nothing."""
        arguments, needs = [], []
        for dependency in plan.dependencies:
            target = self._step(dependency)
            if dependency.name is not None:
                arguments.append(f"{dependency.name}={target}")
            if target in self._uncertain:
                needs.append(target)
        return arguments, needs

    def _step(self, dependency: DependencyPlan) -> str:
        plan = dependency.plan
        in_function = dependency.scope == "function"
        arguments, needs = self._dependencies_of(plan)
        known = self._cached.get(dependency.cache_key)
        if known is not None and dependency.use_cache:
            if known in self._checks:
                checks = self._checks[known]
                step = Step(known, plan, [], in_function, checks, [], is_called=False)
                self.steps.append(step)
            return known
        target = self._code.name(dependency.name or name_of(plan.call))
        arguments += self._own_arguments(plan, f"{name_of(plan.call)}.", target)
        checks_own = self._checks.get(target)
        if needs or checks_own is not None:
            self._uncertain.add(target)
        limit = dependency.marker.concurrency
        self.steps.append(Step(target, plan, arguments, in_function, checks_own, needs, limit))
        self._cached.setdefault(dependency.cache_key, target)
        return target

    def _own_arguments(self, plan: CallPlan, prefix: str, target: str) -> list[str]:
        """Return the arguments that the request gives; `target` is "" for the endpoint."""
        if header_reader(plan.call) is not None:
            return []
        arguments = []
        checks: list[runtime.Check] = []
        for param in plan.params:
            key = self._key(prefix + param.name)
            self.slots.append((key, param))
            arguments.append(f"{param.name}=values[{key!r}]")
            if not is_pure(param.field):
                checks.append((key, (param.source.value, param.key), param.field))
        if checks:
            self._checks[target] = self._code.bind("CHECKS", tuple(checks))
        arguments += [f"{param.name}={self._body_value(param)}" for param in plan.body_params]
        for name, kind in plan.injected:
            self.injected.add(kind)
            arguments.append(f"{name}={self._injection(kind, plan)}")
        return arguments

    def _key(self, wanted: str) -> str:
        key, count = wanted, 2
        while key in self._keys:
            key = f"{wanted}#{count}"
            count += 1
        self._keys.add(key)
        return key

    def _injection(self, kind: Injected, plan: CallPlan) -> str:
        if kind is Injected.SECURITY_SCOPES:
            return f"{self._code.bind('SecurityScopes', SecurityScopes)}({list(plan.scopes)!r})"
        return {
            Injected.RESPONSE: "response",
            Injected.BACKGROUND_TASKS: "background",
        }.get(kind, "request")

    # --- writing --------------------------------------------------------------------------------

    @property
    def generators(self) -> list[Step]:
        """The dependencies that have an end of their own."""
        return [step for step in self.steps if step.is_called and step.plan.kind.is_generator]

    @property
    def needs_stack(self) -> bool:
        """Whether the ends cannot be written as nested blocks.

        A block for a dependency that outlives the response must be outside of those for
        dependencies that do not, but it is opened where the dependency's turn comes; and there is
        none that is opened under a condition.
        """
        flags = [step.in_function for step in self.generators]
        return (
            flags != sorted(flags)
            or len(flags) > _DEEPEST
            or any(step.checks or step.needs or step.concurrency for step in self.generators)
        )

    @property
    def ends_before_response(self) -> bool:
        """Whether a dependency ends before the response is sent."""
        return any(step.in_function for step in self.generators)

    @property
    def checks_late(self) -> bool:
        """Whether parameters are checked between the calls."""
        return bool(self._checks)

    def write_steps(self, *, in_function: bool | None = None) -> int:
        """Write the calls of the dependencies; return how many blocks stay open.

        Args:
            in_function: Only up to the first (False), or from the first (True), that ends before
                the response is sent; None for all of them.
        """
        opened = 0
        for step in self._chosen(in_function):
            opened += self._write_step(step)
        return opened

    def _chosen(self, in_function: bool | None) -> list[Step]:
        if in_function is None:
            return self.steps
        first = next(
            (
                index
                for index, step in enumerate(self.steps)
                if step.is_called and step.plan.kind.is_generator and step.in_function
            ),
            len(self.steps),
        )
        return self.steps[first:] if in_function else self.steps[:first]

    def _write_step(self, step: Step) -> int:
        code = self._code
        conditions = [f"{need} is not UNFIT" for need in step.needs]
        if step.checks is not None:
            code.assign("fit", self._check(step.checks))
            conditions.insert(0, "fit")
        if not step.is_called:
            return 0
        if not conditions:
            return self._write_call(step)
        code.give("UNFIT", runtime.UNFIT)
        with code.block(f"if {' and '.join(conditions)}:"):
            self._write_call(step)
        with code.block("else:"):
            code.assign(step.target, "UNFIT")
        return 0

    def _write_call(self, step: Step) -> int:
        code = self._code
        limit = ""
        if step.concurrency is not None:
            limit = code.bind("CONCURRENCY", step.concurrency)
            code.line(f"await {limit}.acquire()")
        if not step.plan.kind.is_generator:
            call = call_expression(code, step.plan, step.arguments)
            if not limit:
                code.assign(step.target, call)
                return 0
            with code.block("try:"):
                code.assign(step.target, call)
            with code.block("finally:"):
                code.line(f"{limit}.release()")
            return 0
        if self.needs_stack:
            stack = "function_stack" if step.in_function else "request_stack"
            if limit:
                code.line(f"{stack}.callback({limit}.release)")
            opening = open_expression(code, step.plan, step.arguments)
            code.assign(step.target, f"await {stack}.enter_async_context({opening})")
            return 0
        if step.plan.kind is CallKind.ASYNC_GENERATOR:
            self._open_generator(step)
        else:
            opening = open_expression(code, step.plan, step.arguments)
            code.line(f"async with {opening} as {step.target}:")
            code.enter()
            self._opened.append("")
        return 1

    def _open_generator(self, step: Step) -> None:
        """Write ``async with GeneratorContext(...)``, spelt out: a generator's part of the time."""
        code = self._code
        generator = code.name("generator")
        function = code.bind(name_of(step.plan.call), step.plan.call)
        code.assign(generator, f"{function}({', '.join(step.arguments)})")
        with code.block("try:"):
            code.assign(step.target, f"await anext({generator})")
        with code.block("except StopAsyncIteration:"):
            code.line(f"raise RuntimeError({code.bind('NO_VALUE', NO_VALUE)}) from None")
        code.line("try:")
        code.enter()
        self._opened.append(generator)

    def close_steps(self, count: int) -> None:
        """Write the ends of so many blocks, the innermost first."""
        code = self._code
        for _ in range(count):
            generator = self._opened.pop()
            code.leave()
            if not generator:
                continue
            throw = code.bind("throw_into", throw_into)
            with (
                code.block("except BaseException as exc:"),
                code.block(f"if not await {throw}({generator}, exc):"),
            ):
                code.line("raise")
            with code.block("else:"):
                with code.block("try:"):
                    code.line(f"await anext({generator})")
                with code.block("except StopAsyncIteration:"):
                    code.line("pass")
                with code.block("else:"):
                    refuse = code.bind("refuse_second_value", refuse_second_value)
                    code.line(f"await {refuse}({generator})")

    def _check(self, checks: str) -> str:
        """Return the expression that checks parameters, and tells whether they fit."""
        return (
            f"{self._code.bind('check_params', runtime.check_params)}({checks}, raw, values, unfit)"
        )

    def check_endpoint(self) -> None:
        """Write the checks of the endpoint's own parameters."""
        if "" in self._checks:
            self._code.line(self._check(self._checks[""]))

    def write_endpoint(self) -> None:
        """Write the call of the endpoint, whose value becomes ``result``."""
        # Not by its own name: the same text then serves for operations that are alike.
        self._code.give("endpoint", self._endpoint.call)
        call = call_expression(self._code, self._endpoint, self._arguments, function="endpoint")
        self._code.assign("result", call)

    def open_stack(self, name: str) -> None:
        """Write the block of an exit stack."""
        stack = self._code.bind("AsyncExitStack", AsyncExitStack)
        self._code.line(f"async with {stack}() as {name}:")
        self._code.enter()
        self._opened.append("")


def call_expression(
    code: CodeBuilder, plan: CallPlan, arguments: list[str], *, function: str = ""
) -> str:
    """Return the expression that calls a function, in a thread if it is a synchronous one.

    A generator function is called at once: nothing of it runs before its values are asked for.

    Args:
        code: Where to write.
        plan: What to call.
        arguments: The arguments, as they stand in a call.
        function: The name that it is known under; by default one like its own.
    """
    reader = header_reader(plan.call)
    if reader is not None:
        accept = code.bind(f"accept_{name_of(plan.call)}", reader.accept)
        header = code.bind("read_header", runtime.read_header)
        return f"{accept}({header}(scope, {reader.header.lower().encode('latin-1')!r}))"
    function = function or code.bind(name_of(plan.call), plan.call)
    if plan.kind is CallKind.ASYNC:
        return f"await {function}({', '.join(arguments)})"
    if plan.kind.is_generator or plan.call in _QUICK:
        return f"{function}({', '.join(arguments)})"
    run = code.bind("run_in_thread", run_in_thread)
    return f"await {run}({', '.join([function, *arguments])})"


_QUICK = frozenset({OAuth2PasswordRequestForm})
"""Synchronous callables that are known never to wait, and so need no thread."""


def open_expression(code: CodeBuilder, plan: CallPlan, arguments: list[str]) -> str:
    """Return the expression that makes a context manager of a call of a generator function."""
    if plan.kind is CallKind.ASYNC_GENERATOR:
        context = code.bind("GeneratorContext", GeneratorContext)
        return f"{context}({code.bind(name_of(plan.call), plan.call)}({', '.join(arguments)}))"
    opener = code.bind(f"open_{name_of(plan.call)}", _opener(plan))
    return f"{opener}({', '.join(arguments)})"


def _opener(plan: CallPlan) -> Callable[..., Any]:
    manager = contextmanager(plan.call)

    def open_in_thread(**arguments: Any) -> Any:
        return contextmanager_in_threadpool(manager(**arguments))

    return open_in_thread
