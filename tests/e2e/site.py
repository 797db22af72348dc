"""The whole product on a free port: the backend, a new embedded database, the built front end."""

import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2

ROOT = Path(__file__).resolve().parents[2]
FRONTEND = ROOT / "frontend"
PASSWORD = "correct-horse-battery"
ADMIN_EMAIL = "admin@example.com"
START_SECONDS = 60

ROOMY_LIMITS = {
    "LIMIT_SIGN_IN_PER_ADDRESS": "2000 per hour",
    "LIMIT_SIGN_UP_PER_ADDRESS": "2000 per hour",
    "LIMIT_RECOVERY_PER_ADDRESS": "200 per hour",
    "LIMIT_RESET_PER_ADDRESS": "200 per hour",
    "LIMIT_PASSWORD_PER_ADDRESS": "2000 per hour",
    "LIMIT_REFRESH_PER_ADDRESS": "6000 per minute",
    "LIMIT_REFRESH_PER_ACCOUNT": "600 per minute",
}
"""All journeys come from one address, and many are the administrator's."""


@dataclass(frozen=True)
class Account:
    """Somebody who can sign in."""

    email: str
    full_name: str
    password: str = PASSWORD


@dataclass(frozen=True)
class Site:
    """A running product.

    Args:
        url: Its origin.
        admin: The administrator that the first migration made.
        own_certificate: Whether its certificate is of an authority of its own, as that of a
            composed stack on this machine.
    """

    url: str
    admin: Account = Account(ADMIN_EMAIL, "Administrator")
    own_certificate: bool = False

    def client(self) -> httpx2.Client:
        """Return a client of the API, with cookies of its own."""
        return httpx2.Client(
            base_url=f"{self.url}/api/v1",
            headers={"Origin": self.url},
            verify=not self.own_certificate,
        )

    def new_account(self, full_name: str = "Grace Hopper") -> Account:
        """Sign somebody new up."""
        account = Account(f"user-{secrets.token_hex(6)}@example.com", full_name)
        body = {"email": account.email, "password": account.password, "full_name": full_name}
        with self.client() as client:
            client.post("/users/signup", json=body).raise_for_status()
        return account

    def access_token(self, account: Account) -> str:
        """Sign in without a browser."""
        form = {"username": account.email, "password": account.password}
        with self.client() as client:
            answer = client.post("/login/access-token", data=form).raise_for_status()
        return str(answer.json()["access_token"])

    def add_items(self, account: Account, *titles: str) -> None:
        """Give an account items, the last one newest."""
        headers = {"Authorization": f"Bearer {self.access_token(account)}"}
        with self.client() as client:
            for title in titles:
                client.post("/items", json={"title": title}, headers=headers).raise_for_status()


def given_site() -> Site | None:
    """Return the product that runs already at ``SITE_URL``, if the environment names one.

    ``SITE_ADMIN_PASSWORD`` is the password of its administrator.
    """
    url = os.environ.get("SITE_URL", "").rstrip("/")
    if not url:
        return None
    admin = Account(ADMIN_EMAIL, "Administrator", os.environ["SITE_ADMIN_PASSWORD"])
    return Site(url, admin, own_certificate=url.startswith("https://localhost"))


@contextmanager
def running_site(folder: Path, **settings: str) -> Iterator[Site]:
    """Run the product with its data and its log in *folder*, until the block ends.

    Args:
        folder: The folder.
        settings: Settings that differ from those of the other journeys.

    Raises:
        RuntimeError: The front end is not built, or the server did not get ready.
        CalledProcessError: The database could not be made.
    """
    built = FRONTEND / "dist"
    if not (built / "index.html").is_file():
        raise RuntimeError("The front end is not built: run ./scripts/test e2e, which builds it.")
    port = _free_port()
    env = {
        **os.environ,
        "ENVIRONMENT": "production",
        "SECRET_KEY": secrets.token_hex(32),
        "DATA_DIR": str(folder),
        "DATABASE_URL": f"sqlite:///{folder / 'app.db'}",
        "FRONTEND_DIR": str(built),
        "ADMIN_EMAIL": ADMIN_EMAIL,
        "ADMIN_PASSWORD": PASSWORD,
        # The least that production allows: the journeys sign in often.
        "PASSWORD_HASH_MEMORY_KIB": "19456",
        "PASSWORD_HASH_PASSES": "2",
        "PUBLIC_ORIGINS": f"http://localhost:{port}",
        **ROOMY_LIMITS,
        **settings,
    }
    migrate = [sys.executable, "-m", "app.migrate"]
    serve = [sys.executable, "-m", "uvicorn", "app.main:app", f"--port={port}"]
    with (folder / "server.log").open("wb") as log:
        subprocess.run(migrate, env=env, cwd=ROOT, check=True, stdout=log, stderr=log)
        server = subprocess.Popen(serve, env=env, cwd=ROOT, stdout=log, stderr=log)
    try:
        # Not 127.0.0.1: browsers keep a Secure cookie of a plain HTTP origin for this name alone.
        site = Site(f"http://localhost:{port}")
        _wait_until_ready(site, server, folder / "server.log")
        yield site
    finally:
        server.terminate()
        server.wait(timeout=20)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def _wait_until_ready(site: Site, server: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and server.poll() is None:
        try:
            httpx2.get(f"{site.url}/health/ready").raise_for_status()
        except httpx2.HTTPError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"The server did not get ready. Its log:\n{log.read_text()}")
