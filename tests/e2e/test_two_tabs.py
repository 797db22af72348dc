"""Tabs share one session."""

from playwright.sync_api import expect

from tests.e2e.browsing import Window, fill_sign_in
from tests.e2e.site import Site


def test_tabs_that_reload_together_all_stay_signed_in(window: Window, site: Site) -> None:
    """Each reload replaces the refresh token; the tabs take turns, so none uses an old one."""
    account = site.new_account()
    tabs = [window.sign_in(account), window.open("/items"), window.open("/settings")]
    for _ in range(4):
        for tab in tabs:
            tab.evaluate("setTimeout(() => location.reload(), 20)")
        for tab in tabs:
            tab.wait_for_timeout(50)
            expect(tab.locator("#main")).to_be_visible()

    refreshes = [request for request in window.requests if request.url.endswith("/login/refresh")]
    answers = [request.response() for request in refreshes]
    assert {answer.status for answer in answers if answer is not None} == {200}


def test_sign_in_in_one_tab_signs_the_other_in(window: Window, site: Site) -> None:
    """A tab that waits at the sign-in goes on by itself."""
    account = site.new_account()
    waiting = window.open("/settings")
    expect(waiting.get_by_role("heading", name="Sign in")).to_be_visible()

    window.sign_in(account)

    expect(waiting.get_by_role("heading", name="Settings")).to_be_visible()


def test_other_account_in_one_tab_shows_in_the_other(window: Window, site: Site) -> None:
    """What belonged to the account before is gone from every tab."""
    before, after = site.new_account("Ada Lovelace"), site.new_account("Alan Turing")
    site.add_items(before, "Ada's item")
    site.add_items(after, "Alan's item")
    first = window.sign_in(before)
    second = window.open("/sign-up")
    expect(second.get_by_role("button", name="Ada's item", exact=True)).to_be_visible()

    # Another sign-in replaces the cookie, as in a tab that was at the form all along.
    second.evaluate(
        """async ([username, password]) => {
          const body = new URLSearchParams({ username, password })
          await fetch('/api/v1/login/access-token', { method: 'POST', body })
          new BroadcastChannel('auth').postMessage('signed-in')
        }""",
        [after.email, after.password],
    )

    for tab in (first, second):
        expect(tab.get_by_role("button", name="Alan's item", exact=True)).to_be_visible()
        expect(tab.get_by_role("button", name="Ada's item", exact=True)).to_have_count(0)
        expect(tab.get_by_role("button", name="Account of Alan Turing")).to_be_visible()


def test_ended_session_asks_to_sign_in_and_goes_on(window: Window, site: Site) -> None:
    """A session that ended elsewhere is noticed at the next request, and the page is kept."""
    account = site.new_account()
    site.add_items(account, "Oak beam")
    page = window.sign_in(account)
    expect(page.get_by_role("button", name="Oak beam", exact=True)).to_be_visible()
    token = window.last_access_token()
    window.context.clear_cookies()
    with site.client() as client:
        client.post("/login/logout", headers={"Authorization": f"Bearer {token}"})

    page.get_by_role("searchbox", name="Search items").fill("oak")
    expect(page.get_by_text("Your session has ended")).to_be_visible()
    fill_sign_in(page, account.email, account.password)

    expect(page).to_have_url(f"{site.url}/items?search=oak")
    expect(page.get_by_role("button", name="Oak beam", exact=True)).to_be_visible()
