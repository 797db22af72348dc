"""PostgreSQL while it restarts."""

import asyncpg
import pytest
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as NoConnectionError

from app.postgres import DatabaseUnavailableError, connect, means_absence, patiently

pytestmark = pytest.mark.anyio


class Flaky:
    """Fails with each of these errors in turn, then succeeds."""

    def __init__(self, *errors: Exception) -> None:
        self.errors = list(errors)

    async def __call__(self) -> str:
        """Try once."""
        if self.errors:
            raise self.errors.pop(0)
        return "connected"


async def test_waits_for_a_restart() -> None:
    """Refused, unknown by name, starting: each time it is tried again."""
    starting = asyncpg.CannotConnectNowError("the database system is starting up")
    flaky = Flaky(ConnectionRefusedError(), OSError("Name or service not known"), starting)

    assert await patiently(flaky) == "connected"


async def test_does_not_wait_for_ever() -> None:
    """A database that stays away is reported as that."""
    with pytest.raises(DatabaseUnavailableError) as caught:
        await patiently(Flaky(*[ConnectionRefusedError()] * 9), seconds=0.2)

    assert isinstance(caught.value.__cause__, ConnectionRefusedError)


async def test_does_not_wait_where_waiting_is_in_vain() -> None:
    """A wrong password will be wrong in a moment too."""
    with pytest.raises(asyncpg.InvalidPasswordError):
        await patiently(Flaky(asyncpg.InvalidPasswordError("no")))


async def test_connects_with_what_it_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    """The arguments are asyncpg's; an attempt is bounded unless somebody says otherwise."""
    given: list[dict[str, object]] = []

    async def attempt(**options: object) -> str:
        given.append(options)
        return "connected"

    monkeypatch.setattr(asyncpg, "connect", attempt)

    assert await connect(host="db") == "connected"
    await connect(host="db", timeout=60)
    assert [options["timeout"] for options in given] == [3.0, 60]


class Refusal(Exception):
    """An error of the driver, with PostgreSQL's code."""

    def __init__(self, sqlstate: str | None) -> None:
        super().__init__()
        self.sqlstate = sqlstate


@pytest.mark.parametrize(
    ("error", "absent"),
    [
        (DatabaseUnavailableError(), True),
        (NoConnectionError(), True),
        (DBAPIError(None, None, Refusal("57P01")), True),
        (DBAPIError(None, None, Refusal("08006")), True),
        (DBAPIError(None, None, Refusal(None), connection_invalidated=True), True),
        (DBAPIError(None, None, Refusal("57014")), False),
        (IntegrityError(None, None, Refusal("23505")), False),
        (OSError(), False),
    ],
)
async def test_which_errors_tell_of_its_absence(error: Exception, absent: bool) -> None:
    """A statement that failed for a reason of its own is not excused by the database."""
    assert means_absence(error) is absent
