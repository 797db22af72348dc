"""Two observations → their differences, as text that names request, part and both values."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from tests.parity.harness.calls import Call, Difference
from tests.parity.harness.observe import Answer, Observation, Raised

ABSENT = "<absent>"
LONGEST = 600
"""Characters of one value that a report shows."""

DEFAULT_TITLES = ("Kingpost", "FastAPI")
"""The applications' default titles: ours and the peer's."""


Part = tuple[str, object, object]
"""One difference: the part of the answer, our value, the peer's."""


def compare(
    ours: Observation,
    theirs: Observation,
    calls: Sequence[Call],
    wanted: Sequence[Difference],
    *,
    messages: bool,
) -> list[str]:
    """All differences that nobody asked for, and every wanted one that did not appear, as text."""
    reports = [_report("the case", list(_compare_whole(ours, theirs)), wanted)]
    for number, (call, left, right) in enumerate(
        zip(calls, ours.answers, theirs.answers, strict=False), 1
    ):
        where = f"request {number} of {len(calls)}: {call}"
        if call.status not in (None, right.status):
            expected = f"expects {call.status}, the peer answers {right.status} {right.body!r}"
            reports.append(f"{where}\n  the case {expected}")
        found = list(_compare_answers(call, left, right, messages=messages))
        reports.append(_report(where, found, call.differences))
    return [report for report in reports if report]


def _report(where: str, found: Sequence[Part], wanted: Sequence[Difference]) -> str:
    """One block of text: the place, then every difference in it that was not declared."""
    declared = {difference.part: difference for difference in wanted}
    lines: list[str] = []
    for part, ours, theirs in found:
        difference = declared.pop(part, None)
        if difference is None or (difference.ours, difference.theirs) != (ours, theirs):
            lines.append(render(part, ours, theirs))
    lines += [f"  the declared difference in {part} did not appear" for part in declared]
    return "\n".join([where, *lines]) if lines else ""


def render(part: str, ours: object, theirs: object) -> str:
    """A difference as three lines: the part, the peer's value, ours."""
    return f"  {part}\n    fastapi : {_short(theirs)}\n    kingpost: {_short(ours)}"


def _compare_whole(ours: Observation, theirs: Observation) -> Iterator[Part]:
    if ours.refusal is not None or theirs.refusal is not None:
        yield from _compare_refusals(ours.refusal, theirs.refusal)
    # Words and number of warnings are each framework's own; filters go by the category.
    categories = _categories(ours), _categories(theirs)
    if categories[0] != categories[1]:
        yield "warnings", *categories
    if ours.log != theirs.log and _logs(ours) == _logs(theirs):
        yield "log", ours.log, theirs.log
    for pointer, left, right in json_differences(ours.openapi, theirs.openapi):
        if not (pointer == "/info/title" and (left, right) == DEFAULT_TITLES):
            yield f"openapi {pointer}", left, right


def _compare_refusals(ours: Raised | None, theirs: Raised | None) -> Iterator[Part]:
    # The text of a set-up error is our own; what catches the peer's must catch ours.
    if ours is None or theirs is None or theirs.lineage[0] not in ours.lineage:
        yield "refusal", ours, theirs


def _compare_answers(call: Call, ours: Answer, theirs: Answer, *, messages: bool) -> Iterator[Part]:
    if ours.status != theirs.status:
        yield "status", ours.status, theirs.status
    else:
        # Of answers with different status, the headers are no news.
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
    if ours.log != theirs.log and ours.status == theirs.status:
        yield "log", ours.log, theirs.log


def _compare_headers(call: Call, ours: Answer, theirs: Answer) -> Iterator[Part]:
    for name in sorted({*ours.headers, *theirs.headers}):
        if name == "content-length" and (call.view is not None or ours.body != theirs.body):
            continue
        left, right = ours.headers.get(name, ABSENT), theirs.headers.get(name, ABSENT)
        if left != right:
            yield f"header:{name}", left, right


def _compare_bodies(ours: bytes, theirs: bytes) -> Iterator[Part]:
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


def _categories(seen: Observation) -> list[str]:
    return sorted({warning.partition(":")[0] for warning in seen.warnings})


def _logs(seen: Observation) -> list[list[str]]:
    return [answer.log for answer in seen.answers]


def _short(value: object) -> str:
    text = str(value) if isinstance(value, Raised) else repr(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}... ({len(text)} characters)"
