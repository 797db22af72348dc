"""Two observations → their differences, as text that names request, part and both values."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from tests.parity.harness.calls import Call, Difference
from tests.parity.harness.observe import Answer, Observation, Raised

ABSENT = "<absent>"
LONGEST = 600
"""Characters of one value that a report shows."""

DEFAULT_TITLES = ("Kingpost", "FastAPI")
"""The applications' default titles: ours and the peer's."""


@dataclass(frozen=True)
class Found:
    """One difference: where (a call's number or the whole case), which part, both values."""

    where: str
    part: str
    ours: object
    theirs: object

    def __str__(self) -> str:
        """Three lines: the place, the peer's value, ours."""
        head = f"{self.where}: {self.part}"
        return f"{head}\n    fastapi : {_short(self.theirs)}\n    kingpost: {_short(self.ours)}"


def compare(
    ours: Observation,
    theirs: Observation,
    calls: Sequence[Call],
    wanted: Sequence[Difference],
    *,
    messages: bool,
) -> list[str]:
    """All differences that nobody asked for, and every wanted one that did not appear, as text."""
    whole = _unwanted("the case", list(_compare_whole(ours, theirs)), wanted)
    for number, (call, left, right) in enumerate(
        zip(calls, ours.answers, theirs.answers, strict=False), 1
    ):
        where = f"request {number} of {len(calls)}: {call}\n  "
        if right.status != call.status:
            whole.append(
                f"{where}: the case expects {call.status}, "
                f"the peer answers {right.status} {right.body!r}"
            )
        whole += _unwanted(
            where, list(_compare_answers(call, left, right, messages=messages)), call.differences
        )
    return whole


def _unwanted(
    where: str, found: list[tuple[str, object, object]], wanted: Sequence[Difference]
) -> list[str]:
    expected = {difference.part: difference for difference in wanted}
    report: list[str] = []
    for part, ours, theirs in found:
        difference = expected.pop(part, None)
        if difference is None or (difference.ours, difference.theirs) != (ours, theirs):
            report.append(str(Found(where, part, ours, theirs)))
    report += [f"{where}: the declared difference in {part} did not appear" for part in expected]
    return report


def _compare_whole(ours: Observation, theirs: Observation) -> Iterator[tuple[str, object, object]]:
    if ours.refusal is not None or theirs.refusal is not None:
        yield from _compare_refusals(ours.refusal, theirs.refusal)
    if Counter(ours.warnings) != Counter(theirs.warnings):
        yield "warnings", ours.warnings, theirs.warnings
    if ours.log != theirs.log:
        yield "log", ours.log, theirs.log
    for pointer, left, right in json_differences(ours.openapi, theirs.openapi):
        if not (pointer == "/info/title" and (left, right) == DEFAULT_TITLES):
            yield f"openapi {pointer}", left, right


def _compare_refusals(
    ours: Raised | None, theirs: Raised | None
) -> Iterator[tuple[str, object, object]]:
    # The text of a set-up error is our own; what catches the peer's must catch ours.
    if ours is None or theirs is None or theirs.lineage[0] not in ours.lineage:
        yield "refusal", ours, theirs


def _compare_answers(
    call: Call, ours: Answer, theirs: Answer, *, messages: bool
) -> Iterator[tuple[str, object, object]]:
    if ours.status != theirs.status:
        yield "status", ours.status, theirs.status
    yield from _compare_headers(call, ours, theirs)
    if call.view is not None:
        if call.view(ours.body) != call.view(theirs.body):
            yield "body", call.view(ours.body), call.view(theirs.body)
    elif ours.body != theirs.body:
        yield from _compare_bodies(ours.body, theirs.body)
    left = [str(r) if messages else r.lineage[0] for r in ours.raised]
    right = [str(r) if messages else r.lineage[0] for r in theirs.raised]
    if left != right:
        yield "raised", left, right
    if ours.transcript != theirs.transcript:
        yield "transcript", ours.transcript, theirs.transcript
    if ours.log != theirs.log:
        yield "log", ours.log, theirs.log


def _compare_headers(
    call: Call, ours: Answer, theirs: Answer
) -> Iterator[tuple[str, object, object]]:
    for name in sorted({*ours.headers, *theirs.headers}):
        if name == "content-length" and call.view is not None:
            continue
        left, right = ours.headers.get(name, ABSENT), theirs.headers.get(name, ABSENT)
        if left != right:
            yield f"header:{name}", left, right


def _compare_bodies(ours: bytes, theirs: bytes) -> Iterator[tuple[str, object, object]]:
    """One difference for the body; of two long JSON documents only the places that differ."""
    try:
        places = list(json_differences(json.loads(ours), json.loads(theirs)))
    except ValueError:
        places = []
    if places and len(ours) + len(theirs) > LONGEST:
        yield "body", {p: left for p, left, _ in places}, {p: right for p, _, right in places}
    else:
        yield "body", ours, theirs


def json_differences(ours: Any, theirs: Any, pointer: str = "") -> Iterator[tuple[str, Any, Any]]:
    """The places (RFC 6901 pointers) at which two JSON values differ, with both values."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        for key in sorted({*ours, *theirs}, key=str):
            step = str(key).replace("~", "~0").replace("/", "~1")
            yield from json_differences(
                ours.get(key, ABSENT), theirs.get(key, ABSENT), f"{pointer}/{step}"
            )
    elif isinstance(ours, list) and isinstance(theirs, list) and len(ours) == len(theirs):
        for index, (left, right) in enumerate(zip(ours, theirs, strict=True)):
            yield from json_differences(left, right, f"{pointer}/{index}")
    elif ours != theirs or type(ours) is not type(theirs):
        yield pointer, ours, theirs


def _short(value: object) -> str:
    text = str(value) if isinstance(value, Raised) else repr(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}... ({len(text)} characters)"
