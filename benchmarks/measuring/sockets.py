"""The load of the WebSocket echo, which wrk cannot make: a plain client of few words.

It holds several connections, sends each its next message as soon as the last one has come back,
and speaks only as much of RFC 6455 as that takes: short text frames, masked on the way there.
"""

import base64
import selectors
import socket
import struct
import sys
from time import perf_counter

from benchmarks.workloads import ECHO

CONNECTIONS = 16
MASK = b"\x01\x02\x03\x04"
TEXT = 0x81  # a whole text message in one frame


class UnequalEchoError(Exception):
    """The server sent back something else."""


def frame(text: str, mask: bytes = b"") -> bytes:
    """Return a text message of at most 125 bytes as one frame (RFC 6455, section 5.2)."""
    data = text.encode()
    if mask:
        data = bytes(byte ^ mask[place % 4] for place, byte in enumerate(data))
    return struct.pack("!BB", TEXT, len(data) | (0x80 if mask else 0)) + mask + data


def connect(port: int) -> socket.socket:
    """Open a WebSocket at /echo (RFC 6455, section 4.1). Raises `UnequalEchoError` if refused."""
    connection = socket.create_connection(("127.0.0.1", port), timeout=10)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    key = base64.b64encode(b"benchmark's nonce"[:16]).decode()
    lines = ["GET /echo HTTP/1.1", f"Host: 127.0.0.1:{port}", "Upgrade: websocket"]
    lines += ["Connection: Upgrade", f"Sec-WebSocket-Key: {key}", "Sec-WebSocket-Version: 13"]
    connection.sendall("\r\n".join([*lines, "", ""]).encode())
    answer = b""
    while not answer.endswith(b"\r\n\r\n"):
        chunk = connection.recv(1)
        if not chunk:
            break
        answer += chunk
    if b" 101 " not in answer.partition(b"\r\n")[0]:
        connection.close()
        raise UnequalEchoError(f"The server refused the connection: {answer[:200]!r}")
    return connection


def rate(port: int, seconds: float) -> float:
    """Return how many messages a second come back.

    Raises `UnequalEchoError` when one of them is not what was sent.
    """
    there, back = frame(ECHO, MASK), frame(ECHO)
    count = 0
    with selectors.DefaultSelector() as selector:
        for _ in range(CONNECTIONS):
            connection = connect(port)
            selector.register(connection, selectors.EVENT_READ, bytearray())
            connection.sendall(there)
        started = now = perf_counter()
        while now - started < seconds:
            for key, _ in selector.select(timeout=10):
                peer, got = key.fileobj, key.data
                if not isinstance(peer, socket.socket):
                    raise TypeError("Only sockets are registered.")
                got += peer.recv(4096)
                if len(got) < len(back):
                    continue
                if got != back:
                    raise UnequalEchoError(f"The server sent back {bytes(got)!r}.")
                got.clear()
                count += 1
                peer.sendall(there)
            now = perf_counter()
        for key in list(selector.get_map().values()):
            if isinstance(key.fileobj, socket.socket):
                key.fileobj.close()
    return count / (now - started)


if __name__ == "__main__":
    print(rate(int(sys.argv[1]), float(sys.argv[2])))
