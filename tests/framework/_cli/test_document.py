"""The document as the command prints it."""

import json
from pathlib import Path

import pytest
from starlette.applications import Starlette

from kingpost import Kingpost
from kingpost._cli.discovery import Target
from kingpost._cli.document import document_of, save
from kingpost._cli.errors import CommandError


def target(app: object) -> Target:
    """Name an application."""
    return Target("shop.web", "app", app)


@pytest.mark.parametrize(("indent", "start"), [(2, b'{\n  "openapi"'), (0, b'{"openapi":"3.1.0",')])
def test_is_what_the_application_serves(indent: int, start: bytes) -> None:
    """In UTF-8, with as much space as is wanted."""
    app = Kingpost(title="Käse")
    text = document_of(target(app), indent=indent)

    assert json.loads(text) == app.openapi()
    assert text.startswith(start)
    assert "Käse".encode() in text
    assert text.endswith(b"}\n")


def test_needs_an_application_of_ours() -> None:
    """Others have no document."""
    with pytest.raises(CommandError, match=r"shop\.web:app is of type Starlette, which has no"):
        document_of(target(Starlette()))


def test_says_why_it_cannot_be_made() -> None:
    """The reason is the application's."""

    class Broken(Kingpost):
        def openapi(self) -> dict[str, object]:
            raise LookupError("no such tag")

    with pytest.raises(CommandError) as caught:
        document_of(target(Broken()))

    assert str(caught.value) == (
        "The document of shop.web:app could not be made.\nLookupError: no such tag"
    )


def test_is_written_in_place_of_an_older_one(tmp_path: Path) -> None:
    """Nothing of what was there stays."""
    file = tmp_path / "openapi.json"
    file.write_text("an older and longer one")
    save(b"{}\n", file)

    assert file.read_bytes() == b"{}\n"


def test_says_why_it_cannot_be_written(tmp_path: Path) -> None:
    """The file is named."""
    with pytest.raises(CommandError, match=r"openapi\.json could not be written: No such file"):
        save(b"{}", tmp_path / "none" / "openapi.json")
