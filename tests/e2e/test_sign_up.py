"""Opening an account."""

import secrets

from playwright.sync_api import Page, expect

from tests.e2e.browsing import Window, fill_sign_in, sign_out
from tests.e2e.site import PASSWORD, Site


def _fill(page: Page, full_name: str, email: str, password: str) -> None:
    page.get_by_label("Full name").fill(full_name)
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Create account").click()


def test_new_account_is_signed_in_and_can_sign_in_again(window: Window, site: Site) -> None:
    """From the sign-in page to an account of one's own, out and in again."""
    email = f"new-{secrets.token_hex(6)}@example.com"
    page = window.open("/sign-in")
    page.get_by_role("link", name="Create an account").click()
    _fill(page, "Radia Perlman", email, PASSWORD)
    expect(page.get_by_text("No items yet")).to_be_visible()
    expect(page.get_by_role("button", name="Account of Radia Perlman")).to_be_visible()

    sign_out(page)
    fill_sign_in(page, email, PASSWORD)

    expect(page).to_have_url(f"{site.url}/items")


def test_short_password_is_refused_at_its_field(window: Window) -> None:
    """The rules of the API stand in the form."""
    page = window.open("/sign-up")
    _fill(page, "Radia Perlman", "radia@example.com", "short")

    expect(page.get_by_label("Password", exact=True)).to_have_accessible_description(
        "Use at least 12 characters."
    )
