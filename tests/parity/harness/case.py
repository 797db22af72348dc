"""The decorators that turn a declaration into a test."""

import inspect
from collections.abc import Callable, Sequence
from typing import Any, cast

import pytest

from tests.parity.harness.calls import Call, Difference, Log
from tests.parity.harness.compare import compare, render
from tests.parity.harness.copies import OURS, PEER, copy_of, neutral
from tests.parity.harness.observe import Application, Observation, Raised, observe

Test = Callable[[], None]
Build = Callable[..., Any]


def case(
    *calls: Call,
    lifespan: bool = False,
    client: dict[str, Any] | None = None,
    messages: bool = True,
    wanted: Sequence[Difference] = (),
    one_sided: str | None = None,
    starts: bool = True,
) -> Callable[[Build], Test]:
    """Make a test of a function that builds an application, optionally taking a `Log`.

    Args:
        calls: the requests, sent in order through one client.
        lifespan: run start-up before and shutdown after them.
        client: further arguments of the test client.
        messages: compare the texts of exceptions raised by the server; False where each framework
            words them itself.
        wanted: differences of the whole case (`openapi <pointer>`, `warnings`, `log`).
        one_sided: the reason why no request can fail, or none can succeed.
        starts: False where the start-up or the shutdown is to fail.

    """

    def decorate(build: Build) -> Test:
        def run() -> None:
            ours, theirs = both(build, calls, lifespan=lifespan, client=client or {})
            problems = compare(ours, theirs, calls, wanted, messages=messages)
            problems += _unexpected_refusal(theirs, starts) or _unbalanced(theirs, one_sided)
            if problems:
                pytest.fail("\n".join(problems), pytrace=False)

        return _as_test(run, build)

    return decorate


def refused(kind: type[Exception], *, worded: bool = True) -> Callable[[Build], Test]:
    """Make a test of a declaration that the peer refuses with `kind`, we with it or a subclass.

    Our text holds the peer's, which applications look for; False in `worded` where it does not.
    """

    def decorate(build: Build) -> Test:
        def run() -> None:
            ours, theirs = both(build, (), lifespan=False, client={})
            problems = compare(ours, theirs, (), (), messages=False)
            if theirs.refusal is None or theirs.refusal.lineage[0] != neutral(kind.__name__):
                problems.append(
                    f"the case expects {kind.__name__} from the peer, not {theirs.refusal}"
                )
            problems += _unworded(ours.refusal, theirs.refusal) if worded else []
            if problems:
                pytest.fail("\n".join(problems), pytrace=False)

        return _as_test(run, build)

    return decorate


def _unworded(ours: Raised | None, theirs: Raised | None) -> list[str]:
    if ours is None or theirs is None or theirs.text.rstrip(".") in ours.text:
        return []
    return [f"our text does not hold the peer's:\n  {ours.text}\n  {theirs.text}"]


def same(function: Callable[[], object]) -> Test:
    """Make a test of a function whose value must have the same `repr` on both sides."""

    def run() -> None:
        ours, theirs = (_copy(function, side)() for side in (OURS, PEER))
        if neutral(repr(ours)) != neutral(repr(theirs)):
            pytest.fail(render("the value", ours, theirs), pytrace=False)

    return _as_test(run, function)


def both(
    build: Build, calls: Sequence[Call], *, lifespan: bool, client: dict[str, Any]
) -> tuple[Observation, Observation]:
    """Observe our side and the peer's."""
    ours, theirs = (
        observe(_with_log(_copy(build, side)), calls, side, lifespan=lifespan, client=client)
        for side in (OURS, PEER)
    )
    return ours, theirs


def _with_log(build: Build) -> Callable[[Log], Application]:
    if inspect.signature(build).parameters:
        return cast(Callable[[Log], Application], build)
    return lambda _: cast(Application, build())


def _copy(build: Build, package: str) -> Build:
    module = inspect.getmodule(build)
    if module is None:
        msg = f"{build.__qualname__} belongs to no module that could be loaded again."
        raise LookupError(msg)
    return cast(Build, vars(copy_of(module, package))[build.__name__].declaration)


def _unexpected_refusal(theirs: Observation, starts: bool) -> list[str]:
    if starts is (theirs.refusal is None):
        return []
    return [
        f"the peer refuses the case: {theirs.refusal}" if starts else "the peer starts and stops"
    ]


def _unbalanced(theirs: Observation, one_sided: str | None) -> list[str]:
    failed = [bool(a.raised) or a.status >= 400 for a in theirs.answers]
    balanced = any(failed) and not all(failed)
    if one_sided is None and not balanced:
        return ["no request succeeds, or none fails: add one, or say why not (`one_sided`)"]
    if one_sided is not None and balanced:
        return ["the case says that it is one-sided, but it has requests of both kinds"]
    return []


def _as_test(run: Test, build: Build) -> Test:
    run.__name__ = build.__name__
    run.__qualname__ = build.__qualname__
    run.__doc__ = build.__doc__
    run.__module__ = build.__module__
    # pytest reports the declaration's place; a copy's is found behind its test.
    vars(run).update(place_as=build, declaration=build)
    return run
