"""Addresses where there is nothing."""

import pytest
from playwright.sync_api import expect

from tests.e2e.browsing import Window
from tests.e2e.site import Site


def test_unknown_address_says_so_and_leads_home(window: Window, site: Site) -> None:
    """The page of the application is shown for any address, and says that there is none."""
    page = window.open("/no/such/page")
    expect(page.get_by_role("heading", name="There is no page here")).to_be_visible()
    expect(page).to_have_title("There is no page here · Kingpost")

    page.get_by_role("link", name="Go to the start page").click()

    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


@pytest.mark.built
def test_missing_files_and_operations_are_no_pages(site: Site) -> None:
    """A script or an operation that is not there is a 404, not the application's page."""
    with site.client() as client:
        script = client.get(f"{site.url}/assets/missing.js")
        operation = client.get("/missing", headers={"Accept": "application/json"})

    assert script.status_code == 404
    assert operation.status_code == 404
    assert "text/html" not in operation.headers["content-type"]
