"""The API's own pages."""

import pytest
from playwright.sync_api import expect

from tests.e2e.browsing import Window
from tests.e2e.site import Site


def test_swagger_ui_shows_the_operations(window: Window) -> None:
    """Swagger UI comes from this machine alone, within its content security policy."""
    page = window.open("/docs")

    expect(page.get_by_text("/api/v1/items/{item_id}").first).to_be_visible()


def test_swagger_ui_signs_in_and_calls_an_operation(window: Window, site: Site) -> None:
    """The password flow of the documentation gets a token that the operations take."""
    account = site.new_account()
    page = window.open("/docs")
    page.get_by_role("button", name="Authorize").click()
    page.get_by_label("username:").fill(account.email)
    page.get_by_label("password:").fill(account.password)
    page.get_by_role("button", name="Apply given OAuth2 credentials").click()
    expect(page.get_by_role("button", name="Remove authorization")).to_be_visible()
    page.locator(".dialog-ux").get_by_role("button", name="Close", exact=True).click()
    page.locator("#operations-users-users-read-me").get_by_role("button").first.click()
    page.get_by_role("button", name="Try it out").click()
    page.get_by_role("button", name="Execute").click()

    expect(page.locator(".live-responses-table")).to_contain_text(account.email)


def test_redoc_shows_the_operations(window: Window) -> None:
    """ReDoc comes from this machine alone, within its content security policy."""
    page = window.open("/redoc")

    expect(page.get_by_text("/api/v1/items/{item_id}").first).to_be_attached()


@pytest.mark.built
def test_start_page_loads_nothing_from_elsewhere(window: Window) -> None:
    """The product's first page asks no other machine for anything, fonts included."""
    page = window.open("/")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    page.wait_for_load_state("networkidle")

    kinds = {request.resource_type for request in window.requests}
    assert {"document", "script", "stylesheet", "font"} <= kinds
