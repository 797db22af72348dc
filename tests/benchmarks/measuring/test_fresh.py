"""What a fresh process does once."""

import pytest

from benchmarks.measuring import fresh


@pytest.mark.parametrize("name", ["kingpost", "fastapi"])
def test_an_application_has_every_figure(name: str) -> None:
    """Time, memory and description, of a small application here."""
    figures = fresh.main(["app", name, "20"])

    assert set(figures) == {
        "declare (ms)",
        "compile and first request (ms)",
        "declare to first request (ms)",
        "memory (MiB)",
        "OpenAPI (ms)",
        "openapi.json again (ms)",
        "json.dumps of it (ms)",
    }
    assert figures["declare to first request (ms)"] > figures["declare (ms)"] > 0


def test_an_import_takes_time() -> None:
    """None to speak of here, where it is imported already."""
    figures = fresh.main(["import", "kingpost"])

    assert figures["import of the application's class (ms)"] >= figures["import (ms)"] >= 0


def test_other_words_are_refused() -> None:
    """With what would be understood."""
    with pytest.raises(ValueError, match="import FRAMEWORK"):
        fresh.main(["declare"])
