"""What the server refuses stands at its field."""

import re

from playwright.sync_api import expect

from tests.e2e.browsing import Window
from tests.e2e.site import PASSWORD, Site


def test_taken_email_is_said_at_the_email(window: Window, site: Site) -> None:
    """A second account for one address is refused where the address stands."""
    page = window.open("/sign-up")
    page.get_by_label("Full name").fill("Ada")
    page.get_by_label("E-mail").fill(site.admin.email.title())
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Create account").click()

    email = page.get_by_label("E-mail")
    expect(email).to_have_accessible_description(re.compile("account|taken|address", re.IGNORECASE))
    expect(email).to_be_focused()
    expect(page.get_by_role("alert")).to_have_count(0)


def test_value_that_only_the_server_refuses_is_said_at_its_field(
    window: Window, site: Site
) -> None:
    """A 422 names the value, and the form shows its message there."""
    page = window.sign_in(site.new_account())
    page.get_by_role("button", name="New item").click()
    title = page.get_by_role("dialog").get_by_label("Title")
    # Blanks are a title for the form's rule, and none for the API's.
    title.fill("   ")
    page.get_by_role("button", name="Create item").click()

    expect(title).to_have_attribute("aria-invalid", "true")
    expect(title).to_have_accessible_description(re.compile(r"\w+"))
    expect(page.get_by_role("dialog")).to_be_visible()


def test_wrong_current_password_is_said_at_its_field(window: Window, site: Site) -> None:
    """A refusal that names a field shows at that field, and the person stays signed in."""
    page = window.sign_in(site.new_account(), "/settings")
    page.get_by_label("Current password", exact=True).fill("not-the-password")
    page.get_by_label("New password", exact=True).fill("another-long-password")
    page.get_by_role("button", name="Change password").click()

    current = page.get_by_label("Current password", exact=True)
    expect(current).to_have_accessible_description(re.compile("password", re.IGNORECASE))
    expect(page.get_by_role("heading", name="Settings")).to_be_visible()
