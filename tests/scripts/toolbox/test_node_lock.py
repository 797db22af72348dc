"""The front end's lock holds on every machine."""

import json

import pytest

from toolbox import node_lock
from toolbox.errors import Stop
from toolbox.node_lock import portable


def test_registry_addresses_are_left_out() -> None:
    """Which registry is used is a setting of the machine; hashes stay."""
    address = "https://registry.example/a.tgz"
    packages = {
        "node_modules/a": {"version": "1.0.0", "resolved": address, "integrity": "sha512-x"}
    }

    assert {"node_modules/a": {"version": "1.0.0", "integrity": "sha512-x"}} == portable(packages)


def test_builds_that_npm_left_out_are_entered() -> None:
    """A build for another system has its version, and the system and processor of its name."""
    packages = {
        "node_modules/x": {
            "version": "4.0.0",
            "dev": True,
            "optionalDependencies": {"@x/x-darwin-arm64": "4.0.0", "@x/x-linux-x64": "4.0.0"},
        },
        "node_modules/@x/x-linux-x64": {"version": "4.0.0", "integrity": "sha512-y"},
    }
    complete = portable(packages)

    assert {
        "version": "4.0.0",
        "cpu": ["arm64"],
        "dev": True,
        "optional": True,
        "os": ["darwin"],
    } == complete["node_modules/@x/x-darwin-arm64"]
    assert complete["node_modules/@x/x-linux-x64"]["integrity"] == "sha512-y"
    assert sorted(complete) == list(complete)


def test_an_unknown_optional_package_is_refused() -> None:
    """Where the name tells no system, nothing is guessed."""
    packages = {"node_modules/x": {"optionalDependencies": {"fancy": "1.0.0"}}}

    with pytest.raises(Stop, match="fancy"):
        portable(packages)


def test_the_committed_lock_is_portable() -> None:
    """The lock in the repository is what `./scripts/lock` would leave."""
    packages = json.loads(node_lock.LOCK.read_text("utf-8"))["packages"]

    assert packages == portable(packages)
