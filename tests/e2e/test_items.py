"""Creating, editing and deleting an item, and finding one among many."""

from playwright.sync_api import Page, expect

from tests.e2e.browsing import Window, shown_rows
from tests.e2e.site import Site


def _titles(page: Page) -> list[str]:
    rows = page.get_by_role("table", name="Items").locator("tbody tr")
    return [row.get_by_role("button").first.inner_text() for row in rows.all()]


def test_create_edit_and_delete_an_item(window: Window, site: Site) -> None:
    """The whole life of an item."""
    page = window.sign_in(site.new_account())
    page.get_by_role("button", name="Create the first item").click()
    dialog = page.get_by_role("dialog", name="New item")
    dialog.get_by_label("Title").fill("Sharpen the chisels")
    dialog.get_by_label("Description").fill("The narrow ones first.")
    dialog.get_by_role("button", name="Create item").click()
    expect(page.get_by_text("Item created.")).to_be_visible()
    expect(page.get_by_text("The narrow ones first.")).to_be_visible()

    page.get_by_role("button", name="Actions for Sharpen the chisels").click()
    page.get_by_role("menuitem", name="Edit").click()
    dialog = page.get_by_role("dialog", name="Edit item")
    expect(dialog.get_by_label("Description")).to_have_value("The narrow ones first.")
    dialog.get_by_label("Title").fill("Sharpen all the chisels")
    dialog.get_by_label("Description").fill("")
    dialog.get_by_role("button", name="Save item").click()
    expect(page.get_by_text("Item saved.")).to_be_visible()
    expect(page.get_by_text("The narrow ones first.")).to_have_count(0)

    page.get_by_role("button", name="Actions for Sharpen all the chisels").click()
    page.get_by_role("menuitem", name="Delete").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Delete item").click()
    expect(page.get_by_text("Item deleted.")).to_be_visible()
    expect(page.get_by_text("No items yet")).to_be_visible()


def test_cancelled_deletion_keeps_the_item(window: Window, site: Site) -> None:
    """The question before a deletion has a harmless answer, and it has the focus."""
    account = site.new_account()
    site.add_items(account, "Keep me")
    page = window.sign_in(account)
    page.get_by_role("button", name="Actions for Keep me").click()
    page.get_by_role("menuitem", name="Delete").click()
    expect(page.get_by_role("button", name="Cancel")).to_be_focused()
    page.keyboard.press("Enter")
    page.reload()

    expect(page.get_by_role("button", name="Keep me", exact=True)).to_be_visible()


def test_items_of_others_are_not_listed(window: Window, site: Site) -> None:
    """Everyone sees their own items alone."""
    site.add_items(site.new_account(), "Someone else's")
    page = window.sign_in(site.new_account())

    expect(page.get_by_text("No items yet")).to_be_visible()


def test_pages_order_and_search_stand_in_the_address(window: Window, site: Site) -> None:
    """The server pages, sorts and searches; the browser's back button undoes each step."""
    account = site.new_account()
    site.add_items(account, *(f"Beam {number:02}" for number in range(1, 26)))
    page = window.sign_in(account)
    expect(shown_rows(page, 1, 20, 25)).to_be_visible()
    assert _titles(page)[0] == "Beam 25"

    page.get_by_role("button", name="Next page").click()
    expect(page).to_have_url(f"{site.url}/items?page=2")
    expect(shown_rows(page, 21, 25, 25)).to_be_visible()

    page.get_by_role("columnheader", name="Title").get_by_role("button").click()
    expect(page).to_have_url(f"{site.url}/items?sort=title")
    expect(page.locator("tbody tr").first).to_contain_text("Beam 01")

    page.get_by_role("searchbox", name="Search items").fill("BEAM 2")
    expect(page).to_have_url(f"{site.url}/items?sort=title&search=BEAM+2")
    expect(shown_rows(page, 1, 6, 6)).to_be_visible()
    assert _titles(page) == [f"Beam {number}" for number in range(20, 26)]

    page.go_back()
    expect(page.get_by_role("searchbox", name="Search items")).to_have_value("")
    expect(shown_rows(page, 1, 20, 25)).to_be_visible()


def test_last_row_of_the_last_page_leads_to_the_page_before(window: Window, site: Site) -> None:
    """A page that a deletion empties is left by itself."""
    account = site.new_account()
    site.add_items(account, *(f"Beam {number:02}" for number in range(1, 12)))
    page = window.sign_in(account, "/items?page=2&size=10")
    page.get_by_role("button", name="Actions for Beam 01").click()
    page.get_by_role("menuitem", name="Delete").click()
    page.get_by_role("button", name="Delete item").click()

    expect(page).to_have_url(f"{site.url}/items?size=10")
    expect(shown_rows(page, 1, 10, 10)).to_be_visible()
