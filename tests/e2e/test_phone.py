"""The product on a phone."""

import pytest
from playwright.sync_api import expect

from tests.e2e.browsing import NewWindow
from tests.e2e.site import Site

LONG = "A very long title that no phone shows in one line, with Donaudampfschifffahrtsgesellschaft"


def test_navigation_is_in_a_drawer(new_window: NewWindow, site: Site) -> None:
    """The button opens it, a choice closes it, and Escape does too."""
    page = new_window(width=390, height=844).sign_in(site.new_account())
    page.get_by_role("button", name="Open the navigation").tap()
    drawer = page.get_by_role("dialog", name="Navigation")
    drawer.get_by_role("link", name="Settings").tap()
    expect(page.get_by_role("heading", name="Settings")).to_be_visible()
    expect(drawer).to_have_count(0)

    page.get_by_role("button", name="Open the navigation").tap()
    page.keyboard.press("Escape")
    expect(drawer).to_have_count(0)
    expect(page.get_by_role("button", name="Open the navigation")).to_be_focused()


@pytest.mark.parametrize("path", ["/items", "/settings", "/admin/users"])
def test_no_page_is_wider_than_the_screen(new_window: NewWindow, site: Site, path: str) -> None:
    """Nothing has to be scrolled sideways."""
    site.add_items(site.admin, LONG)
    page = new_window(width=390, height=844).sign_in(site.admin, path)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    if path != "/settings":
        expect(page.get_by_role("table")).to_be_visible()

    assert page.evaluate("document.documentElement.scrollWidth") <= 390
