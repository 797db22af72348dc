"""The harness itself: it must see every kind of difference, and accept only declared ones.

The declarations below are deliberately different on the two sides: `SIDE` tells which of
the two copies a module is.
"""

import warnings
from pathlib import Path

import pytest

from kingpost import Kingpost, Response, WebSocket
from tests.parity.harness import (
    Call,
    Log,
    case,
    differs,
    get,
    peer_of,
    receive,
    refused,
    same,
    websocket,
)
from tests.parity.harness.calls import Difference
from tests.parity.harness.copies import PEER, SUFFIXES, for_peer

SIDE = "theirs" if __name__.endswith(SUFFIXES[PEER]) else "ours"

CALLS = (get("/"), get("/missing", 404))


@case(*CALLS, messages=False)
def builds_equal_applications() -> Kingpost:
    """No difference at all."""
    app = Kingpost()

    @app.get("/")
    def read() -> str:
        return "x"

    return app


@case(*CALLS)
def differs_in_body() -> Kingpost:
    """Another text on each side, of the same length in part."""
    app = Kingpost()

    @app.get("/")
    def read() -> str:
        return SIDE

    return app


@case(*CALLS)
def differs_in_status() -> Kingpost:
    """Another status on each side."""
    app = Kingpost()

    @app.get("/", status_code=200 if SIDE == "theirs" else 201)
    def read() -> str:
        return "x"

    return app


@case(*CALLS)
def differs_in_header() -> Kingpost:
    """A header twice on one side, once on the other."""
    app = Kingpost()

    @app.get("/")
    def read(response: Response) -> str:
        for _ in range(1 if SIDE == "ours" else 2):
            response.headers.append("x-side", "same")
        return "x"

    return app


@case(get("/", 500), get("/missing", 404), one_sided="both fail")
def differs_in_exception() -> Kingpost:
    """Another text of the exception that leaves the application."""
    app = Kingpost()

    @app.get("/")
    def read() -> str:
        raise ValueError(SIDE)

    return app


@case(*CALLS)
def differs_in_warning() -> Kingpost:
    """A warning on one side only."""
    if SIDE == "ours":
        warnings.warn("only here", UserWarning, stacklevel=1)
    return plain_application()


@case(*CALLS)
def differs_in_log(log: Log) -> Kingpost:
    """Another event on each side."""
    log.append(SIDE)
    return plain_application()


@case(*CALLS)
def differs_in_document() -> Kingpost:
    """Another summary in the document."""
    app = Kingpost()

    @app.get("/", summary=SIDE)
    def read() -> str:
        return "x"

    return app


@case(websocket("/ws", receive()), get("/missing", 404))
def differs_in_conversation() -> Kingpost:
    """Another message on the socket."""
    app = Kingpost()

    @app.websocket("/ws")
    async def talk(socket: WebSocket) -> None:
        await socket.accept()
        await socket.send_text(SIDE)

    return app


@refused(AssertionError)
def is_refused_on_one_side() -> Kingpost:
    """Only the peer refuses."""
    if SIDE == "theirs":
        raise AssertionError("no")
    return Kingpost()


@refused(AssertionError)
def is_refused_with_an_unrelated_class() -> Kingpost:
    """Ours cannot be caught as the peer's."""
    raise AssertionError("no") if SIDE == "theirs" else ValueError("no")


@refused(AssertionError)
def is_not_refused() -> Kingpost:
    """Nobody refuses."""
    return Kingpost()


@same
def is_another_value() -> object:
    """Another value on each side."""
    return SIDE


@case(*CALLS)
def is_refused_by_both() -> Kingpost:
    """An accident on both sides, equal as it is, is no pass."""
    raise ValueError("equal")


@case(get("/typo"), get("/missing", 404))
def expects_another_status() -> Kingpost:
    """Two equal answers that the case did not expect."""
    return plain_application()


@case(get("/"))
def has_no_failing_request() -> Kingpost:
    """Only a success."""
    return plain_application()


@case(differs(get("/"), "body", reason="on purpose", ours=b'"ours"', theirs=b'"wrong"'), CALLS[1])
def declares_another_difference() -> Kingpost:
    """The declared difference is not the one that appears."""
    app = Kingpost()

    @app.get("/")
    def read() -> str:
        return SIDE

    return app


@case(differs(get("/"), "body", reason="on purpose", ours=b"1", theirs=b"2"), CALLS[1])
def declares_a_difference_that_does_not_appear() -> Kingpost:
    """The sides agree."""
    return plain_application()


def plain_application() -> Kingpost:
    """An application with one operation."""
    app = Kingpost()

    @app.get("/")
    def read() -> str:
        return "x"

    return app


@pytest.mark.parametrize(
    ("declaration", "expected"),
    [
        (differs_in_body, "body"),
        (differs_in_status, "status"),
        (differs_in_header, "header:x-side"),
        (differs_in_exception, "raised"),
        (differs_in_warning, "warnings"),
        (differs_in_log, "log"),
        (differs_in_document, "openapi /paths/~1/get/summary"),
        (differs_in_conversation, "transcript"),
        (is_refused_on_one_side, "refusal"),
        (is_refused_with_an_unrelated_class, "refusal"),
        (is_not_refused, "expects AssertionError from the peer"),
        (is_refused_by_both, "the peer refuses the case"),
        (expects_another_status, "the case expects 200, the peer answers 404"),
        (has_no_failing_request, "no request succeeds, or none fails"),
        (declares_another_difference, "body"),
        (declares_a_difference_that_does_not_appear, "declared difference in body did not appear"),
    ],
)
def test_difference_is_reported(declaration: object, expected: str) -> None:
    """Every kind of difference fails its case and is named in the report."""
    assert callable(declaration)

    with pytest.raises(pytest.fail.Exception) as failure:
        declaration()

    assert expected in str(failure.value)


def test_report_names_request_and_both_values() -> None:
    """A report can be read without the code at hand."""
    with pytest.raises(pytest.fail.Exception) as failure:
        differs_in_body()

    report = str(failure.value)

    assert report.startswith("request 1 of 2: GET /\n  body\n")
    assert "fastapi : b'\"theirs\"'" in report
    assert "kingpost: b'\"ours\"'" in report


def test_values_are_compared() -> None:
    """`same` compares what two functions return."""
    with pytest.raises(pytest.fail.Exception, match="theirs"):
        is_another_value()


def test_equal_applications_pass() -> None:
    """Without differences a case passes."""
    builds_equal_applications()


@case(
    differs(get("/"), "body", reason="the sides are told apart", ours=b'"ours"', theirs=b'"thei"'),
    get("/missing", 404),
)
def test_declared_difference_passes() -> Kingpost:
    """A difference declared with both values is accepted."""
    app = Kingpost()

    @app.get("/")
    def read() -> str:
        return SIDE[:4]

    return app


@case(
    get("/"),
    get("/missing", 404),
    wanted=[Difference("warnings", "on purpose", ours=["UserWarning"], theirs=[])],
)
def test_declared_difference_of_the_whole_case_passes() -> Kingpost:
    """So is one of the whole case."""
    if SIDE == "ours":
        warnings.warn("only here", UserWarning, stacklevel=1)
    return plain_application()


def test_copy_keeps_line_numbers_and_names() -> None:
    """The peer's copy is at the same place of the same file, on the peer's classes."""
    copy = peer_of(plain_application)

    assert copy is not plain_application
    assert copy.__code__.co_filename == plain_application.__code__.co_filename
    assert copy.__code__.co_firstlineno == plain_application.__code__.co_firstlineno
    assert [kind.__module__.split(".")[0] for kind in type(copy()).__mro__[:1]] == ["fastapi"]


def test_import_that_cannot_be_mapped_is_refused() -> None:
    """`import kingpost` in a case is an error, not a silent comparison of ours with ours."""
    with pytest.raises(ValueError, match="Line 2: write `from kingpost import"):
        for_peer("import os\nimport kingpost.routing\n", "<case>")


def test_calls_print_as_requests() -> None:
    """A call in a report shows what was sent."""
    call: Call = get("/a", headers={"x": "1"})

    assert str(call) == "GET /a  {'headers': {'x': '1'}}"


def test_no_case_imports_the_peer() -> None:
    """The cases name our framework only; the harness alone knows the peer."""
    cases = [path for path in Path(__file__).parent.glob("test_*.py") if path != Path(__file__)]

    offenders = [p.name for p in cases if "import fastapi" in p.read_text("utf-8")]

    assert cases
    assert offenders == []
