"""Stamps: what was made completely is not made again."""

from pathlib import Path

import pytest

from toolbox import stamps


@pytest.fixture(autouse=True)
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the temporary folder stand for the repository."""
    monkeypatch.setattr(stamps, "ROOT", tmp_path)
    return tmp_path


def test_a_stamp_holds_for_its_inputs_only(root: Path) -> None:
    """A stamp is current for what it was written for, and for nothing else."""
    stamp = root / "folder" / "stamp"
    stamps.write(stamp, "inputs")

    assert stamps.is_current(stamp, "inputs")
    assert not stamps.is_current(stamp, "other inputs")


def test_no_stamp_is_never_current(root: Path) -> None:
    """Work that was interrupted has no stamp, and so is done again."""
    stamp = root / "stamp"
    stamps.write(stamp, "inputs")
    stamps.clear(stamp)
    stamps.clear(stamp)

    assert not stamps.is_current(stamp, "inputs")


def test_the_digest_sees_content_name_and_words(root: Path) -> None:
    """A changed file, a renamed file and another word each give another digest."""
    (root / "a").write_text("one")
    first = stamps.digest([root / "a"], "word")
    (root / "a").write_text("two")
    changed = stamps.digest([root / "a"], "word")
    (root / "a").rename(root / "b")
    renamed = stamps.digest([root / "b"], "word")

    assert 4 == len({first, changed, renamed, stamps.digest([root / "b"], "another")})


def test_the_digest_does_not_depend_on_the_order(root: Path) -> None:
    """A folder may be listed in any order."""
    files = [root / "a", root / "b"]
    for file in files:
        file.write_text(file.name)

    assert stamps.digest(files) == stamps.digest(reversed(files))
