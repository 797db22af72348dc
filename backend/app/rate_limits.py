"""How often somebody may try: the defence against guessed passwords, floods of mail and accounts.

What is tried is counted by the address it comes from and by the account it is about. The second
holds against many addresses, the first against many accounts.
"""

import hashlib
import hmac
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import IPv6Address, ip_address, ip_network

from limits import RateLimitItem

from app.counters import Counters
from app.errors import AppError
from app.settings import Settings

logger = logging.getLogger("app.rate_limits")

# What a household or a server gets of IPv6: its owner has every address in it (RFC 6177).
_IPV6_PREFIX = 64
_SHORT_WAIT_SECONDS = 90


class Action(StrEnum):
    """What is counted."""

    SIGN_IN = "sign-in"
    SIGN_UP = "sign-up"
    RECOVERY = "password-recovery"
    RESET = "reset-password"
    PASSWORD = "change-password"  # noqa: S105 - the name of an action
    REFRESH = "refresh"


@dataclass(frozen=True)
class Rates:
    """How often something may be tried."""

    per_address: RateLimitItem
    per_account: RateLimitItem


def rates_of(settings: Settings) -> Mapping[Action, Rates]:
    """Return what the settings allow."""
    return {
        Action.SIGN_IN: Rates(
            settings.LIMIT_SIGN_IN_PER_ADDRESS, settings.LIMIT_SIGN_IN_PER_ACCOUNT
        ),
        Action.SIGN_UP: Rates(
            settings.LIMIT_SIGN_UP_PER_ADDRESS, settings.LIMIT_SIGN_UP_PER_ACCOUNT
        ),
        Action.RECOVERY: Rates(
            settings.LIMIT_RECOVERY_PER_ADDRESS, settings.LIMIT_RECOVERY_PER_ACCOUNT
        ),
        Action.RESET: Rates(settings.LIMIT_RESET_PER_ADDRESS, settings.LIMIT_RESET_PER_ACCOUNT),
        Action.PASSWORD: Rates(
            settings.LIMIT_PASSWORD_PER_ADDRESS, settings.LIMIT_PASSWORD_PER_ACCOUNT
        ),
        Action.REFRESH: Rates(
            settings.LIMIT_REFRESH_PER_ADDRESS, settings.LIMIT_REFRESH_PER_ACCOUNT
        ),
    }


class RateLimits:
    """Counts tries, and refuses those that are too many.

    Args:
        rates: How often what may be tried.
        counters: Where it is counted.
        secret: Hides addresses and accounts from whoever reads the counters.
    """

    def __init__(self, rates: Mapping[Action, Rates], counters: Counters, secret: str) -> None:
        self._rates = rates
        self._counters = counters
        # A key of its own: no secret serves two ends.
        self._secret = hmac.digest(secret.encode(), b"rate limits", "sha256")

    async def count(
        self, action: Action, *, address: str | None = None, account: str | None = None
    ) -> None:
        """Count a try, by the address first: one that is refused uses up nobody's account.

        Args:
            action: What is tried.
            address: Where it comes from; None where that is counted elsewhere or not known.
            account: What tells accounts apart; None where that is counted elsewhere or not known.

        Raises:
            AppError: 429 ``too_many_tries``, with ``Retry-After`` (RFC 6585, section 4).
        """
        rates = self._rates[action]
        if address is not None:
            await self._count(action, "address", _network(address), rates.per_address)
        if account is not None:
            await self._count(action, "account", account, rates.per_account)

    async def forget(self, action: Action, *, account: str) -> None:
        """Begin anew with an account, when its owner has shown to be it."""
        key = self._key(action, "account", account)
        await self._counters.forget(self._rates[action].per_account, key)

    async def close(self) -> None:
        """Close the connections to where it is counted."""
        await self._counters.close()

    async def _count(self, action: Action, by: str, who: str, rate: RateLimitItem) -> None:
        wait = await self._counters.hit(rate, self._key(action, by, who))
        if wait is not None:
            logger.info("too many tries", extra={"fields": {"action": action.value, "by": by}})
            raise AppError(
                429,
                "too_many_tries",
                f"Too many tries; try again in {_in_words(wait)}.",
                headers={"Retry-After": str(wait)},
            )

    def _key(self, action: Action, by: str, who: str) -> str:
        # Not a mere hash: addresses of both kinds are few enough to try them all.
        hidden = hmac.new(self._secret, who.encode(), hashlib.sha256).hexdigest()
        return f"{action.value}:{by}:{hidden}"


def _network(address: str) -> str:
    """Return that by which an address is the same sender's as another."""
    try:
        known = ip_address(address)
    except ValueError:
        return address
    if not isinstance(known, IPv6Address):
        return str(known)
    if known.ipv4_mapped is not None:
        return str(known.ipv4_mapped)
    return str(ip_network((known.packed, _IPV6_PREFIX), strict=False))


def _in_words(seconds: int) -> str:
    if seconds <= _SHORT_WAIT_SECONDS:
        return f"{seconds} second{'s' if seconds > 1 else ''}"
    # Up, but for the one second that a wait may be rounded up already.
    return f"{-(-(seconds - 1) // 60)} minutes"
