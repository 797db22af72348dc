"""Too many tries: said in the page, with the time to wait."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.e2e.browsing import Window, fill_sign_in
from tests.e2e.site import Site, running_site


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Run the product with limits that are soon reached."""
    with running_site(
        tmp_path_factory.mktemp("limits"),
        LIMIT_SIGN_IN_PER_ACCOUNT="2 per 15 minutes",
        LIMIT_SIGN_UP_PER_ADDRESS="1 per hour",
    ) as running:
        yield running


def test_sign_in(window: Window, site: Site) -> None:
    """The third try is refused with the time to wait; other accounts can sign in meanwhile."""
    page = window.open("/sign-in")
    for _ in range(2):
        fill_sign_in(page, "ada@example.com", "not-the-password")
        expect(page.get_by_role("alert")).to_contain_text("password is wrong")
    fill_sign_in(page, "ada@example.com", "not-the-password")

    alert = page.get_by_role("alert")
    expect(alert).to_have_text(re.compile(r"Too many tries; try again in 1[45] minutes\."))
    expect(page.get_by_label("E-mail")).to_have_value("ada@example.com")
    fill_sign_in(page, site.admin.email, site.admin.password)
    expect(page.get_by_role("heading", name="Items")).to_be_visible()


def test_sign_up(window: Window, site: Site) -> None:
    """The second account from one address in a short time has to wait."""
    site.new_account()
    page = window.open("/sign-up")
    page.get_by_label("Full name").fill("Grace Hopper")
    page.get_by_label("E-mail").fill("grace@example.com")
    page.get_by_label("Password", exact=True).fill("a-long-enough-password")
    page.get_by_role("button", name="Create account").click()

    expect(page.get_by_role("alert")).to_have_text(
        re.compile(r"Too many tries; try again in \d+ minutes\.")
    )
