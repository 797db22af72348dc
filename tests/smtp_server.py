"""A mail server on the loopback interface that keeps what it gets (RFC 5321)."""

import asyncio
import base64
import ssl
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from threading import Event, Thread


@dataclass
class SmtpServer:
    """What a mail server does and got.

    Args:
        tls: Its certificate, where it can encrypt.
        login: The name and password that it asks for.
        replies: What it answers to the next mails instead of taking them; "" hangs up.
    """

    tls: ssl.SSLContext | None = None
    login: tuple[str, str] | None = None
    replies: list[str] = field(default_factory=list)
    port: int = 0
    connections: int = 0
    mails: list[EmailMessage] = field(default_factory=list)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve a connection."""
        self.connections += 1
        try:
            await _Conversation(self, reader, writer).run()
        except (ConnectionError, asyncio.IncompleteReadError, ssl.SSLError):
            pass
        finally:
            writer.close()


class _Conversation:
    def __init__(
        self, server: SmtpServer, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self._server, self._reader, self._writer = server, reader, writer
        self._encrypted = False
        self._known = server.login is None

    async def run(self) -> None:
        await self._say("220 ready")
        while line := await self._reader.readline():
            verb, _, rest = line.decode().strip().partition(" ")
            match verb.upper():
                case "EHLO":
                    await self._greet()
                case "STARTTLS" if self._server.tls is not None:
                    await self._say("220 go on")
                    await self._writer.start_tls(self._server.tls)
                    self._encrypted = True
                case "AUTH":
                    await self._log_in(rest)
                case "MAIL" if not self._known:
                    await self._say("530 who are you")
                case "MAIL" | "RCPT" | "RSET":
                    await self._say("250 fine")
                case "DATA":
                    if not await self._take():
                        return
                case "QUIT":
                    await self._say("221 bye")
                    return
                case _:
                    await self._say("502 what")

    async def _say(self, *lines: str) -> None:
        self._writer.writelines(f"{line}\r\n".encode() for line in lines)
        await self._writer.drain()

    async def _greet(self) -> None:
        offers = ["250-localhost", "250-SMTPUTF8", "250-AUTH PLAIN"]
        if self._server.tls is not None and not self._encrypted:
            offers.append("250-STARTTLS")
        await self._say(*offers, "250 HELP")

    async def _log_in(self, given: str) -> None:
        _, name, password = base64.b64decode(given.split()[1]).decode().split("\0")
        self._known = (name, password) == self._server.login
        await self._say("235 welcome" if self._known else "535 no")

    async def _take(self) -> bool:
        await self._say("354 go on")
        content = await self._reader.readuntil(b"\r\n.\r\n")
        reply = self._server.replies.pop(0) if self._server.replies else None
        if reply is None:
            mail = message_from_bytes(content[:-5].replace(b"\r\n..", b"\r\n."), policy=default)
            self._server.mails.append(mail)
        if reply != "":
            await self._say(reply or "250 taken")
        return reply != ""


@asynccontextmanager
async def smtp_server(
    *,
    tls: ssl.SSLContext | None = None,
    tls_at_once: bool = False,
    login: tuple[str, str] | None = None,
) -> AsyncIterator[SmtpServer]:
    """Run a mail server while the block runs.

    Args:
        tls: Its certificate, where it can encrypt.
        tls_at_once: Encrypt from the first byte instead of offering STARTTLS.
        login: The name and password that it asks for.
    """
    state = SmtpServer(tls=None if tls_at_once else tls, login=login)
    at_once = tls if tls_at_once else None
    listener = await asyncio.start_server(state.serve, "127.0.0.1", 0, ssl=at_once)
    state.port = listener.sockets[0].getsockname()[1]
    try:
        yield state
    finally:
        listener.close()


@contextmanager
def smtp_server_thread() -> Iterator[SmtpServer]:
    """Run a mail server beside tests that are not asynchronous."""
    started, ended = Event(), Event()
    servers: list[SmtpServer] = []

    async def run() -> None:
        async with smtp_server() as server:
            servers.append(server)
            started.set()
            await asyncio.to_thread(ended.wait)

    thread = Thread(target=asyncio.run, args=(run(),))
    thread.start()
    started.wait()
    try:
        yield servers[0]
    finally:
        ended.set()
        thread.join()
