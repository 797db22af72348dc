import pytest
from hypothesis import given
from hypothesis import strategies as st

from kingpost._http.responses import is_body_allowed_for_status_code


@given(st.integers(min_value=100, max_value=599))
def test_few_statuses_forbid_a_body(status: int) -> None:
    """Informational answers, 204, 205 and 304 have no body; all others may."""
    expected = status >= 200 and status not in (204, 205, 304)

    assert is_body_allowed_for_status_code(status) == expected
    assert is_body_allowed_for_status_code(str(status)) == expected


@pytest.mark.parametrize("status", [None, "default", "1XX", "2XX", "3XX", "4XX", "5XX"])
def test_a_range_may_have_a_body(status: str | None) -> None:
    """Of a range or of an unknown status nothing can be said."""
    assert is_body_allowed_for_status_code(status)
