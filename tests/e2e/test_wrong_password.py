"""Signing in with a wrong password."""

from playwright.sync_api import expect

from tests.e2e.browsing import Window, fill_sign_in
from tests.e2e.site import Site


def test_wrong_password_is_said_and_can_be_corrected(window: Window, site: Site) -> None:
    """The page says that the e-mail or the password is wrong, and keeps the e-mail."""
    page = window.open("/sign-in")
    fill_sign_in(page, site.admin.email, "not-the-password")
    expect(page.get_by_role("alert")).to_contain_text("password is wrong")
    expect(page.get_by_label("E-mail")).to_have_value(site.admin.email)

    fill_sign_in(page, site.admin.email, site.admin.password)

    expect(page).to_have_url(f"{site.url}/items")


def test_unknown_email_gets_the_same_answer(window: Window, site: Site) -> None:
    """Nobody learns from the page whether an address has an account."""
    page = window.open("/sign-in")
    fill_sign_in(page, site.admin.email, "not-the-password")
    known = page.get_by_role("alert").inner_text()
    page.reload()
    fill_sign_in(page, "nobody@example.com", "not-the-password")

    expect(page.get_by_role("alert")).to_have_text(known)


def test_empty_form_is_not_sent(window: Window) -> None:
    """What is missing is said at its field, without a request."""
    page = window.open("/sign-in")
    page.get_by_role("button", name="Sign in").click()

    expect(page.get_by_label("E-mail")).to_have_accessible_description("Fill this in.")
    expect(page.get_by_label("Password", exact=True)).to_have_accessible_description(
        "Fill this in."
    )
    assert not [request for request in window.requests if "access-token" in request.url]
