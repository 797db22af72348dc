"""Which pages may use the refresh cookie."""

from pathlib import Path

import pytest
from sqlalchemy import URL

from app.errors import AppError
from app.origins import link_origin, refuse_foreign_origin, require_own_origin
from app.settings import Settings
from kingpost import Request
from tests.backend.factories import make_settings

STRONG = {"PASSWORD_HASH_MEMORY_KIB": 19_456, "PASSWORD_HASH_PASSES": 2}


def make_request(host: str, scheme: str = "http", **headers: str) -> Request:
    """Return a request as a browser sends it to *host*."""
    named = {"host": host} | {key.replace("_", "-"): value for key, value in headers.items()}
    return Request(
        {
            "type": "http",
            "method": "POST",
            "scheme": scheme,
            "path": "/",
            "query_string": b"",
            "headers": [(key.encode(), value.encode()) for key, value in named.items()],
        }
    )


@pytest.fixture
def production(tmp_path: Path) -> Settings:
    """Return the settings of a deployment with one further origin."""
    return make_settings(
        URL.create("sqlite", database="x"),
        tmp_path,
        ENVIRONMENT="production",
        ALLOWED_ORIGINS="https://partner.example",
        **STRONG,
    )


@pytest.fixture
def development(tmp_path: Path) -> Settings:
    """Return the settings of a developer's machine."""
    return make_settings(URL.create("sqlite", database="x"), tmp_path, WEB_PORT=5173)


def is_own(request: Request, settings: Settings) -> bool:
    """Return whether a request with the cookie passes."""
    try:
        require_own_origin(request, settings, cookie_sent=True)
    except AppError as error:
        if (error.status, error.code) != (403, "foreign_origin"):
            raise
        return False
    return True


@pytest.mark.parametrize(
    ("origin", "host", "scheme", "own"),
    [
        ("https://app.example", "app.example", "https", True),
        ("https://APP.example", "app.example", "https", True),
        ("https://app.example", "app.example:443", "https", True),
        # The proxy that ends TLS need not tell us.
        ("https://app.example", "app.example", "http", True),
        ("http://app.example", "app.example", "http", True),
        ("http://app.example:8000", "app.example:8000", "http", True),
        ("http://[::1]:8000", "[::1]:8000", "http", True),
        ("https://partner.example", "app.example", "https", True),
        ("http://app.example", "app.example", "https", False),
        ("https://app.example:8443", "app.example", "https", False),
        ("https://evil.app.example", "app.example", "https", False),
        ("https://app.example.evil.example", "app.example", "https", False),
        ("https://evil.example", "app.example", "https", False),
        ("http://partner.example", "app.example", "https", False),
        ("http://localhost:5173", "app.example", "http", False),
        ("null", "app.example", "https", False),
        ("", "app.example", "https", False),
        ("https://", "app.example", "https", False),
        ("https://app.example:port", "app.example", "https", False),
        ("file://", "", "https", False),
        ("https://app.example", "app.example:port", "https", False),
    ],
)
def test_production(production: Settings, origin: str, host: str, scheme: str, own: bool) -> None:
    """A page of ours has our host and port, or stands in ALLOWED_ORIGINS."""
    assert is_own(make_request(host, scheme, origin=origin), production) is own


@pytest.mark.parametrize(
    ("origin", "host", "own"),
    [
        ("http://localhost:5173", "localhost:8000", True),
        ("http://127.0.0.1:5173", "localhost:8000", True),
        ("http://[::1]:5173", "localhost:8000", True),
        ("http://192.168.1.7:5173", "192.168.1.7:8000", True),
        ("http://localhost:8000", "localhost:8000", True),
        ("http://localhost:9999", "localhost:8000", False),
        ("http://evil.example:5173", "localhost:8000", False),
    ],
)
def test_development(development: Settings, origin: str, host: str, own: bool) -> None:
    """While developing the page has a port of its own."""
    assert is_own(make_request(host, origin=origin), development) is own


@pytest.mark.parametrize(
    ("site", "own"),
    [("same-origin", True), ("same-site", False), ("cross-site", False), ("none", False)],
)
def test_without_origin(production: Settings, site: str, own: bool) -> None:
    """Without the header the browser's other word counts."""
    assert is_own(make_request("app.example", sec_fetch_site=site), production) is own


def test_without_a_word(production: Settings) -> None:
    """The cookie alone is not enough; without it there is nothing to protect."""
    request = make_request("app.example")

    assert is_own(request, production) is False
    require_own_origin(request, production, cookie_sent=False)


def test_signing_in(production: Settings) -> None:
    """A program without the header may sign in, a foreign page may not."""
    refuse_foreign_origin(make_request("app.example"), production)
    foreign = make_request("app.example", origin="https://evil.example")

    with pytest.raises(AppError, match="foreign_origin"):
        refuse_foreign_origin(foreign, production)


class TestLinkOrigin:
    """link_origin()"""

    @pytest.fixture
    def public(self, production: Settings) -> Settings:
        """Return the settings of a deployment with two public origins."""
        origins = ["https://app.example", "https://www.app.example"]
        return production.model_copy(update={"PUBLIC_ORIGINS": origins})

    def test_the_one_that_the_person_is_on(self, public: Settings) -> None:
        """A link leads to where the person asked for it."""
        request = make_request("app.example", origin="https://WWW.app.example")

        assert link_origin(request, public) == "https://www.app.example"

    @pytest.mark.parametrize(
        "headers",
        [
            {"origin": "https://evil.example"},
            {"origin": "https://partner.example"},
            {"origin": "null"},
            {"x_forwarded_host": "evil.example"},
            {},
        ],
    )
    def test_no_other(self, public: Settings, headers: dict[str, str]) -> None:
        """No header leads a link to a place that the settings do not name as ours."""
        request = make_request("evil.example", "https", **headers)

        assert link_origin(request, public) == "https://app.example"

    def test_public_origins_are_own(self, public: Settings) -> None:
        """Pages of a public origin may use the cookie, also where a proxy hides it."""
        assert is_own(make_request("api:8000", origin="https://www.app.example"), public)

    @pytest.mark.parametrize(
        ("host", "origin", "expected"),
        [
            ("localhost:8000", "http://localhost:5173", "http://localhost:5173"),
            ("localhost:8080", "http://localhost:8080", "http://localhost:8080"),
            ("localhost:8000", "http://evil.example", "http://localhost:5173"),
            ("localhost:8000", "", "http://localhost:5173"),
        ],
    )
    def test_development(
        self, development: Settings, host: str, origin: str, expected: str
    ) -> None:
        """In development any address of the product itself will do; by default that of the page."""
        headers = {"origin": origin} if origin else {}

        assert link_origin(make_request(host, **headers), development) == expected
