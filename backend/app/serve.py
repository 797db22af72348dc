"""The server of a deployment: ``python -m app.serve``, which ends without failing a request.

A proxy in front holds connections open and opens new ones at any moment. A server that is told to
end and closes them at once breaks off a request that was just being sent on one, and the proxy
cannot send that again: the server may have done it already. So the end has an order:

1. Every answer says ``Connection: close``, and no new connection is begun (on Linux).
2. When those that were being made have all been accepted, the port is closed: from here on the
   proxy is refused at once, which tells it that nothing was done, and it goes elsewhere.
3. Open connections are served until the proxy has closed them, which it does with idle ones.
   None is left then on which a request could come.
4. Requests that still run are finished, and the application ends.
"""

import asyncio
import ctypes
import os
import socket
import struct
import sys
from contextlib import suppress
from dataclasses import dataclass

import uvicorn

from app.settings import SettingsError, load_settings


@dataclass(frozen=True)
class Drain:
    """How long the steps of the end take, in seconds.

    Args:
        accepting: The second step: several round trips between the proxy and this machine.
        idle: The third, at most: much longer than the proxy keeps an idle connection.
        finishing: The fourth: how long a request may still run before it is broken off.
    """

    accepting: float = 0.25
    idle: float = 6.0
    finishing: int = 20


_STEP_SECONDS = 0.05

# Linux's number of the option that Python has no name for.
_SO_ATTACH_FILTER = 26

# For each packet to a listening socket: byte 13 of the TCP header holds the flags (RFC 9293, 3.1).
# SYN without ACK asks for a new connection and is dropped; the others pass whole.
_NO_NEW_CONNECTIONS = (
    (0x30, 0, 0, 13),  # load the byte
    (0x54, 0, 0, 0x12),  # keep SYN and ACK
    (0x15, 0, 1, 0x02),  # unless it is SYN alone, skip one
    (0x06, 0, 0, 0),  # drop
    (0x06, 0, 0, 0xFFFFFFFF),  # pass
)


def refuse_connections(listener: socket.socket) -> None:
    """Let a listening socket begin no new connection, while those being made are completed.

    A dropped packet is sent again a second later, and answered then by the closed port. Elsewhere
    than on Linux nothing is done: the kernel breaks off what it has accepted and we have not.
    """
    if sys.platform != "linux":
        return
    code = b"".join(struct.pack("HBBI", *step) for step in _NO_NEW_CONNECTIONS)
    kept = ctypes.create_string_buffer(code)
    program = struct.pack("HP", len(_NO_NEW_CONNECTIONS), ctypes.addressof(kept))
    with suppress(OSError):  # a kernel without socket filters
        listener.setsockopt(socket.SOL_SOCKET, _SO_ATTACH_FILTER, program)


class DrainingServer(uvicorn.Server):
    """Uvicorn, with the order of this module at its end.

    Args:
        config: What is served and how.
        drain: How long the steps take.
    """

    def __init__(self, config: uvicorn.Config, drain: Drain) -> None:
        super().__init__(config)
        self._drain = drain

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End in order; a second Ctrl-C ends at once."""
        state = self.server_state
        state.default_headers = [*state.default_headers, (b"connection", b"close")]
        for listener in sockets or []:
            refuse_connections(listener)
        await self._pause(self._drain.accepting)
        for server in self.servers:
            server.close()
        await self._pause(self._drain.idle, while_connected=True)
        await super().shutdown(sockets)

    async def _pause(self, seconds: float, *, while_connected: bool = False) -> None:
        for _ in range(round(seconds / _STEP_SECONDS)):
            # Slept first: what was accepted last is among the connections only then.
            await asyncio.sleep(_STEP_SECONDS)
            if self.force_exit or (while_connected and not self.server_state.connections):
                return


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens; several connections may wait to be accepted.

    Raises:
        OSError: The port is taken.
    """
    return socket.create_server((host, port), backlog=2048)


def main() -> None:
    """Serve on every address at ``API_PORT`` until SIGTERM.

    Who may say where a request came from is Uvicorn's ``FORWARDED_ALLOW_IPS``.

    Raises:
        SystemExit: Settings are wrong or missing; the message names each.
    """
    try:
        settings = load_settings()
    except SettingsError as error:
        raise SystemExit(str(error)) from None
    drain = Drain()
    config = uvicorn.Config(
        "app.main:app",
        access_log=False,
        server_header=False,
        forwarded_allow_ips=os.environ.get("FORWARDED_ALLOW_IPS"),
        # Longer than any proxy keeps one, so that it is never us who closes an idle connection.
        timeout_keep_alive=75,
        timeout_graceful_shutdown=drain.finishing,
    )
    # In a container, every address is the container's own.
    with listen("0.0.0.0", settings.API_PORT) as listener:  # noqa: S104
        DrainingServer(config, drain).run(sockets=[listener])


if __name__ == "__main__":
    main()
