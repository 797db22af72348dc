"""Every page against the rules of WCAG 2.2 that a program can check (axe-core)."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browsing import NewWindow
from tests.e2e.site import FRONTEND, Site

AXE = FRONTEND / "node_modules" / "axe-core" / "axe.min.js"
_RUN = """async () => {
  const { violations } = await axe.run()
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))
}"""

themes = pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
widths = pytest.mark.parametrize("width", [1280, 390])


def _violations(page: Page) -> list[str]:
    # As text of the debugger's: the page itself may load no script but its own.
    page.evaluate(AXE.read_text(encoding="utf-8"))
    return list(page.evaluate(_RUN))


@themes
@widths
@pytest.mark.parametrize(
    "path",
    ["/sign-in", "/sign-up", "/forgot-password", "/reset-password#token=x", "/nowhere"],
)
def test_open_pages(new_window: NewWindow, path: str, width: int, dark: bool) -> None:
    """The pages before the sign-in, also with their errors."""
    page = new_window(width=width, dark=dark).open(path)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert _violations(page) == []

    if path != "/nowhere":
        page.locator("form [type=submit]").click()
        expect(page.locator("[aria-invalid]").first).to_be_visible()
        assert _violations(page) == []


@themes
@widths
@pytest.mark.parametrize("path", ["/items", "/settings", "/admin/users"])
def test_pages_behind_the_sign_in(
    new_window: NewWindow, site: Site, path: str, width: int, dark: bool
) -> None:
    """The pages with the navigation, and what opens on them."""
    site.add_items(site.admin, "Oak beam")
    site.new_account()
    page = new_window(width=width, dark=dark).sign_in(site.admin, path)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    if path != "/settings":
        expect(page.get_by_role("table")).to_be_visible()
    assert _violations(page) == []

    if path == "/items":
        page.get_by_role("button", name="New item").click()
        page.get_by_role("button", name="Create item").click()
        expect(page.get_by_text("Fill this in.")).to_be_visible()
        assert _violations(page) == []
        page.keyboard.press("Escape")
    if path != "/settings":
        page.get_by_role("button", name="Actions for").first.click()
        expect(page.get_by_role("menu")).to_be_visible()
        assert _violations(page) == []
