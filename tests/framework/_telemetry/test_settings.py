"""What an application wants to have observed."""

import pytest

from kingpost import Kingpost
from kingpost._telemetry.settings import complete


def test_every_key_has_a_default() -> None:
    """An empty configuration observes everything through the global providers."""
    settings = complete(None)

    assert settings["tracing"]
    assert settings["metrics"]
    assert settings["logs"]
    assert settings["operation_spans"] is True
    assert settings["auto_configure"] is False
    assert [settings["tracer_provider"], settings["exclude"]] == [None, None]


def test_what_is_given_wins() -> None:
    """A key of the application takes the place of the default."""
    assert complete({"tracing": False})["tracing"] is False


@pytest.mark.parametrize(("value", "expected"), [("true", True), ("TRUE", True), ("1", False)])
def test_the_environment_switches_exporters_on(
    monkeypatch: pytest.MonkeyPatch, value: str, expected: bool
) -> None:
    """KINGPOST_OTEL_AUTO_CONFIGURE=true is the default's other value; an argument beats it."""
    monkeypatch.setenv("KINGPOST_OTEL_AUTO_CONFIGURE", value)

    assert complete({})["auto_configure"] is expected
    assert complete({"auto_configure": False})["auto_configure"] is False


@pytest.mark.parametrize("config", [5, [], False, "tracing"])
def test_settings_are_a_mapping(config: object) -> None:
    """The error says what to write instead."""
    with pytest.raises(TypeError, match="telemetry takes a dict such as"):
        Kingpost(telemetry=config)  # type: ignore[arg-type]
