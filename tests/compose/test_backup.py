"""A backup, the loss of everything, and the product as it was."""

import stat
from pathlib import Path

from tests.compose.conftest import Production

TABLES = ["users", "items", "sessions", "alembic_version"]

COUNT_ROWS = """
SELECT table_name, (xpath('/row/rows/text()', query_to_xml(
    format('SELECT count(*) AS rows FROM %I', table_name), false, true, '')))[1]
FROM information_schema.tables WHERE table_schema = 'public' ORDER BY table_name
"""


def counts(production: Production) -> dict[str, int]:
    """Count the rows of every table."""
    rows = (row.split("|") for row in production.stack.sql(COUNT_ROWS))
    return {name: int(count) for name, count in rows}


def test_restored_after_the_loss_of_everything(production: Production, tmp_path: Path) -> None:
    """Volumes and secrets are gone; the backup brings back every row, and people can sign in."""
    site, stack = production.site, production.stack
    account = site.new_account("Katherine Johnson")
    site.add_items(account, "Oak beam", "Ash wedge")
    before = counts(production)
    file = Path(production.script("backup", "--folder", str(tmp_path)).splitlines()[-1])
    assert stat.S_IMODE(file.stat().st_mode) == 0o600

    stack.compose("down", "--volumes")
    for secret in (stack.folder / "secrets").iterdir():
        secret.unlink()
    production.script("restore", "--yes", str(file))
    after = counts(production)
    production.script("deploy")

    assert set(TABLES) <= set(before)
    assert after == before
    with site.client() as client:
        headers = {"Authorization": f"Bearer {site.access_token(account)}"}
        items = client.get("/items", headers=headers).raise_for_status().json()["items"]
    assert {item["title"] for item in items} == {"Oak beam", "Ash wedge"}


def test_damaged_backup_changes_nothing(production: Production, tmp_path: Path) -> None:
    """What cannot be read whole never takes the place of what is there."""
    site = production.site
    account = site.new_account("Annie Easley")
    file = Path(production.script("backup", "--folder", str(tmp_path)).splitlines()[-1])
    damaged = tmp_path / "damaged.dump"
    content = file.read_bytes()
    damaged.write_bytes(content[: len(content) * 2 // 3])
    refused = False
    try:
        production.script("restore", "--yes", str(damaged))
    except AssertionError as error:
        refused = "Nothing was changed" in str(error)

    assert refused
    assert site.access_token(account)


def test_old_backups_make_room(production: Production, tmp_path: Path) -> None:
    """With --keep only the newest stay."""
    old = tmp_path / "kingpost-2020-01-01T00-00-00Z.dump"
    old.write_bytes(b"")
    newest = production.script("backup", "--folder", str(tmp_path), "--keep", "1").splitlines()[-1]

    assert [str(file) for file in tmp_path.glob("*.dump")] == [newest]
