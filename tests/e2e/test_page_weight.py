"""What a first visit costs."""

import gzip

import pytest
from playwright.sync_api import expect

from tests.e2e.browsing import Window

BUDGET_BYTES = 130_000


@pytest.mark.built
def test_scripts_of_the_sign_in_page_keep_their_budget(window: Window) -> None:
    """All JavaScript that the sign-in page loads, compressed, stays below the budget."""
    page = window.open("/sign-in")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    page.wait_for_load_state("networkidle")

    responses = [
        request.response() for request in window.requests if request.resource_type == "script"
    ]
    sizes = [len(gzip.compress(response.body())) for response in responses if response is not None]

    assert len(sizes) > 1
    assert sum(sizes) <= BUDGET_BYTES
