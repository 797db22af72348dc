"""Signing in, and staying signed in."""

import pytest
from playwright.sync_api import expect

from tests.e2e.browsing import Window, fill_sign_in
from tests.e2e.site import Site


def test_sign_in_leads_to_the_items(window: Window, site: Site) -> None:
    """The first page of a new visitor is the sign-in, and after it come the items."""
    page = window.open("/")
    expect(page).to_have_url(f"{site.url}/sign-in?redirect=%2Fitems")
    expect(page).to_have_title("Sign in · Kingpost")

    fill_sign_in(page, site.admin.email, site.admin.password)

    expect(page).to_have_url(f"{site.url}/items")
    expect(page.get_by_role("heading", name="Items")).to_be_visible()


def test_first_visit_asks_nothing(window: Window) -> None:
    """A new visitor sees the sign-in without a request to the API, and so without a refusal."""
    page = window.open("/")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    page.wait_for_load_state("networkidle")

    assert [request.url for request in window.requests if "/api/" in request.url] == []


def test_email_is_taken_without_regard_to_case(window: Window, site: Site) -> None:
    """An address is the same in capitals."""
    page = window.open("/sign-in")
    fill_sign_in(page, site.admin.email.upper(), site.admin.password)

    expect(page).to_have_url(f"{site.url}/items")


def test_reload_stays_signed_in(window: Window, site: Site) -> None:
    """The refresh cookie signs the person in again; a deep link is kept."""
    page = window.sign_in(site.new_account(), "/settings")
    page.reload()

    expect(page.get_by_role("heading", name="Settings")).to_be_visible()
    expect(page).to_have_url(f"{site.url}/settings")


@pytest.mark.built
def test_no_script_can_read_a_token(window: Window, site: Site) -> None:
    """The access token is in no storage, and the refresh token in a cookie for the server alone."""
    page = window.sign_in(site.new_account())
    readable = page.evaluate(
        "JSON.stringify([document.cookie, {...localStorage}, {...sessionStorage}])"
    )
    cookies = {
        cookie["name"]: cookie for cookie in window.context.cookies(f"{site.url}/api/v1/login")
    }

    assert window.last_access_token() not in readable
    assert page.evaluate("document.cookie") == "kingpost_signed_in=1"
    assert cookies["kingpost_refresh"]["httpOnly"]
    assert cookies["kingpost_refresh"]["secure"]
    assert cookies["kingpost_refresh"]["sameSite"] == "Lax"


def test_sign_in_leads_back_to_where_one_was_going(window: Window, site: Site) -> None:
    """A link to a page behind the sign-in leads there in the end, with its search."""
    account = site.new_account()
    site.add_items(account, "Oak beam", "Ash wedge")
    page = window.sign_in(account, "/items?search=oak")

    expect(page).to_have_url(f"{site.url}/items?search=oak")
    expect(page.get_by_role("button", name="Oak beam", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Ash wedge", exact=True)).to_have_count(0)
