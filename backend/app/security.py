"""Passwords and tokens: hashed, verified, made and read."""

import hashlib
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import jwt
from anyio import CapacityLimiter, to_thread
from pwdlib import PasswordHash
from pwdlib.exceptions import UnknownHashError
from pwdlib.hashers.argon2 import Argon2Hasher

ISSUER = "kingpost"
AUDIENCE = "kingpost-api"
ALGORITHM = "HS256"
KIND = "access"

# Each hash fills tens of megabytes: more at once would only wait for the processors.
HASHES_AT_ONCE = 4


class Passwords:
    """Hashes and verifies passwords with Argon2id, outside the event loop.

    Args:
        memory_kib: Memory that one hash fills.
        passes: How often it is filled.
    """

    def __init__(self, *, memory_kib: int, passes: int) -> None:
        hasher = Argon2Hasher(time_cost=passes, memory_cost=memory_kib, parallelism=4)
        self._hash = PasswordHash((hasher,))
        self._limiter = CapacityLimiter(HASHES_AT_ONCE)
        # What a password is compared with when there is no account.
        self._nobody = self._hash.hash(secrets.token_urlsafe())

    async def hash(self, password: str) -> str:
        """Return the hash of *password*, with its salt and parameters."""
        return await to_thread.run_sync(
            self._hash.hash, _normalised(password), limiter=self._limiter
        )

    async def verify(self, password: str, stored: str | None) -> tuple[bool, str | None]:
        """Compare *password* with a stored hash.

        Args:
            password: What was typed.
            stored: The hash of the account, or None where there is no account: the same work
                is done then, so that the time of the answer does not tell.

        Returns:
            Whether it fits, and a new hash to store when the old one has outdated parameters.
        """
        fits, renewed = await to_thread.run_sync(
            self._verify, _normalised(password), stored or self._nobody, limiter=self._limiter
        )
        return (fits, renewed) if stored is not None else (False, None)

    def _verify(self, password: str, stored: str) -> tuple[bool, str | None]:
        try:
            return self._hash.verify_and_update(password, stored)
        except UnknownHashError:
            # An account without a usable hash has no password that fits.
            return False, None


def _normalised(password: str) -> str:
    # Keyboards write "é" as one character or two; both are the same password (RFC 8265, 4.2).
    return unicodedata.normalize("NFC", password)


def new_token() -> str:
    """Return a token of 256 random bits: a refresh token, or one of a link in a mail."""
    return secrets.token_urlsafe(32)


def hash_token(token: str) -> str:
    """Return what the database keeps of such a token; of so many random bits no salt is needed."""
    return hashlib.sha256(token.encode()).hexdigest()


@dataclass(frozen=True)
class AccessToken:
    """What an access token says.

    Args:
        user_id: The user (``sub``).
        session_id: The session that must still be alive (``sid``).
        scopes: What the token may be used for (``scope``).
    """

    user_id: UUID
    session_id: UUID
    scopes: tuple[str, ...]


class InvalidTokenError(Exception):
    """A token is broken, expired or not ours."""


class AccessTokens:
    """Makes and reads access tokens: JWTs (RFC 7519) signed with HS256.

    Args:
        secret: The key of the signature.
        lifetime: How long a token is good.
    """

    def __init__(self, secret: str, lifetime: timedelta) -> None:
        self._secret = secret
        self.lifetime = lifetime

    def encode(self, token: AccessToken, now: datetime) -> str:
        """Return *token* signed, issued at *now*."""
        claims = {
            "iss": ISSUER,
            "aud": AUDIENCE,
            "sub": str(token.user_id),
            "sid": str(token.session_id),
            "scope": " ".join(token.scopes),
            "type": KIND,
            "iat": now,
            "exp": now + self.lifetime,
        }
        return jwt.encode(claims, self._secret, algorithm=ALGORITHM)

    def decode(self, encoded: str) -> AccessToken:
        """Return what *encoded* says.

        Raises:
            InvalidTokenError: The signature, a claim or the time is wrong.
        """
        try:
            claims = jwt.decode(
                encoded,
                self._secret,
                algorithms=[ALGORITHM],
                issuer=ISSUER,
                audience=AUDIENCE,
                options={"require": ["exp", "iat", "iss", "aud", "sub", "sid", "scope", "type"]},
            )
            if claims["type"] != KIND:
                raise InvalidTokenError("The token is of another type.")
            return AccessToken(
                user_id=UUID(claims["sub"]),
                session_id=UUID(claims["sid"]),
                scopes=tuple(claims["scope"].split()),
            )
        except (jwt.InvalidTokenError, ValueError, AttributeError) as error:
            raise InvalidTokenError("The token is broken, expired or not ours.") from error
