"""`./scripts/deploy`: what stops it before anything is touched."""

import pytest

from toolbox.commands import deploy
from toolbox.errors import Stop


def test_domain_is_needed() -> None:
    """Without a name nobody would find the product."""
    with pytest.raises(Stop, match="DOMAIN is missing"):
        deploy.check({})


@pytest.mark.parametrize("email", ["", "admin@example.com"])
def test_address_of_a_person_is_needed(email: str) -> None:
    """The default address is nobody's; a certificate authority refuses it."""
    with pytest.raises(Stop, match="ADMIN_EMAIL is missing"):
        deploy.check({"DOMAIN": "app.example.net", "ADMIN_EMAIL": email})


def test_trying_it_out_needs_nothing_more() -> None:
    """On this machine no authority is asked."""
    deploy.check({"DOMAIN": "localhost"})


def test_without_docker_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """One sentence instead of an error of the system."""
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("DOMAIN", "localhost")

    with pytest.raises(Stop, match="Docker was not found"):
        deploy.main([])
