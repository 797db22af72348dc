"""Signing out."""

from playwright.sync_api import expect

from tests.e2e.browsing import Window, sign_out
from tests.e2e.site import Site


def test_sign_out_ends_the_session_in_every_tab(window: Window, site: Site) -> None:
    """One sign-out is enough for the whole browser, and a reload does not undo it."""
    account = site.new_account()
    first, second = window.sign_in(account), window.open("/settings")
    expect(second.get_by_role("heading", name="Settings")).to_be_visible()

    sign_out(first)

    for tab in (first, second):
        expect(tab.get_by_role("heading", name="Sign in")).to_be_visible()
        tab.reload()
        expect(tab.get_by_role("heading", name="Sign in")).to_be_visible()


def test_access_token_is_refused_at_once(window: Window, site: Site) -> None:
    """A token that somebody kept is worth nothing after the sign-out."""
    page = window.sign_in(site.new_account())
    expect(page.get_by_text("No items yet")).to_be_visible()
    headers = {"Authorization": f"Bearer {window.last_access_token()}"}
    with site.client() as client:
        assert client.get("/users/me", headers=headers).status_code == 200

        sign_out(page)
        expect(page.get_by_role("heading", name="Sign in")).to_be_visible()

        refused = client.get("/users/me", headers=headers)
    assert refused.status_code == 401
    assert refused.headers["WWW-Authenticate"].startswith("Bearer")


def test_sign_out_forgets_where_one_was(window: Window, site: Site) -> None:
    """The next person to sign in starts at the start, not on somebody else's page."""
    page = window.sign_in(site.new_account(), "/settings")
    sign_out(page)

    expect(page).to_have_url(f"{site.url}/sign-in")
