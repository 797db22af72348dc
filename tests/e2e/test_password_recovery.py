"""A forgotten password: from the sign-in page over a mail to a new one."""

import re
from collections.abc import Iterator
from email.message import EmailMessage

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.browsing import NewWindow, browsing, fill_sign_in
from tests.e2e.site import Site, running_site
from tests.smtp_server import SmtpServer, smtp_server_thread

NEW_PASSWORD = "a-new-and-long-password"


@pytest.fixture(scope="module")
def mail_server() -> Iterator[SmtpServer]:
    """Run a mail server."""
    with smtp_server_thread() as server:
        yield server


@pytest.fixture(scope="module")
def site(mail_server: SmtpServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Run the product with that mail server."""
    with running_site(
        tmp_path_factory.mktemp("recovery"),
        SMTP_HOST="localhost",
        SMTP_PORT=str(mail_server.port),
        SMTP_SECURITY="none",
        MAIL_FROM="no-reply@example.com",
    ) as running:
        yield running


@pytest.fixture(scope="module")
def development_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Run the product as on a developer's machine, without a mail server."""
    folder = tmp_path_factory.mktemp("development")
    with running_site(folder, ENVIRONMENT="development") as running:
        yield running


def ask_for_link(page: Page, email: str) -> None:
    """Go from the sign-in page to where a link is asked for, and ask."""
    page.get_by_role("link", name="Forgot your password?").click()
    expect(page.get_by_role("heading", name="Forgot your password?")).to_be_visible()
    page.get_by_label("E-mail").fill(email)
    page.get_by_role("button", name="Send the link").click()
    expect(page.get_by_role("heading", name="Check your mail")).to_be_focused()


def choose_password(page: Page) -> None:
    """Fill in the page that the link leads to."""
    page.get_by_label("New password", exact=True).fill(NEW_PASSWORD)
    page.get_by_role("button", name="Change password").click()


def mail_for(page: Page, server: SmtpServer, email: str, subject: str) -> EmailMessage:
    """Wait for a mail while the page lives on, and return it."""
    for _ in range(1500):
        for mail in server.mails:
            if (mail["To"], mail["Subject"]) == (email, subject):
                return mail
        page.wait_for_timeout(10)
    raise AssertionError(f"No mail {subject!r} came; the others: {len(server.mails)}.")


def link_in(mail: EmailMessage) -> str:
    """Return the link of a mail."""
    text = mail.get_body(("plain",))
    assert text is not None
    found = re.search(r"https?://\S+", text.get_content())
    assert found is not None
    return found[0]


def test_new_password_by_mail(new_window: NewWindow, site: Site, mail_server: SmtpServer) -> None:
    """The link of the mail leads to a new password, ends every session, and works once."""
    account = site.new_account()
    elsewhere = new_window().sign_in(account, "/settings")
    window = new_window()
    page = window.open("/sign-in")
    ask_for_link(page, account.email)
    link = link_in(mail_for(page, mail_server, account.email, "Choose a new password"))
    assert link.startswith(f"{site.url}/reset-password#token=")

    page.goto(link)
    expect(page).to_have_url(f"{site.url}/reset-password")
    choose_password(page)
    expect(page.get_by_role("heading", name="Password changed")).to_be_visible()

    elsewhere.reload()
    expect(elsewhere.get_by_role("heading", name="Sign in")).to_be_visible()
    page.get_by_role("link", name="Sign in").click()
    fill_sign_in(page, account.email, account.password)
    expect(page.get_by_role("alert")).to_be_visible()
    fill_sign_in(page, account.email, NEW_PASSWORD)
    expect(page.get_by_role("heading", name="Items")).to_be_visible()
    assert mail_for(page, mail_server, account.email, "Your password was changed")

    again = window.open("/forgot-password")
    again.goto(link)
    choose_password(again)
    expect(again.get_by_role("heading", name="This link does not work")).to_be_visible()
    again.get_by_role("link", name="Ask for another link").click()
    expect(again.get_by_role("button", name="Send the link")).to_be_visible()


def test_link_followed_while_signed_in(
    new_window: NewWindow, site: Site, mail_server: SmtpServer
) -> None:
    """In the browser that is signed in the link works too, and signs its other tabs out."""
    account = site.new_account()
    window = new_window()
    tab = window.sign_in(account)
    page = window.open("/forgot-password")
    page.get_by_label("E-mail").fill(account.email)
    page.keyboard.press("Enter")
    mail = mail_for(page, mail_server, account.email, "Choose a new password")
    page.goto(link_in(mail))
    choose_password(page)
    expect(page.get_by_role("heading", name="Password changed")).to_be_visible()

    expect(tab.get_by_role("heading", name="Sign in")).to_be_visible()


def test_token_stays_out_of_the_history(
    new_window: NewWindow, site: Site, mail_server: SmtpServer
) -> None:
    """Going back never shows the token again, and no request carries it in its address."""
    account = site.new_account()
    window = new_window()
    page = window.open("/sign-in")
    ask_for_link(page, account.email)
    link = link_in(mail_for(page, mail_server, account.email, "Choose a new password"))
    page.goto(link)
    expect(page).to_have_url(f"{site.url}/reset-password")
    page.go_back()
    expect(page).to_have_url(f"{site.url}/forgot-password")
    page.go_forward()

    expect(page).to_have_url(f"{site.url}/reset-password")
    token = link.partition("#token=")[2]
    assert not [
        request.url for request in window.requests if token in request.url.partition("#")[0]
    ]


def test_mailbox_of_the_developer(browser: Browser, development_site: Site) -> None:
    """Without a mail server the mail is in the mailbox, and its link works from there."""
    site = development_site
    account = site.new_account()
    with browsing(browser, site) as window:
        page = window.open("/sign-in")
        ask_for_link(page, account.email)
        mailbox = window.open("/dev/mailbox")
        mailbox.get_by_role("link", name=account.email).click()
        expect(mailbox.get_by_role("heading", name="Choose a new password")).to_be_visible()
        mail = mailbox.frame_locator("iframe")
        with window.context.expect_page() as opened:
            mail.get_by_role("link", name="Choose a new password", exact=True).click()
        page = opened.value
        choose_password(page)
        expect(page.get_by_role("heading", name="Password changed")).to_be_visible()
        page.get_by_role("link", name="Sign in").click()
        fill_sign_in(page, account.email, NEW_PASSWORD)
        expect(page.get_by_role("heading", name="Items")).to_be_visible()


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("path", ["/forgot-password", "/reset-password#token=x"])
def test_pages_fit_the_screen(new_window: NewWindow, path: str, width: int) -> None:
    """Nothing has to be scrolled sideways."""
    page = new_window(width=width).open(path)
    expect(page.get_by_role("heading", level=1)).to_be_visible()

    assert page.evaluate("document.documentElement.scrollWidth") <= width
