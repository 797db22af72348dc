"""How often somebody may try: the rules by themselves, and on every operation that has them."""

import hashlib
import logging
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from limits import RateLimitItem, RateLimitItemPerMinute
from sqlalchemy import URL, update
from sqlmodel import col
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from app.counters import Counters
from app.errors import AppError
from app.features.users.models import User
from app.rate_limits import Action, RateLimits, Rates
from app.settings import Settings
from kingpost import Kingpost
from kingpost.testclient import TestClient
from tests.backend.conftest import Sql
from tests.backend.factories import (
    PASSWORD,
    SIGNUP_URL,
    TOKEN_URL,
    SignedIn,
    make_settings,
    sign_up,
)
from tests.backend.mails import mail_number, token_in

REFRESH_URL = "/api/v1/login/refresh"
RECOVERY_URL = "/api/v1/login/password-recovery"
RESET_URL = "/api/v1/login/reset-password"
SECRET = "0123456789abcdef-the-tests-secret"
NEW_PASSWORD = "a new and long password"
PASSWORD_URL = "/api/v1/users/me/password"
LIMITED = [TOKEN_URL, REFRESH_URL, RECOVERY_URL, RESET_URL, SIGNUP_URL, PASSWORD_URL]

Clock = Callable[[float], None]
"""Makes so many seconds pass."""


class KeptKeys(Counters):
    """Counters that keep the keys they were given."""

    def __init__(self, wait: int | None = None) -> None:
        super().__init__()
        self.keys: list[str] = []
        self._wait = wait

    async def hit(self, rate: RateLimitItem, key: str) -> int | None:
        """Keep a key, and answer as told."""
        self.keys.append(key)
        return self._wait


def rate_limits(counters: Counters) -> RateLimits:
    """Return limits of three for an address and two for an account."""
    rates = Rates(RateLimitItemPerMinute(3, 15), RateLimitItemPerMinute(2, 15))
    return RateLimits(dict.fromkeys(Action, rates), counters, SECRET)


async def refused(limits: RateLimits, **who: str) -> bool:
    """Return whether a try to sign in is refused."""
    try:
        await limits.count(Action.SIGN_IN, **who)
    except AppError as error:
        return error.code == "too_many_tries"
    return False


@pytest.mark.anyio
class TestRateLimits:
    """The rules."""

    async def test_account_from_many_addresses(self) -> None:
        """An account has its limit, wherever the tries come from."""
        limits = rate_limits(Counters())

        answers = [
            await refused(limits, address=f"192.0.2.{number}", account="ada") for number in range(3)
        ]

        assert answers == [False, False, True]

    async def test_address_with_many_accounts(self) -> None:
        """An address has its limit, whatever the accounts."""
        limits = rate_limits(Counters())

        answers = [
            await refused(limits, address="192.0.2.1", account=f"user {number}")
            for number in range(4)
        ]

        assert answers == [False, False, False, True]

    async def test_refused_address_uses_up_no_account(self) -> None:
        """Whoever is refused by their address cannot shut somebody out of their account."""
        limits = rate_limits(Counters())
        for number in range(3):
            await refused(limits, address="192.0.2.1", account=f"user {number}")
        for _ in range(5):
            assert await refused(limits, address="192.0.2.1", account="ada")

        assert not await refused(limits, address="192.0.2.2", account="ada")

    async def test_actions_apart(self) -> None:
        """What is used up for one action is there for another."""
        limits = rate_limits(Counters())
        while not await refused(limits, address="192.0.2.1", account="ada"):
            pass

        await limits.count(Action.REFRESH, address="192.0.2.1", account="ada")

    async def test_forget(self) -> None:
        """An account is begun anew, and the address is not."""
        limits = rate_limits(Counters())
        for _ in range(2):
            await limits.count(Action.SIGN_IN, address="192.0.2.1", account="ada")

        await limits.forget(Action.SIGN_IN, account="ada")

        assert not await refused(limits, address="192.0.2.1", account="ada")
        assert await refused(limits, address="192.0.2.1", account="ada")

    @pytest.mark.parametrize(
        ("one", "other", "same"),
        [
            ("192.0.2.1", "192.0.2.2", False),
            ("192.0.2.1", "::ffff:192.0.2.1", True),
            ("2001:db8:0:1::1", "2001:db8:0:1:ffff:ffff:ffff:ffff", True),
            ("2001:db8:0:1::1", "2001:DB8:0:1::2", True),
            ("2001:db8:0:1::1", "2001:db8:0:2::1", False),
            ("fe80::1%eth0", "fe80::2", True),
            ("testclient", "testclient", True),
            ("testclient", "somebody", False),
        ],
    )
    async def test_senders(self, one: str, other: str, same: bool) -> None:
        """An IPv6 network belongs to one sender, and how an address is written does not matter."""
        counters = KeptKeys()
        limits = rate_limits(counters)

        await limits.count(Action.SIGN_IN, address=one)
        await limits.count(Action.SIGN_IN, address=other)

        assert (counters.keys[0] == counters.keys[1]) is same

    async def test_nobody_is_named(self) -> None:
        """Whoever reads the counters learns no address of either kind, nor can try them all."""
        counters, stranger = KeptKeys(), KeptKeys()
        who = {"address": "192.0.2.1", "account": "ada@example.com"}

        await rate_limits(counters).count(Action.SIGN_IN, **who)
        await RateLimits({Action.SIGN_IN: _rates()}, stranger, "another").count(
            Action.SIGN_IN, **who
        )

        assert [key.rpartition(":")[0] for key in counters.keys] == [
            "sign-in:address",
            "sign-in:account",
        ]
        for value in who.values():
            assert value not in repr(counters.keys)
            assert hashlib.sha256(value.encode()).hexdigest() not in repr(counters.keys)
        assert not set(counters.keys) & set(stranger.keys)

    @pytest.mark.parametrize(
        ("wait", "words"),
        [
            (1, "1 second"),
            (90, "90 seconds"),
            (91, "2 minutes"),
            (120, "2 minutes"),
            (121, "2 minutes"),
            (122, "3 minutes"),
            (3600, "60 minutes"),
        ],
    )
    async def test_wait(self, wait: int, words: str) -> None:
        """The refusal says how long to wait, in seconds for a program and in words."""
        with pytest.raises(AppError) as caught:
            await rate_limits(KeptKeys(wait)).count(Action.SIGN_IN, address="192.0.2.1")

        assert caught.value.status == 429
        assert caught.value.headers == {"Retry-After": str(wait)}
        assert caught.value.detail == f"Too many tries; try again in {words}."

    async def test_log(self, caplog: pytest.LogCaptureFixture) -> None:
        """The log says what was refused by which limit, and not whom."""
        caplog.set_level(logging.INFO, "app.rate_limits")
        with pytest.raises(AppError):
            await rate_limits(KeptKeys(9)).count(Action.RESET, account="ada@example.com")

        (record,) = caplog.records
        assert vars(record)["fields"] == {"action": "reset-password", "by": "account"}
        assert "ada" not in repr(vars(record))


def _rates() -> Rates:
    return Rates(RateLimitItemPerMinute(3), RateLimitItemPerMinute(3))


@pytest.fixture
def changed() -> dict[str, object]:
    """Return settings that differ from the defaults: none."""
    return {}


@pytest.fixture
def settings(
    database_url: URL, tmp_path: Path, frontend_dir: Path, changed: dict[str, object]
) -> Settings:
    """Return settings with limits that are soon reached."""
    given: dict[str, object] = {"FRONTEND_DIR": frontend_dir}
    for action in ("SIGN_IN", "SIGN_UP", "RECOVERY", "RESET", "PASSWORD", "REFRESH"):
        given[f"LIMIT_{action}_PER_ADDRESS"] = "4 per 15 minutes"
        given[f"LIMIT_{action}_PER_ACCOUNT"] = "2 per 15 minutes"
    return make_settings(database_url, tmp_path, **given, **changed)


@pytest.fixture
def client(app: Kingpost) -> Iterator[TestClient]:
    """Return a browser behind a proxy that the server trusts: it may name its address."""
    proxied: Any = ProxyHeadersMiddleware(app, trusted_hosts="testclient")  # type: ignore[arg-type]
    with TestClient(proxied, headers={"Origin": "http://testserver"}) as browser:
        yield browser


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Return a function that moves the clock of what counts."""
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now)

    def move(seconds: float) -> None:
        monkeypatch.setattr(time, "time", lambda: now + seconds)

    return move


def sender(number: int) -> dict[str, str]:
    """Return the header with which a proxy names an address."""
    return {"X-Forwarded-For": f"192.0.2.{number}"}


def wrong_sign_in(client: TestClient, email: str, number: int) -> httpx2.Response:
    """Try to sign in with a wrong password."""
    form = {"username": email, "password": "not the password"}
    return client.post(TOKEN_URL, data=form, headers=sender(number))


def second_sign_up(client: TestClient, email: str, number: int) -> httpx2.Response:
    """Try to open an account."""
    body = {"email": email, "password": PASSWORD, "full_name": "Ada"}
    return client.post(SIGNUP_URL, json=body, headers=sender(number))


def recovery(client: TestClient, email: str, number: int) -> httpx2.Response:
    """Ask for a link."""
    return client.post(RECOVERY_URL, json={"email": email}, headers=sender(number))


def reset(client: TestClient, token: str, number: int) -> httpx2.Response:
    """Use a link."""
    body = {"token": token, "new_password": NEW_PASSWORD}
    return client.post(RESET_URL, json=body, headers=sender(number))


def change_password(
    client: TestClient, user: SignedIn, number: int, current: str = "not the password"
) -> httpx2.Response:
    """Try to change the password."""
    body = {"current_password": current, "new_password": NEW_PASSWORD}
    return client.put(PASSWORD_URL, json=body, headers=user.headers | sender(number))


def refresh(client: TestClient, number: int) -> httpx2.Response:
    """Exchange the cookie."""
    return client.post(REFRESH_URL, headers=sender(number))


BY_EMAIL = [wrong_sign_in, second_sign_up, recovery]


class TestOperations:
    """Every operation that has limits."""

    @pytest.mark.parametrize("attempt", BY_EMAIL)
    @pytest.mark.parametrize("email", ["admin@example.com", "nobody@example.com"])
    def test_account(
        self, client: TestClient, attempt: Callable[..., httpx2.Response], email: str
    ) -> None:
        """An e-mail address has its limit from wherever, however written, account or not."""
        spellings = [email, email.upper(), f" {email} ", email]

        answers = [
            attempt(client, spelling, number) for number, spelling in enumerate(spellings, start=1)
        ]

        assert [answer.status_code == 429 for answer in answers] == [False, False, True, True]
        assert attempt(client, "another@example.com", 9).status_code != 429

    @pytest.mark.parametrize("attempt", BY_EMAIL)
    def test_address(self, client: TestClient, attempt: Callable[..., httpx2.Response]) -> None:
        """An address has its limit, whatever the e-mail addresses."""
        answers = [attempt(client, f"user{number}@example.com", 1) for number in range(5)]

        assert [answer.status_code == 429 for answer in answers] == [False] * 4 + [True]
        assert attempt(client, "user4@example.com", 2).status_code != 429

    def test_answer(self, client: TestClient, clock: Clock) -> None:
        """It has the shape of every refusal, and says when to come back; then it is welcome."""
        for _ in range(2):
            wrong_sign_in(client, "ada@example.com", 1)
        clock(300.5)

        answer = wrong_sign_in(client, "ada@example.com", 2)

        assert answer.status_code == 429
        assert answer.headers["retry-after"] == "600"
        assert answer.json() == {
            "detail": "Too many tries; try again in 10 minutes.",
            "code": "too_many_tries",
            "field": None,
        }
        clock(899)
        assert wrong_sign_in(client, "ada@example.com", 2).status_code == 429
        clock(901)
        assert wrong_sign_in(client, "ada@example.com", 2).status_code == 400

    def test_right_password_is_refused_too(self, client: TestClient) -> None:
        """Whoever guesses right after too many tries does not get in."""
        user = sign_up(client)
        for number in range(2):
            wrong_sign_in(client, user.email, number)

        form = {"username": user.email, "password": PASSWORD}
        assert client.post(TOKEN_URL, data=form, headers=sender(9)).status_code == 429

    def test_success_begins_anew(self, client: TestClient) -> None:
        """Who mistypes now and then and gets in each time is never refused."""
        user = sign_up(client)
        form = {"username": user.email, "password": PASSWORD}

        statuses = []
        for number in range(4):
            statuses.append(wrong_sign_in(client, user.email, number).status_code)
            statuses.append(client.post(TOKEN_URL, data=form, headers=sender(number)).status_code)

        assert statuses == [400, 200] * 4

    def test_refresh_of_an_account(self, client: TestClient, clock: Clock) -> None:
        """A session that is renewed too often has to wait, and goes on after it."""
        sign_up(client)

        answers = [refresh(client, number) for number in range(3)]

        assert [answer.status_code for answer in answers] == [200, 200, 429]
        assert "set-cookie" not in answers[2].headers
        clock(901)
        assert refresh(client, 9).status_code == 200

    def test_refresh_from_an_address(self, client: TestClient) -> None:
        """Guessing refresh tokens is limited, too."""
        statuses = [refresh(client, 1).status_code for _ in range(5)]

        assert statuses == [401, 401, 401, 401, 429]

    def test_reset_of_an_account(self, client: TestClient, settings: Settings, sql: Sql) -> None:
        """An account has its limit for the use of its link, from wherever."""
        user = sign_up(client)
        recovery(client, user.email, 1)
        token = token_in(mail_number(settings, 1))
        # Such a link is refused, and stays what it is.
        sql(update(User).where(col(User.email) == user.email).values(is_active=False))

        statuses = [reset(client, token, number).status_code for number in range(3)]

        assert statuses == [400, 400, 429]

    def test_reset_from_an_address(self, client: TestClient) -> None:
        """Guessing tokens of links is limited."""
        statuses = [reset(client, f"guess {number}", 1).status_code for number in range(5)]

        assert statuses == [400, 400, 400, 400, 429]

    def test_password_of_an_account(self, client: TestClient) -> None:
        """Whoever got hold of a session cannot guess its password, nor use the right one then."""
        user, other = sign_up(client), sign_up(client)

        statuses = [change_password(client, user, number).status_code for number in range(3)]
        right = change_password(client, user, 9, PASSWORD)

        assert statuses == [400, 400, 429]
        assert right.status_code == 429
        assert right.headers["retry-after"] == "900"
        assert change_password(client, other, 9, PASSWORD).status_code == 204

    def test_password_from_an_address(self, client: TestClient) -> None:
        """An address has its limit, whatever the accounts."""
        users = [sign_up(client) for _ in range(4)]

        statuses = [change_password(client, user, 1).status_code for user in [*users, users[0]]]

        assert statuses == [400, 400, 400, 400, 429]

    def test_password_that_is_right_begins_anew(self, client: TestClient) -> None:
        """Who mistypes and gets it right has all tries again."""
        user = sign_up(client)
        change_password(client, user, 1)
        assert change_password(client, user, 2, PASSWORD).status_code == 204

        statuses = [change_password(client, user, number).status_code for number in range(3, 6)]

        assert statuses == [400, 400, 429]

    def test_address_cannot_be_chosen(self, app: Kingpost) -> None:
        """Without a proxy that is trusted nobody believes what the header says."""
        with TestClient(app, headers={"Origin": "http://testserver"}) as client:
            statuses = [
                wrong_sign_in(client, f"user{number}@example.com", number).status_code
                for number in range(5)
            ]

        assert statuses == [400, 400, 400, 400, 429]

    def test_document(self, app: Kingpost) -> None:
        """Whoever reads the API's description knows of the refusal."""
        paths = app.openapi()["paths"]
        documented = {
            path: answer["headers"]
            for path, operations in paths.items()
            for operation in operations.values()
            if (answer := operation["responses"].get("429")) is not None
        }

        assert sorted(documented) == sorted(LIMITED)
        for headers in documented.values():
            assert list(headers) == ["Retry-After"]


class TestCacheGone:
    """Valkey is not there."""

    @pytest.fixture
    def changed(self, tmp_path: Path) -> dict[str, object]:
        """Return the address of a Valkey that does not run."""
        return {"CACHE_URL": f"unix://{tmp_path / 'none'}"}

    def test_sign_in_goes_on(self, client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
        """Everything works and is limited, and the log says once what is wrong."""
        user = sign_up(client)
        statuses = [refresh(client, 1).status_code for _ in range(2)]
        statuses += [wrong_sign_in(client, user.email, 1).status_code for _ in range(3)]

        assert statuses == [200, 200, 400, 400, 429]
        warnings = [record for record in caplog.records if record.name == "app.cache"]
        assert len(warnings) == 1


class TestOtherOrigins:
    """A page on another origin that may use the API."""

    @pytest.fixture
    def changed(self) -> dict[str, object]:
        """Return the setting that lets it."""
        return {"ALLOWED_ORIGINS": "https://app.example"}

    def test_reads_the_wait(self, client: TestClient) -> None:
        """Browsers show it the header."""
        headers = {"Origin": "https://app.example"}
        form = {"username": "ada@example.com", "password": "not the password"}
        answers = [client.post(TOKEN_URL, data=form, headers=headers) for _ in range(3)]

        assert answers[2].status_code == 429
        assert answers[2].headers["access-control-expose-headers"] == "Retry-After"
