"""The product without a mouse."""

from playwright.sync_api import expect

from tests.e2e.browsing import Window
from tests.e2e.site import Site


def test_item_is_created_and_edited_with_the_keyboard(window: Window, site: Site) -> None:
    """From the sign-in to a saved item, with the focus where one expects it."""
    account = site.new_account()
    page = window.open("/sign-in")
    page.get_by_label("E-mail").focus()
    page.keyboard.type(account.email)
    page.keyboard.press("Tab")
    page.keyboard.type(account.password)
    page.keyboard.press("Enter")
    expect(page.get_by_text("No items yet")).to_be_visible()

    page.get_by_role("button", name="New item").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Title")).to_be_focused()
    page.keyboard.type("Oil the hinges")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Oil the hinges", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="New item")).to_be_focused()

    actions = page.get_by_role("button", name="Actions for Oil the hinges")
    actions.focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("menuitem", name="Edit")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Title")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(actions).to_be_focused()


def test_focus_stays_in_an_open_dialog(window: Window, site: Site) -> None:
    """The page behind a dialog cannot be reached."""
    page = window.sign_in(site.new_account())
    page.get_by_role("button", name="New item").click()
    for _ in range(12):
        page.keyboard.press("Tab")
        outside = (
            "document.activeElement !== document.body && !document.activeElement.closest('dialog')"
        )
        assert not page.evaluate(outside)


def test_first_stop_leads_past_the_navigation(window: Window, site: Site) -> None:
    """Keyboard users need not walk through the navigation on every page."""
    page = window.sign_in(site.new_account(), "/settings")
    page.reload()
    expect(page.get_by_role("heading", name="Settings")).to_be_visible()
    page.keyboard.press("Tab")
    link = page.get_by_role("link", name="Skip to the content")
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    expect(page.get_by_label("Full name")).to_be_focused()
