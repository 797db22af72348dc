"""WebSockets whose messages pass with less between the operation and the server."""

import json
from typing import Any, NoReturn

from starlette.types import Message
from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

__all__ = ["OpenWebSocket"]

_OPEN = WebSocketState.CONNECTED
_GONE = 1006
"""The code of a connection that was lost (RFC 6455, section 7.4.1)."""

# `json.dumps` makes one for each call that asks for anything special.
_encoder = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


class OpenWebSocket(WebSocket):
    """A WebSocket that asks and tells the server directly while the connection is open.

    What does not fit that state (the handshake, the end, mistakes) is left to Starlette's methods.
    """

    async def receive_text(self) -> str:
        """Return the text of the next message.

        Raises:
            WebSocketDisconnect: The client has gone.
            RuntimeError: The connection is not open.
        """
        if self.application_state is not _OPEN or self.client_state is not _OPEN:
            return await super().receive_text()
        message = await self._receive()
        if message["type"] != "websocket.receive":
            self._end(message)
        text: str = message["text"]
        return text

    async def receive_bytes(self) -> bytes:
        """Return the bytes of the next message.

        Raises:
            WebSocketDisconnect: The client has gone.
            RuntimeError: The connection is not open.
        """
        if self.application_state is not _OPEN or self.client_state is not _OPEN:
            return await super().receive_bytes()
        message = await self._receive()
        if message["type"] != "websocket.receive":
            self._end(message)
        data: bytes = message["bytes"]
        return data

    async def send_text(self, data: str) -> None:
        """Send a message of text.

        Raises:
            WebSocketDisconnect: The client has gone.
            RuntimeError: The connection is not open.
        """
        if self.application_state is not _OPEN:
            await super().send_text(data)
            return
        try:
            await self._send({"type": "websocket.send", "text": data})
        except OSError as exc:
            self._lose(exc)

    async def send_bytes(self, data: bytes) -> None:
        """Send a message of bytes.

        Raises:
            WebSocketDisconnect: The client has gone.
            RuntimeError: The connection is not open.
        """
        if self.application_state is not _OPEN:
            await super().send_bytes(data)
            return
        try:
            await self._send({"type": "websocket.send", "bytes": data})
        except OSError as exc:
            self._lose(exc)

    async def send_json(self, data: Any, mode: str = "text") -> None:
        """Send data as JSON.

        Args:
            data: What the `json` module can write.
            mode: Whether it is to be a message of `text` or `binary`.

        Raises:
            WebSocketDisconnect: The client has gone.
            RuntimeError: The connection is not open, or there is no such mode.
        """
        if mode == "text":
            await self.send_text(_encoder.encode(data))
        elif mode == "binary":
            await self.send_bytes(_encoder.encode(data).encode())
        else:
            await super().send_json(data, mode)

    def _end(self, message: Message) -> NoReturn:
        """Take a message that says that there will be none."""
        kind = message["type"]
        if kind != "websocket.disconnect":
            raise RuntimeError(
                f"The server sent {kind!r} where only 'websocket.receive' and "
                "'websocket.disconnect' can follow."
            )
        self.client_state = WebSocketState.DISCONNECTED
        raise WebSocketDisconnect(message["code"], message.get("reason"))

    def _lose(self, exc: OSError) -> NoReturn:
        self.application_state = WebSocketState.DISCONNECTED
        raise WebSocketDisconnect(code=_GONE) from exc
