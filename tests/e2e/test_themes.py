"""Light and dark."""

from playwright.sync_api import Page, expect

from tests.e2e.browsing import NewWindow, Window
from tests.e2e.site import Site

# What the page looks like when the browser first paints it, before the application starts.
_NOTE_FIRST_PAINT = """
document.addEventListener('DOMContentLoaded', () => {
  window.darkAtFirst = document.documentElement.classList.contains('dark')
})
"""


def _background(page: Page) -> str:
    return str(page.evaluate("getComputedStyle(document.documentElement).backgroundColor"))


def test_page_follows_the_system(new_window: NewWindow) -> None:
    """Without a choice the page is as dark as the system."""
    light, dark = (new_window(dark=dark).open("/sign-in") for dark in (False, True))
    for page in (light, dark):
        expect(page.get_by_role("heading", name="Sign in")).to_be_visible()

    assert _background(light) != _background(dark)
    light.emulate_media(color_scheme="dark")
    expect(light.locator("html.dark")).to_be_attached()
    # Colours may take a moment to change: the last one counts.
    expect(light.locator("html")).to_have_css("background-color", _background(dark))


def test_choice_is_kept_and_there_from_the_first_paint(window: Window, site: Site) -> None:
    """A chosen theme survives a reload without a flash of the other, and reaches other tabs."""
    window.context.add_init_script(_NOTE_FIRST_PAINT)
    page = window.sign_in(site.new_account(), "/settings")
    other = window.open("/items")
    page.get_by_role("radio", name="Dark").check(force=True)
    expect(page.locator("html.dark")).to_be_attached()
    expect(other.locator("html.dark")).to_be_attached()

    page.reload()

    expect(page.get_by_role("radio", name="Dark")).to_be_checked()
    assert page.evaluate("window.darkAtFirst") is True
