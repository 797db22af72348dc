"""Server-sent events."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from kingpost._http.events import EventSourceResponse, ServerSentEvent, format_sse_event

lines = st.text(st.characters(exclude_characters="\r\n", exclude_categories=["Cs"]))


@given(data=st.lists(lines, min_size=1), ending=st.sampled_from(["\n", "\r\n", "\r"]))
def test_every_line_of_the_data_is_a_field(data: list[str], ending: str) -> None:
    """A client that joins the fields with line feeds has the data again (section 9.2.6)."""
    written = format_sse_event(data_str=ending.join(data)).decode()

    fields = written.removesuffix("\n\n").split("\n")
    assert [field.removeprefix("data: ") for field in fields] == data


def test_fields_have_an_order() -> None:
    """Comment, event, data, id, retry, and an empty line at the end."""
    written = format_sse_event(data_str="d", event="e", id="1", retry=5, comment="a\nb")

    assert written == b": a\n: b\nevent: e\ndata: d\nid: 1\nretry: 5\n\n"


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"data": 1, "raw_data": "x"}, "both 'data' and 'raw_data'"),
        ({"event": "a\nb"}, "'event' must be a single line"),
        ({"id": "a\rb"}, "'id' must be a single line"),
        ({"id": "a\0"}, "null"),
        ({"retry": -1}, "greater than or equal to 0"),
    ],
)
def test_what_would_break_the_stream_is_refused(fields: dict[str, object], message: str) -> None:
    """An event cannot smuggle in another one, nor say two things at once."""
    with pytest.raises(ValidationError, match=message):
        ServerSentEvent(**fields)


def test_the_response_says_what_it_is() -> None:
    """The media type is that of the standard."""
    assert EventSourceResponse.media_type == "text/event-stream"
