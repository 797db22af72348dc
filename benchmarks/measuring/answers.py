"""Equal answers first: a figure counts only between applications that do the same work.

Every stack gives the expected status and type, and the same content; Kingpost and FastAPI the same
bytes and the same headers.
"""

import json
from collections.abc import Iterator, Mapping

from benchmarks.measuring.calls import Answer
from benchmarks.workloads import SAME, Workload

# What the server adds, and changes by the second.
OF_SERVER = {"date", "server"}


class UnequalAnswersError(Exception):
    """Applications that should do the same do not; nothing is measured."""


def check(workload: Workload, answers: Mapping[str, Answer]) -> None:
    """Compare the answers of every stack that was asked.

    Raises `UnequalAnswersError`, which names each difference.
    """
    problems = [
        problem for stack, answer in answers.items() for problem in _of_one(workload, stack, answer)
    ]
    if not problems:
        problems = [*_contents(answers), *_same(answers)]
    if problems:
        raise UnequalAnswersError(f"{workload.name}: " + "; ".join(problems))


def _of_one(workload: Workload, stack: str, answer: Answer) -> Iterator[str]:
    if answer.status != workload.status:
        yield f"{stack} answers {answer.status} instead of {workload.status}: {answer.body[:200]!r}"
    media_type = answer.header("content-type").partition(";")[0]
    if media_type != workload.media_type:
        yield f"{stack} answers with {media_type!r} instead of {workload.media_type!r}"
    length = answer.header("content-length")
    if length and int(length) != len(answer.body):
        yield f"{stack} announces {length} bytes and sends {len(answer.body)}"


def _contents(answers: Mapping[str, Answer]) -> Iterator[str]:
    contents = {stack: _content(answer.body) for stack, answer in answers.items()}
    expected = next(iter(contents.values()), None)
    for stack, content in contents.items():
        if content != expected:
            yield f"{stack} answers with another content: {answers[stack].body[:200]!r}"


def _same(answers: Mapping[str, Answer]) -> Iterator[str]:
    ours, theirs = (answers.get(stack) for stack in SAME)
    if ours is None or theirs is None:
        return
    if ours.body != theirs.body:
        yield f"{' and '.join(SAME)} differ in bytes: {ours.body[:200]!r}, {theirs.body[:200]!r}"
    if _headers(ours) != _headers(theirs):
        yield f"{' and '.join(SAME)} differ in headers: {_headers(ours)}, {_headers(theirs)}"


def _headers(answer: Answer) -> list[tuple[bytes, bytes]]:
    named = [(name.lower(), value) for name, value in answer.headers]
    return sorted(pair for pair in named if pair[0].decode("latin-1") not in OF_SERVER)


def _content(body: bytes) -> list[object]:
    """Read JSON, or a JSON document a line; how it is spaced is each stack's own affair."""
    return [json.loads(line) for line in body.splitlines() if line]
