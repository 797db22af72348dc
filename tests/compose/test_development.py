"""The stack for development, from a clean clone: ``docker compose up`` and nothing else."""

import json
import re
import secrets
import time
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest
from playwright.sync_api import Browser, expect

from tests.compose.conftest import journeys
from tests.compose.stacks import (
    OWNER,
    Stack,
    copy_tree,
    free_port,
    inspect,
    owned_by,
    volumes,
)
from tests.e2e.browsing import browsing, fill_sign_in
from tests.e2e.site import ADMIN_EMAIL, ROOMY_LIMITS, Account, Site

SERVICES = {"db", "cache", "api", "web", "mail", "proxy"}
NEW_PASSWORD = "a-new-and-long-password"
# A reload takes a second or two; a machine that does other things too may take longer.
LIVE_SECONDS = 60


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """Start the stack in a clean clone that is not root's."""
    folder = copy_tree(tmp_path_factory.mktemp("development"))
    owned_by(OWNER, folder)
    ports = {"PROXY_PORT": str(free_port()), "MAIL_PORT": str(free_port())}
    started = Stack(folder, "compose.yaml", ports)
    try:
        started.compose("up", "--detach", "--wait")
        yield started
    finally:
        started.remove()


@pytest.fixture(scope="module")
def site(stack: Stack) -> Site:
    """Return the product, with the administrator that the log of the migration names."""
    log = stack.compose("logs", "--no-log-prefix", "migrate")
    password = re.findall(r"^Password: (\S+)$", log, re.MULTILINE)[-1]
    admin = Account(ADMIN_EMAIL, "Administrator", password)
    return Site(f"http://localhost:{stack.env['PROXY_PORT']}", admin)


def services(stack: Stack) -> dict[str, dict[str, Any]]:
    """Return what Compose says of each service that runs."""
    lines = stack.compose("ps", "--format", "json").splitlines()
    return {service["Service"]: service for service in map(json.loads, lines)}


def items_of(site: Site, account: Account) -> list[str]:
    """Return the titles of an account's items."""
    headers = {"Authorization": f"Bearer {site.access_token(account)}"}
    with site.client() as client:
        answer = client.get("/items", headers=headers).raise_for_status()
    return [item["title"] for item in answer.json()["items"]]


def test_up_means_ready(stack: Stack, site: Site) -> None:
    """Every service is well when `up --wait` returns, and one address shows it all."""
    states = {name: service["Health"] for name, service in services(stack).items()}
    paths = ["/", "/docs", "/redoc", "/openapi.json", "/health/ready", "/items"]
    answers = {path: httpx2.get(f"{site.url}{path}").status_code for path in paths}

    assert states == dict.fromkeys(SERVICES, "healthy")
    assert answers == dict.fromkeys(paths, 200)


def test_two_ports_on_this_machine_alone(stack: Stack) -> None:
    """The page and the mail can be opened here, and nothing from another machine."""
    published = {
        (name, port["URL"], str(port["PublishedPort"]))
        for name, service in services(stack).items()
        for port in service["Publishers"]
        if port["PublishedPort"]
    }

    assert published == {
        ("proxy", "127.0.0.1", stack.env["PROXY_PORT"]),
        ("mail", "127.0.0.1", stack.env["MAIL_PORT"]),
    }


def test_log_says_where_to_go(stack: Stack, site: Site) -> None:
    """The last lines of the migration are the address, and who signs in."""
    log = stack.compose("logs", "--no-log-prefix", "migrate").splitlines()

    assert any(site.url in line for line in log[-6:])
    assert f"E-mail: {ADMIN_EMAIL}" in log[-3:]


def test_sign_in_and_items(stack: Stack, site: Site, browser: Browser) -> None:
    """The page signs the administrator in, and keeps an item."""
    title = f"Oak beam {secrets.token_hex(4)}"
    with browsing(browser, site) as window:
        page = window.open("/")
        fill_sign_in(page, site.admin.email, site.admin.password)
        expect(page.get_by_role("heading", name="Items")).to_be_visible(timeout=60_000)
    site.add_items(site.admin, title)

    assert title in items_of(site, site.admin)


def test_forgotten_password(stack: Stack, site: Site, browser: Browser) -> None:
    """The mail is caught; its link leads to the address that the person is on, and works."""
    account = site.new_account()
    with site.client() as client:
        client.post("/login/password-recovery", json={"email": account.email}).raise_for_status()
    link = link_for(stack, account.email)
    assert link.startswith(f"{site.url}/reset-password")

    with browsing(browser, site) as window:
        page = window.context.new_page()
        page.goto(link)
        page.get_by_label("New password", exact=True).fill(NEW_PASSWORD)
        page.get_by_role("button", name="Change password").click()
        expect(page.get_by_role("heading", name="Password changed")).to_be_visible(timeout=30_000)

    assert site.access_token(Account(account.email, account.full_name, NEW_PASSWORD))


def link_for(stack: Stack, email: str) -> str:
    """Wait for a mail to an address, and return the link in it."""
    mails = f"http://127.0.0.1:{stack.env['MAIL_PORT']}/email"
    until = time.monotonic() + LIVE_SECONDS
    while time.monotonic() < until:
        for mail in httpx2.get(mails).raise_for_status().json():
            if email in str(mail["to"]):
                return str(re.findall(r"https?://\S+", mail["text"])[0])
        time.sleep(0.2)
    raise AssertionError(f"No mail for {email} came.")


def test_edit_of_the_backend_is_live(stack: Stack, site: Site) -> None:
    """A change of a source file is served a moment later, with no image built."""
    file = stack.folder / "backend" / "app" / "routers" / "health.py"
    before = file.read_text()
    file.write_text(
        before + '\n\n@router.get("/probe")\nasync def probe() -> str:\n    return "new"\n'
    )

    try:
        until = time.monotonic() + LIVE_SECONDS
        while (answer := httpx2.get(f"{site.url}/health/probe", timeout=30)).status_code != 200:
            assert time.monotonic() < until, answer.text
        assert answer.json() == "new"
    finally:
        file.write_text(before)


def test_edit_of_the_front_end_is_live(stack: Stack, site: Site, browser: Browser) -> None:
    """A change of a source file shows in the open page, which is not loaded again."""
    file = stack.folder / "frontend" / "src" / "features" / "sessions" / "sign-in-page.tsx"
    before = file.read_text()
    with browsing(browser, site) as window:
        page = window.open("/sign-in")
        expect(page.get_by_role("heading", name="Sign in")).to_be_visible(timeout=60_000)
        page.evaluate("window.sameDocument = true")
        file.write_text(before.replace("Sign in", "Come in"))

        try:
            shown = page.get_by_role("heading", name="Come in")
            expect(shown).to_be_visible(timeout=LIVE_SECONDS * 1000)
            assert page.evaluate("window.sameDocument") is True
        finally:
            file.write_text(before)


def test_files_belong_to_the_owner(stack: Stack) -> None:
    """What containers write into the clone is its owner's, as is the folder a volume hides."""
    stack.compose("run", "--rm", "api", "alembic", "revision", "-m", "probe")
    owner = stack.folder.stat().st_uid
    written = list((stack.folder / "backend" / "migrations" / "versions").glob("*probe*"))
    for file in written:
        file.unlink()

    assert len(written) == 1
    assert [path for path in stack.folder.rglob("*") if path.lstat().st_uid != owner] == []


def test_data_survives(stack: Stack, site: Site) -> None:
    """A restart, `down` and `up` lose nothing; a `.env` made for ./scripts/dev does no harm."""
    title = f"Ash wedge {secrets.token_hex(4)}"
    site.add_items(site.admin, title)
    stack.compose("restart")
    stack.compose("up", "--detach", "--wait")
    assert title in items_of(site, site.admin)

    stack.compose("down")
    (stack.folder / ".env").write_text(disturbing_settings())
    stack.compose("up", "--detach", "--wait")

    assert title in items_of(site, site.admin)
    assert stack.sql("SELECT count(*) FROM users WHERE email = 'admin@example.com'") == ["1"]


def test_journeys(stack: Stack, site: Site) -> None:
    """The end-to-end tests pass on the stack, but for those of how the front end is built."""
    # With the limits that so many sign-ins from one address need.
    (stack.folder / ".env").write_text(disturbing_settings())
    stack.compose("up", "--detach", "--wait")

    journeys(site, "-m", "not built")


def disturbing_settings() -> str:
    """Return settings that are right for ./scripts/dev and wrong for containers."""
    return "".join(
        f"{name}={value}\n"
        for name, value in {
            "DATABASE_URL": "sqlite:////nowhere/app.db",
            "DATABASE_PASSWORD": "another",
            "DATA_DIR": "/nowhere",
            "FRONTEND_DIR": "/nowhere",
            "API_PORT": "9999",
            "WEB_PORT": "9998",
            "CACHE_URL": "redis://127.0.0.1:1/0",
            "PUBLIC_ORIGINS": "https://elsewhere.example",
            "SMTP_HOST": "127.0.0.1",
            "SMTP_SECURITY": "tls",
            "LOG_LEVEL": "DEBUG",
            **ROOMY_LIMITS,
        }.items()
    )


def test_volumes_have_names(stack: Stack) -> None:
    """One without a name would be left behind at each `down`."""
    found = [name for one in services(stack).values() for name in volumes(str(one["ID"]))]

    assert f"{stack.project}_database" in found
    assert [name for name in found if not name.startswith(stack.project)] == []


def test_signals_reach_the_processes(stack: Stack) -> None:
    """Stopping waits for no process: none has to be killed after the grace of ten seconds."""
    running = {name: str(service["ID"]) for name, service in services(stack).items()}
    stack.compose("stop")
    codes = {name: inspect(container, "{{.State.ExitCode}}") for name, container in running.items()}

    assert set(running) == SERVICES
    assert [name for name, code in codes.items() if code == "137"] == []


def test_down_with_volumes_leaves_nothing(stack: Stack) -> None:
    """Nothing of it stays on the machine."""
    stack.compose("down", "--volumes")

    assert stack.left() == []
