"""What the tests of the composed stacks run on: an engine, a browser, and a stack of each kind."""

import os
import signal
import ssl
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

import httpx2
import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.compose.stacks import ROOT, Stack, copy_tree, free_port, run
from tests.e2e.site import ADMIN_EMAIL, ROOMY_LIMITS, Account, Site
from toolbox import browser as chromium

PASSWORD_MEMORY_KIB = "19456"
"""The least that production allows: the load and the journeys sign in often."""

OWN_PRODUCT = ["test_password_recovery.py", "test_rate_limits.py"]
"""Journeys that start a product of their own: with a mail server, with limits soon reached."""


@dataclass(frozen=True)
class Production:
    """A production stack, deployed from a copy of the tree.

    Args:
        stack: Compose on it.
        site: The product.
    """

    stack: Stack
    site: Site

    def authority(self) -> Path:
        """Return the certificate of the proxy's own authority, a new one when its volume is new."""
        file = self.stack.folder / "root.crt"
        self.stack.compose("cp", "proxy:/data/caddy/pki/authorities/local/root.crt", str(file))
        return file

    def trust(self) -> ssl.SSLContext:
        """Return how the certificate of the product is checked: by that authority."""
        return ssl.create_default_context(cafile=self.authority())

    def client(self) -> httpx2.Client:
        """Return a client of the API that checks the certificate."""
        return httpx2.Client(base_url=self.site.url, verify=self.trust(), timeout=30)

    def script(self, name: str, *words: str) -> str:
        """Run one of the scripts of the copy."""
        folder = self.stack.folder
        script = str(folder / "scripts" / name)
        return run(sys.executable, script, *words, cwd=folder, env=self.stack.env)


@pytest.fixture(scope="session", autouse=True)
def ending() -> Iterator[None]:
    """Let SIGTERM end the tests as Ctrl-C does: no stack stays on the engine."""

    def interrupt(number: int, frame: FrameType | None) -> None:
        signal.signal(number, signal.SIG_IGN)
        raise KeyboardInterrupt

    previous = signal.signal(signal.SIGTERM, interrupt)
    yield
    signal.signal(signal.SIGTERM, previous)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Chromium."""
    program = chromium.find()
    assert program is not None, "No Chromium was found: run ./scripts/test compose."
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture(scope="session")
def production(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Production]:
    """Deploy the product, as on a server; the settings stand in its ``.env``."""
    folder = copy_tree(tmp_path_factory.mktemp("production"))
    # What the script finds out by itself; the commands beside it need it too.
    account = {"APP_USER": f"{os.getuid()}:{os.getgid()}"} if os.getuid() else {}
    stack = Stack(folder, "compose.production.yaml", account)
    http, https = free_port(), free_port()
    settings = {
        "PROJECT": stack.project,
        "IMAGE": f"{stack.project}:latest",
        "DOMAIN": "localhost",
        "PUBLISH_ADDRESS": "127.0.0.1",
        "HTTP_PORT": http,
        "HTTPS_PORT": https,
        "PUBLIC_ORIGINS": f"https://localhost:{https}",
        "PASSWORD_HASH_MEMORY_KIB": PASSWORD_MEMORY_KIB,
        "PASSWORD_HASH_PASSES": 2,
        **ROOMY_LIMITS,
    }
    lines = [f"{name}={value}\n" for name, value in settings.items()]
    (folder / ".env").write_text("".join(lines))
    try:
        run(sys.executable, str(folder / "scripts" / "deploy"), cwd=folder, env=stack.env)
        password = (folder / "secrets" / "ADMIN_PASSWORD").read_text().strip()
        admin = Account(ADMIN_EMAIL, "Administrator", password)
        site = Site(f"https://localhost:{https}", admin, own_certificate=True)
        yield Production(stack, site)
    finally:
        stack.remove()
        run("docker", "image", "rm", "--force", f"{stack.project}:latest")


def journeys(site: Site, *words: str) -> None:
    """Run the end-to-end tests on a site that runs, with further words for pytest.

    Raises:
        AssertionError: One failed.
    """
    skipped = [f"--ignore=tests/e2e/{name}" for name in OWN_PRODUCT]
    command = [sys.executable, "-m", "pytest", "--quiet", "-p", "no:cacheprovider", "tests/e2e"]
    env = {"SITE_URL": site.url, "SITE_ADMIN_PASSWORD": site.admin.password}
    run(*command, *skipped, *words, cwd=ROOT, env=env)


@pytest.fixture(scope="session")
def reports() -> Path:
    """Return the folder of what the tests measured."""
    folder = ROOT / ".cache" / "test-reports"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
