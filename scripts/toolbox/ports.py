"""Ports: read from a setting, free before anything starts, answering when we say so."""

import errno
import os
import socket
import urllib.request
from collections.abc import Mapping

from toolbox.errors import Stop

LOOPBACK = [(socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")]


def from_settings(settings: Mapping[str, str], name: str, default: int) -> int:
    """Return the port that a setting names. Raises `Stop` when it is not a port."""
    text = settings.get(name, "").strip() or str(default)
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 65536):
        raise Stop(f"{name} is {text!r}, which is no port: set it to a number from 1 to 65535.")
    return int(text)


def ensure_free(port: int, setting: str) -> None:
    """Raise `Stop`, naming the port and the setting that changes it, when the port is taken."""
    for family, address in LOOPBACK:
        reason = _refusal(family, address, port)
        if reason is not None:
            other = port + 10 if port < 65000 else port - 10
            raise Stop(
                f"Port {port} {reason}, so nothing was started. End the program that uses it, or "
                f"choose another port with the setting {setting}, as in: {setting}={other} "
                "./scripts/dev"
            )


def answers(url: str) -> bool:
    """Say whether an address of this machine answers with a success."""
    # The system's proxy settings are for the world outside, not for the loopback address.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(url, timeout=5) as response:
            status: int = response.status
    except OSError:  # urllib's own errors are of this kind
        return False
    return 200 <= status < 300


def _refusal(family: socket.AddressFamily, address: str, port: int) -> str | None:
    try:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            # A listener on all addresses does not always stop a second one on this address.
            probe.settimeout(1)
            if probe.connect_ex((address, port)) == 0:
                return "is taken by another program"
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            if os.name != "nt":
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((address, port))
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            return "is taken by another program"
        if error.errno == errno.EACCES:
            return "may not be used by this user"
        # The system has no such address, as where IPv6 is switched off.
    return None
