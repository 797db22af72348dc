"""A browser window that tells everything that a page should not have done."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol
from urllib.parse import urlsplit

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    Request,
    expect,
)

from tests.e2e.site import Account, Site

LOOPBACK = {"localhost", "127.0.0.1", "::1"}
# A request that the API refuses shows in the console too; that is for the journey to expect.
REFUSED_REQUEST = "Failed to load resource: the server responded with a status of 4"

# Runs in every page before its own scripts.
_REPORT_VIOLATIONS = """
document.addEventListener('securitypolicyviolation', (event) => {
  console.error(`CSP: ${event.violatedDirective} refused ${event.blockedURI}`)
})
"""


class Window:
    """A browser window of one person, with tabs that share its cookies.

    Args:
        site: The product that it shows.
        context: Playwright's name for it.
    """

    def __init__(self, site: Site, context: BrowserContext) -> None:
        self.site = site
        self.context = context
        self.complaints: list[str] = []
        self.requests: list[Request] = []
        context.add_init_script(_REPORT_VIOLATIONS)
        context.on("request", self._note_request)
        context.on("console", self._note_message)
        context.on("weberror", lambda error: self.complaints.append(f"error: {error.error}"))

    def open(self, path: str) -> Page:
        """Open a path in a new tab."""
        page = self.context.new_page()
        page.goto(f"{self.site.url}{path}")
        return page

    def sign_in(self, account: Account, path: str = "/items") -> Page:
        """Open a path in a new tab and sign in on the way."""
        page = self.open(path)
        fill_sign_in(page, account.email, account.password)
        expect(page.locator("#main")).to_be_visible()
        return page

    def last_access_token(self) -> str:
        """Return the access token that the page showed last."""
        shown = [request.headers.get("authorization", "") for request in self.requests]
        return next(text.removeprefix("Bearer ") for text in reversed(shown) if text)

    def _note_request(self, request: Request) -> None:
        self.requests.append(request)
        address = urlsplit(request.url)
        if address.scheme not in ("data", "blob") and address.hostname not in LOOPBACK:
            self.complaints.append(f"request to another machine: {request.url}")

    def _note_message(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(REFUSED_REQUEST):
            self.complaints.append(f"console: {message.text}")


class NewWindow(Protocol):
    """Opens a window that ends with the test; the arguments are those of `browsing`."""

    def __call__(self, *, width: int = 1280, height: int = 800, dark: bool = False) -> Window:
        """Open it."""


@contextmanager
def browsing(
    browser: Browser, site: Site, *, width: int = 1280, height: int = 800, dark: bool = False
) -> Iterator[Window]:
    """Open a new window, and close it at the block's end.

    Raises:
        AssertionError: A page reached for another machine, broke the content security policy or
            wrote an error to the console.
    """
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if dark else "light",
        reduced_motion="reduce",
        is_mobile=width < 600,
        has_touch=width < 600,
        locale="en-US",
        ignore_https_errors=site.own_certificate,
    )
    window = Window(site, context)
    try:
        yield window
        assert window.complaints == [], window.complaints
    finally:
        context.close()


def fill_sign_in(page: Page, email: str, password: str) -> None:
    """Fill in the form of the sign-in page and send it."""
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in").click()


def sign_out(page: Page) -> None:
    """Sign out through the menu of the account."""
    page.get_by_role("button", name="Account of").click()
    page.get_by_role("menuitem", name="Sign out").click()


def shown_rows(page: Page, first: int, last: int, total: int) -> Locator:
    """Return the line below a list that says which rows of how many are shown."""
    return page.get_by_text(f"{first}\N{EN DASH}{last} of {total}")
