"""The administrator's list of users."""

from playwright.sync_api import Page, expect

from tests.e2e.browsing import NewWindow, Window, fill_sign_in, shown_rows
from tests.e2e.site import Account, Site


def _choose(page: Page, name: str, action: str) -> None:
    page.get_by_role("button", name=f"Actions for {name}").click()
    page.get_by_role("menuitem", name=action).click()
    page.get_by_role("alertdialog").get_by_role("button", name=action).click()


def _open_list(window: Window, site: Site, account: Account) -> Page:
    page = window.sign_in(site.admin)
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Users").click()
    page.get_by_role("searchbox", name="Search users").fill(account.email)
    expect(shown_rows(page, 1, 1, 1)).to_be_visible()
    return page


def test_administrator_finds_a_user(window: Window, site: Site) -> None:
    """The list searches names and addresses on the server."""
    account = site.new_account("Margaret Hamilton")
    page = _open_list(window, site, account)

    row = page.get_by_role("row", name="Margaret Hamilton")
    expect(row).to_contain_text(account.email)
    expect(row).to_contain_text("Active")


def test_deactivated_user_is_out_at_once_and_back_after_activation(
    new_window: NewWindow, site: Site
) -> None:
    """A deactivation ends the sessions of the account and refuses new ones, until it is undone."""
    account = site.new_account("Tony Hoare")
    theirs = new_window().sign_in(account)
    page = _open_list(new_window(), site, account)
    _choose(page, "Tony Hoare", "Deactivate")
    expect(page.get_by_role("row", name="Tony Hoare")).to_contain_text("Deactivated")

    theirs.get_by_role("link", name="Settings").click()
    theirs.reload()
    expect(theirs.get_by_role("heading", name="Sign in")).to_be_visible()
    fill_sign_in(theirs, account.email, account.password)
    expect(theirs.get_by_role("alert")).to_be_visible()

    _choose(page, "Tony Hoare", "Activate")
    expect(page.get_by_role("row", name="Tony Hoare")).to_contain_text("Active")
    fill_sign_in(theirs, account.email, account.password)
    expect(theirs.get_by_role("heading", name="Settings")).to_be_visible()


def test_promoted_user_sees_the_administration(new_window: NewWindow, site: Site) -> None:
    """A role that is given shows at the next sign-in."""
    account = site.new_account("Frances Allen")
    page = _open_list(new_window(), site, account)
    _choose(page, "Frances Allen", "Make an administrator")
    expect(page.get_by_role("row", name="Frances Allen")).to_contain_text("Administrator")

    theirs = new_window().sign_in(account, "/admin/users")

    expect(theirs.get_by_role("table", name="Users")).to_be_visible()


def test_own_account_cannot_be_changed_there(window: Window, site: Site) -> None:
    """Administrators cannot lock themselves out."""
    page = _open_list(window, site, site.admin)
    row = page.get_by_role("row", name=site.admin.email)

    expect(row).to_contain_text("(you)")
    expect(row.get_by_role("button")).to_have_count(0)


def test_user_is_kept_out_and_stays_signed_in(window: Window, site: Site) -> None:
    """A page that somebody may not see says so, and does not sign them out."""
    page = window.sign_in(site.new_account())
    page.goto(f"{site.url}/admin/users")
    expect(page.get_by_text("This page is for administrators.")).to_be_visible()
    # The error that the page shows is also written to the console, by React.
    window.complaints.clear()

    page.get_by_role("navigation", name="Main").get_by_role("link", name="Items").click()

    expect(page.get_by_text("No items yet")).to_be_visible()
