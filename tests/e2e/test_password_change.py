"""Changing the password."""

from playwright.sync_api import expect

from tests.e2e.browsing import NewWindow, fill_sign_in
from tests.e2e.site import Site

NEW_PASSWORD = "a-new-and-long-password"


def test_change_ends_the_other_sessions_and_keeps_this_one(
    new_window: NewWindow, site: Site
) -> None:
    """Another device is signed out; here one goes on, and signs in with the new password."""
    account = site.new_account()
    elsewhere = new_window().sign_in(account)
    page = new_window().sign_in(account, "/settings")
    page.get_by_label("Current password", exact=True).fill(account.password)
    page.get_by_label("New password", exact=True).fill(NEW_PASSWORD)
    page.get_by_role("button", name="Change password").click()
    expect(page.get_by_text("Password changed.")).to_be_visible()

    page.reload()
    expect(page.get_by_role("heading", name="Settings")).to_be_visible()
    elsewhere.reload()
    expect(elsewhere.get_by_role("heading", name="Sign in")).to_be_visible()
    fill_sign_in(elsewhere, account.email, account.password)
    expect(elsewhere.get_by_role("alert")).to_be_visible()
    fill_sign_in(elsewhere, account.email, NEW_PASSWORD)
    expect(elsewhere.get_by_role("heading", name="Items")).to_be_visible()


def test_profile_is_saved(new_window: NewWindow, site: Site) -> None:
    """A new name shows beside the navigation, and after a reload."""
    page = new_window().sign_in(site.new_account("Ada Byron"), "/settings")
    page.get_by_label("Full name").fill("Ada Lovelace")
    page.get_by_role("button", name="Save profile").click()
    expect(page.get_by_role("button", name="Account of Ada Lovelace")).to_be_visible()

    page.reload()

    expect(page.get_by_label("Full name")).to_have_value("Ada Lovelace")
