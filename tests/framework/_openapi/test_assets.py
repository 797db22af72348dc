import hashlib
import tomllib
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

import anyio
import pytest

from kingpost._openapi import assets
from kingpost._openapi.assets import ASSETS_URL, REDOC_URL, SWAGGER_UI_URL, serve_asset

FOLDER = Path(assets.__file__).parent
PACKAGES = tomllib.loads((FOLDER / "VENDORED.toml").read_text("utf-8"))["package"]
VENDORED = {name: file for package in PACKAGES for name, file in package["files"].items()}

pytestmark = pytest.mark.anyio


async def fetch(
    name: str, method: str = "GET", headers: dict[str, str] | None = None
) -> tuple[bool, int, dict[str, str], bytes]:
    """Ask for a file; return whether it was answered, status, headers and body."""
    sent: list[MutableMapping[str, Any]] = []

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    async def receive() -> MutableMapping[str, Any]:
        await anyio.sleep_forever()
        return {"type": "http.disconnect"}

    raw = [(key.encode(), value.encode()) for key, value in (headers or {}).items()]
    scope = {"type": "http", "method": method, "headers": raw}
    answered = await serve_asset(name, scope, receive, send)
    if not sent:
        return answered, 0, {}, b""
    received = {key.decode(): value.decode() for key, value in sent[0]["headers"]}
    body = b"".join(message.get("body", b"") for message in sent[1:])
    return answered, sent[0]["status"], received, body


def test_vendored_files_are_unchanged() -> None:
    """Each file of another project is the one that its checksum names."""
    actual = {
        name: hashlib.sha256((FOLDER / "assets" / name).read_bytes()).hexdigest()
        for name in VENDORED
    }

    assert actual == {name: file["sha256"] for name, file in VENDORED.items()}


def test_every_file_is_accounted_for() -> None:
    """A file is either listed with its origin or drawn here."""
    present = {path.name for path in (FOLDER / "assets").iterdir()}

    assert present == {*VENDORED, "favicon.svg"}


def test_addresses_say_which_version_a_file_is_of() -> None:
    """The number after the @ is the first one of the copy's version."""
    major = {package["name"]: package["version"].split(".")[0] for package in PACKAGES}

    assert f"{ASSETS_URL}swagger-ui-dist@{major['swagger-ui-dist']}/" == SWAGGER_UI_URL
    assert f"{ASSETS_URL}redoc@{major['redoc']}/" == REDOC_URL


def test_every_package_has_version_and_licence_text() -> None:
    """Nobody has to guess what was copied from where, and under which terms."""
    for package in PACKAGES:
        assert package["version"].split(".")[0].isdecimal()
        assert any(file["source"] == "LICENSE" for file in package["files"].values())


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("swagger-ui-bundle.js", "text/javascript; charset=utf-8"),
        ("swagger-ui.css", "text/css; charset=utf-8"),
        ("redoc.standalone.js", "text/javascript; charset=utf-8"),
        ("favicon.svg", "image/svg+xml"),
        ("swagger-ui-NOTICE.txt", "text/plain; charset=utf-8"),
    ],
)
async def test_sends_file_with_its_type(name: str, media_type: str) -> None:
    """Browsers that are told not to guess need the right type."""
    answered, status, headers, body = await fetch(name)

    assert (answered, status, headers["content-type"]) == (True, 200, media_type)
    assert headers["x-content-type-options"] == "nosniff"
    assert body == (FOLDER / "assets" / name).read_bytes()


async def test_head_sends_no_body() -> None:
    """HEAD has the headers of GET."""
    _, status, headers, body = await fetch("favicon.svg", "HEAD")

    assert (status, body) == (200, b"")
    assert headers["content-length"] == str((FOLDER / "assets/favicon.svg").stat().st_size)


@pytest.mark.parametrize("form", ["{}", "W/{}", '"other", {}'])
async def test_known_copy_is_not_sent_again(form: str) -> None:
    """A copy is kept for a day, then asked after by its tag."""
    etag = (await fetch("favicon.svg"))[2]["etag"]

    _, status, headers, body = await fetch(
        "favicon.svg", headers={"if-none-match": form.format(etag)}
    )

    assert (status, body, headers["etag"]) == (304, b"", etag)
    assert headers["cache-control"] == "public, max-age=86400"


async def test_other_tag_gets_the_file() -> None:
    """An outdated copy is replaced."""
    _, status, _, body = await fetch("favicon.svg", headers={"if-none-match": '"old"'})

    assert status == 200
    assert body.startswith(b"<svg")


@pytest.mark.parametrize("name", ["nope.js", "../pages.py", "", "/favicon.svg"])
async def test_unknown_name_is_not_answered(name: str) -> None:
    """Nothing outside of the folder can be asked for."""
    assert await fetch(name) == (False, 0, {}, b"")


async def test_other_method_is_not_answered() -> None:
    """Files can only be read."""
    assert await fetch("favicon.svg", "POST") == (False, 0, {}, b"")
