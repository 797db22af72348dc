"""The one way in as browsers meet it: TLS, the protocols, and what the proxy serves by itself."""

import base64
import hashlib
import re
import ssl

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from playwright.sync_api import Browser, expect

from app.headers import HEADERS, HSTS, IMMUTABLE
from tests.compose.conftest import Production
from tests.compose.stacks import run
from toolbox import browser as chromium


def asset(production: Production) -> str:
    """Return the path of the script of the page."""
    with production.client() as client:
        found = re.search(r"/assets/[^\"]+\.js", client.get("/").text)
    assert found is not None
    return found[0]


def test_plain_http_leads_to_https(production: Production) -> None:
    """Whoever types the name alone gets the encrypted page, by HTTP/2, and hears of HTTP/3."""
    settings = (production.stack.folder / ".env").read_text()
    ports = dict(re.findall(r"^(HTTPS?_PORT)=(\d+)$", settings, re.MULTILINE))
    curl = ["curl", "--silent", "--show-error", "--output", "/dev/null", "--write-out"]
    redirect = run(*curl, "%{http_code} %{redirect_url}", f"http://localhost:{ports['HTTP_PORT']}/")
    root = str(production.authority())
    version = run(*curl, "%{http_version}", "--cacert", root, production.site.url)

    assert redirect.startswith("308 https://localhost")
    assert version == "2"
    with production.client() as client:
        assert "h3=" in client.get("/").headers["alt-svc"]


def test_http_3(production: Production, browser: Browser) -> None:
    """A browser that speaks nothing but HTTP/3 gets the page and everything that it loads."""
    origin = production.site.url.removeprefix("https://")
    pem = ssl.get_server_certificate(("localhost", int(origin.rpartition(":")[2])))
    key = x509.load_pem_x509_certificate(pem.encode()).public_key()
    form = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    pin = base64.b64encode(hashlib.sha256(form).digest()).decode()
    args = [
        "--no-sandbox",
        f"--origin-to-force-quic-on={origin}",
        f"--ignore-certificate-errors-spki-list={pin}",
        # Published on this address alone, and by UDP nobody says that the other one is closed.
        "--host-resolver-rules=MAP localhost 127.0.0.1",
    ]
    with browser.browser_type.launch(executable_path=chromium.find(), args=args) as started:
        page = started.new_page()
        page.goto(production.site.url)
        expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
        found = page.evaluate(
            "performance.getEntries().map((entry) => entry.nextHopProtocol).filter(Boolean)"
        )

    assert len(found) > 3
    assert set(found) == {"h3"}


@pytest.mark.parametrize("encoding", ["br", "gzip"])
def test_assets_are_compressed_for_good(production: Production, encoding: str) -> None:
    """A script is sent in its compressed form, to be kept for ever."""
    with production.client() as client:
        path = asset(production)
        plain = client.get(path, headers={"Accept-Encoding": "identity"})
        packed = client.get(path, headers={"Accept-Encoding": encoding})

    assert packed.headers["content-encoding"] == encoding
    assert int(packed.headers["content-length"]) < len(plain.content) / 2
    assert packed.headers["cache-control"] == IMMUTABLE
    assert packed.headers["vary"] == "Accept-Encoding"


def test_assets_have_the_headers_of_the_api(production: Production) -> None:
    """What the proxy serves by itself is protected as what the API serves."""
    with production.client() as client:
        headers = client.get(asset(production)).headers

    expected = {**HEADERS, "Strict-Transport-Security": HSTS}
    assert {name: headers.get(name) for name in expected} == expected


def test_page_is_asked_for_again(production: Production) -> None:
    """The page names the assets of its release, and so is never kept without asking."""
    with production.client() as client:
        answer = client.get("/items", headers={"Accept": "text/html"})

    assert answer.headers["cache-control"] == "no-cache"
    assert "text/html" in answer.headers["content-type"]
    assert "server" not in answer.headers


def test_assets_of_former_releases_stay(production: Production) -> None:
    """A page that was opened before a deployment still finds its parts, for a month."""
    project = production.stack.project
    mounted = ["docker", "run", "--rm", f"--volume={project}_site:/site", "--user=0"]
    mounted.append(f"{project}:latest")
    old = "touch -d '20 days ago' /site/assets/old.js; touch -d '40 days ago' /site/assets/older.js"
    run(*mounted, "sh", "-c", old)
    production.stack.compose("run", "--rm", "publish")

    listed = run(*mounted, "ls", "/site/assets").split()
    assert "old.js" in listed
    assert "older.js" not in listed
    assert asset(production).rpartition("/")[2] in listed
