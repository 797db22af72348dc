"""The client of the echo speaks as RFC 6455 asks."""

import socket
import threading

import pytest

from benchmarks.measuring.sockets import UnequalEchoError, connect, frame


def test_a_frame_from_a_server_is_plain() -> None:
    """The unmasked text of RFC 6455, section 5.7."""
    assert frame("Hello") == bytes.fromhex("810548656c6c6f")


def test_a_frame_from_a_client_is_masked() -> None:
    """The masked text of RFC 6455, section 5.7."""
    assert frame("Hello", bytes.fromhex("37fa213d")) == bytes.fromhex("818537fa213d7f9f4d5158")


def test_a_refused_connection_is_an_error() -> None:
    """A server without the operation answers with another status."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def refuse() -> None:
            peer, _ = listener.accept()
            with peer:
                peer.recv(4096)
                peer.sendall(b"HTTP/1.1 403 Forbidden\r\n\r\n")

        thread = threading.Thread(target=refuse)
        thread.start()
        with pytest.raises(UnequalEchoError, match="403"):
            connect(listener.getsockname()[1])
        thread.join()
