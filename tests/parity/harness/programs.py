"""Programs as text: for declarations that a generator writes, not a person."""

from collections.abc import Callable, Sequence
from typing import Any

from tests.parity.harness.calls import Call
from tests.parity.harness.case import Build
from tests.parity.harness.compare import compare
from tests.parity.harness.copies import OURS, PEER, for_peer
from tests.parity.harness.observe import Answer, Observation, observe

FILENAME = "<program>"


Known = Callable[[Answer, Answer], bool]
"""Whether two answers, ours and the peer's, differ in a way that is wanted."""


def compare_program(source: str, calls: Sequence[Call], known: Known | None = None) -> Observation:
    """Run a program on both frameworks and send it the calls; what the peer answered.

    Args:
        source: a module that imports `kingpost` and defines `build(log)`.
        calls: the requests.
        known: leaves out the answers that differ on purpose.

    Raises:
        AssertionError: with the program and every difference, when there is one.

    """
    ours = observe(_build(source, peer=False), calls, OURS, lifespan=False, client={})
    theirs = observe(_build(source, peer=True), calls, PEER, lifespan=False, client={})
    for seen in (ours, theirs):
        # Each answer has its own share of it; the whole would bring back what is left out.
        seen.log = []
    pairs = list(zip(calls, ours.answers, theirs.answers, strict=False))
    kept = [pair for pair in pairs if known is None or not known(*pair[1:])]
    ours.answers, theirs.answers = [left for _, left, _ in kept], [right for *_, right in kept]
    problems = compare(ours, theirs, [call for call, *_ in kept], (), messages=False)
    if problems:
        raise AssertionError("\n".join(["", source, *problems]))
    return theirs


def _build(source: str, *, peer: bool) -> Build:
    tree: Any = for_peer(source, FILENAME) if peer else source
    names: dict[str, Any] = {"__name__": "program"}
    exec(compile(tree, FILENAME, "exec", dont_inherit=True), names)  # noqa: S102 - generated here
    build: Build = names["build"]
    return build
