"""Passwords and tokens."""

import threading
from datetime import timedelta
from uuid import uuid4

import pytest

from app.database import utcnow
from app.security import (
    AccessToken,
    AccessTokens,
    InvalidTokenError,
    Passwords,
    hash_token,
    new_token,
)

SECRET = "a secret that is thirty-two letters long"


@pytest.fixture
def passwords() -> Passwords:
    """Return passwords with cheap hashes."""
    return Passwords(memory_kib=32, passes=1)


@pytest.mark.anyio
class TestPasswords:
    """Passwords"""

    async def test_round_trip(self, passwords: Passwords) -> None:
        """A password fits its hash, and no other does."""
        stored = await passwords.hash("correct horse battery")

        assert stored.startswith("$argon2id$")
        assert await passwords.verify("correct horse battery", stored) == (True, None)
        assert await passwords.verify("Correct horse battery", stored) == (False, None)

    async def test_salted(self, passwords: Passwords) -> None:
        """Two people with one password have two hashes."""
        assert await passwords.hash("the same") != await passwords.hash("the same")

    async def test_nobody(self, passwords: Passwords) -> None:
        """Where there is no account no password fits."""
        assert await passwords.verify("", None) == (False, None)

    async def test_outdated(self, passwords: Passwords) -> None:
        """A hash with other parameters fits and is renewed."""
        stored = await Passwords(memory_kib=64, passes=2).hash("correct horse battery")

        fits, renewed = await passwords.verify("correct horse battery", stored)

        assert fits is True
        assert renewed is not None
        assert await passwords.verify("correct horse battery", renewed) == (True, None)

    async def test_unusable_hash(self, passwords: Passwords) -> None:
        """A hash of an unknown kind fits no password, and is no error."""
        assert await passwords.verify("anything", "!disabled") == (False, None)

    async def test_characters_written_in_two_ways(self, passwords: Passwords) -> None:
        """A letter with its accent is one password, however a keyboard composes it."""
        stored = await passwords.hash("caf\u00e9 au lait")

        assert (await passwords.verify("cafe\u0301 au lait", stored))[0] is True

    async def test_outside_the_event_loop(
        self, passwords: Passwords, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Neither hashing nor verifying holds up other requests."""
        threads: list[str] = []
        verify = passwords._verify

        def spy(password: str, stored: str) -> tuple[bool, str | None]:
            threads.append(threading.current_thread().name)
            return verify(password, stored)

        monkeypatch.setattr(passwords, "_verify", spy)
        await passwords.verify("x", await passwords.hash("x"))

        assert len(threads) == 1
        assert threads != [threading.main_thread().name]


class TestAccessTokens:
    """AccessTokens"""

    TOKEN = AccessToken(uuid4(), uuid4(), ("items:read", "admin"))

    def test_round_trip(self) -> None:
        """What a token says is what it was made to say."""
        tokens = AccessTokens(SECRET, timedelta(minutes=10))

        assert tokens.decode(tokens.encode(self.TOKEN, utcnow())) == self.TOKEN

    def test_expired(self) -> None:
        """A token is good for its lifetime."""
        tokens = AccessTokens(SECRET, timedelta(minutes=10))
        encoded = tokens.encode(self.TOKEN, utcnow() - timedelta(minutes=10, seconds=1))

        with pytest.raises(InvalidTokenError):
            tokens.decode(encoded)

    @pytest.mark.parametrize("encoded", ["", "a", "a.b.c", "é", "." * 10_000])
    def test_broken(self, encoded: str) -> None:
        """Text that is no token is refused and no failure."""
        tokens = AccessTokens(SECRET, timedelta(minutes=10))

        with pytest.raises(InvalidTokenError):
            tokens.decode(encoded)


def test_refresh_tokens() -> None:
    """Refresh tokens are 256 random bits, and what is kept of them is as long."""
    tokens = {new_token() for _ in range(100)}

    assert len(tokens) == 100
    assert {len(token) for token in tokens} == {43}
    assert {len(hash_token(token)) for token in tokens} == {64}
