"""Programs as text: for declarations that a generator writes, not a person."""

from collections.abc import Sequence
from typing import Any

from tests.parity.harness.calls import Call
from tests.parity.harness.case import Build
from tests.parity.harness.compare import compare
from tests.parity.harness.copies import OURS, PEER, for_peer
from tests.parity.harness.observe import Observation, observe

FILENAME = "<program>"


def compare_program(source: str, calls: Sequence[Call]) -> Observation:
    """Run a program on both frameworks and send it the calls; what the peer answered.

    Args:
        source: a module that imports `kingpost` and defines `build(log)`.
        calls: the requests.

    Raises:
        AssertionError: with the program and every difference, when there is one.

    """
    ours = observe(_build(source, peer=False), calls, OURS, lifespan=False, client={})
    theirs = observe(_build(source, peer=True), calls, PEER, lifespan=False, client={})
    problems = compare(ours, theirs, calls, (), messages=False)
    if problems:
        raise AssertionError("\n".join(["", source, *problems]))
    return theirs


def _build(source: str, *, peer: bool) -> Build:
    tree: Any = for_peer(source, FILENAME) if peer else source
    names: dict[str, Any] = {"__name__": "program"}
    exec(compile(tree, FILENAME, "exec", dont_inherit=True), names)  # noqa: S102 - generated here
    build: Build = names["build"]
    return build
