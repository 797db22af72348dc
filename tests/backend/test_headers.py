"""Security and cache headers of every answer."""

import base64
import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import URL

from app.headers import IMMUTABLE, cache_control, docs_policy
from app.main import create_app
from kingpost.testclient import TestClient
from tests.backend.factories import make_settings, sign_in_admin

STRICT = {
    "default-src 'self'",
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'self'",
    "frame-ancestors 'none'",
    "form-action 'self'",
}


def policy_of(client: TestClient, path: str) -> dict[str, str]:
    """Return the directives of an answer's policy."""
    policy = client.get(path).headers["content-security-policy"]
    return dict(directive.split(" ", 1) for directive in policy.split("; "))


@pytest.mark.parametrize(
    "path", ["/", "/assets/app-abc123.js", "/api/v1/users/me", "/api/v1/nothing", "/openapi.json"]
)
def test_every_answer(client: TestClient, path: str) -> None:
    """Pages, scripts, the API and errors carry them alike."""
    headers = client.get(path, headers={"Accept": "text/html"}).headers

    assert set(headers["content-security-policy"].split("; ")) == STRICT
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert "strict-transport-security" not in headers


def test_failures(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer to a request that failed carries them too."""
    monkeypatch.setattr("app.routers.health.Health", None)

    answer = client.get("/health/live")

    assert answer.status_code == 500
    assert set(answer.headers["content-security-policy"].split("; ")) == STRICT


def test_tls_in_production(database_url: URL, tmp_path: Path) -> None:
    """Outside development browsers are told to come back by HTTPS alone."""
    settings = make_settings(
        database_url,
        tmp_path,
        ENVIRONMENT="production",
        PASSWORD_HASH_MEMORY_KIB=19_456,
        PASSWORD_HASH_PASSES=2,
    )
    with TestClient(create_app(settings)) as client:
        assert client.get("/health/live").headers["strict-transport-security"] == "max-age=31536000"


class TestDocs:
    """The pages of the API's documentation"""

    @pytest.mark.parametrize("path", ["/docs", "/redoc", "/docs/oauth2-redirect"])
    def test_scripts_by_their_hash(self, client: TestClient, path: str) -> None:
        """The boot script in the page is allowed, and no other one."""
        answer = client.get(path)
        page = answer.text
        assert answer.status_code == 200
        assert "<script" in page
        scripts = policy_of(client, path)["script-src"].split()

        assert scripts[0] == "'self'"
        assert "'unsafe-inline'" not in scripts
        assert "'unsafe-eval'" not in scripts
        for allowed in scripts[1:]:
            assert any(allowed == f"'sha256-{sha256(script)}'" for script in inline_scripts(page))
        assert len(scripts) == 1 + len(inline_scripts(page))

    @pytest.mark.parametrize("path", ["/docs", "/redoc"])
    def test_what_the_viewers_need(self, client: TestClient, path: str) -> None:
        """Their own styles and worker are allowed there, and everything else is as strict."""
        policy = policy_of(client, path)

        assert policy["style-src"] == "'self' 'unsafe-inline'"
        assert policy["worker-src"] == "'self' blob:"
        assert {f"{name} {value}" for name, value in policy.items()} >= STRICT

    def test_no_inline_script_without_a_hash(self) -> None:
        """A script's hash is that of its very text; one with a source has none."""
        page = b'<script src="/a.js"></script><SCRIPT>x</SCRIPT><script type="module">\ny </script>'

        policy = docs_policy(page.replace(b"SCRIPT", b"script"))

        expected = f"script-src 'self' 'sha256-{sha256('x')}' 'sha256-{sha256(chr(10) + 'y ')}'"
        assert expected in policy.split("; ")

    def test_body_arrives_whole(self, client: TestClient) -> None:
        """Holding the page back does not change it."""
        answer = client.get("/docs", headers={"Accept-Encoding": "identity"})

        assert answer.status_code == 200
        assert int(answer.headers["content-length"]) == len(answer.content)
        assert client.head("/docs").status_code == 200


def sha256(script: str) -> str:
    """Return the hash of a script as policies write it."""
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def inline_scripts(page: str) -> list[str]:
    """Return the scripts that stand in a page."""
    parts = page.split("<script")[1:]
    return [
        part.split(">", 1)[1].split("</script>", 1)[0]
        for part in parts
        if "src=" not in part.split(">", 1)[0]
    ]


class TestCache:
    """cache_control()"""

    @pytest.mark.parametrize(
        ("path", "status", "kind", "kept"),
        [
            ("/api/v1/items", 200, "application/json", "no-store"),
            ("/api/v1/nothing", 404, "application/json", "no-store"),
            ("/assets/app-abc123.js", 200, "text/javascript", IMMUTABLE),
            ("/assets/app-abc123.js", 304, "", IMMUTABLE),
            ("/assets/gone.js", 404, "application/json", "no-cache"),
            ("/assets/gone.js", 200, "text/html; charset=utf-8", "no-cache"),
            ("/", 200, "text/html", "no-cache"),
            ("/favicon.svg", 200, "image/svg+xml", "no-cache"),
            ("/openapi.json", 200, "application/json", "no-cache"),
        ],
    )
    def test_kinds(self, path: str, status: int, kind: str, kept: str) -> None:
        """What has a hash in its name is kept for good, what is personal not at all."""
        assert cache_control(path, status, kind) == kept

    def test_served(self, client: TestClient) -> None:
        """The headers reach the browser."""
        html = {"Accept": "text/html"}

        assert client.get("/assets/app-abc123.js").headers["cache-control"] == IMMUTABLE
        assert client.get("/assets/gone.js", headers=html).headers["cache-control"] == "no-cache"
        assert client.get("/some/page", headers=html).headers["cache-control"] == "no-cache"
        admin = sign_in_admin(client)
        answer = client.get("/api/v1/users/me", headers=admin.headers)
        assert answer.headers["cache-control"] == "no-store"


@pytest.fixture
def partner_client(database_url: URL, tmp_path: Path) -> Iterator[TestClient]:
    """Return a client of an application that another origin may use."""
    settings = make_settings(database_url, tmp_path, ALLOWED_ORIGINS="https://partner.example")
    with TestClient(create_app(settings)) as client:
        yield client


@pytest.mark.parametrize(
    ("origin", "allowed"), [("https://partner.example", True), ("https://evil.example", False)]
)
def test_allowed_origins(partner_client: TestClient, origin: str, allowed: bool) -> None:
    """A page of an allowed origin may read answers, and be sent the cookie; no other may."""
    preflight = {
        "Origin": origin,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization",
    }

    answer = partner_client.options("/api/v1/login/refresh", headers=preflight)

    assert (answer.headers.get("access-control-allow-origin") == origin) is allowed
    assert (answer.status_code == 200) is allowed
