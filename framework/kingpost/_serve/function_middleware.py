"""Middleware made of one function of request and `call_next`, or of a class with such a method.

Starlette's `BaseHTTPMiddleware` gives such a function its meaning, and serves where the event loop
is not asyncio's. What is here does the same with one task and a queue in place of task groups and
streams: the application runs in a task of its own, in a copy of the context; what it sends after
the answer's beginning waits until it is taken; it goes on, with its background tasks, once the
answer has been sent; and nothing of it is left running when the middleware ends.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Coroutine
from types import new_class
from typing import Any, ClassVar

from anyio import CancelScope
from starlette.middleware.base import BaseHTTPMiddleware, _CachedRequest
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kingpost._http.patches import is_patched

__all__ = ["FunctionMiddleware", "leaner"]

_BODY = ("http.response.body", "http.response.pathsend")
_DISCONNECT = {"type": "http.disconnect"}
_END = {"type": "http.response.body", "body": b"", "more_body": False}


class FunctionMiddleware(BaseHTTPMiddleware):
    """Calls a function around every HTTP request.

    Args:
        app: What it stands around.
        dispatch: The function: an asynchronous one of a request and of `call_next`, which hands the
            request on and returns the answer.
    """

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            await super().__call__(scope, receive, send)
            return
        passages: list[_Passage] = []
        request = _CachedRequest(scope, receive, send)

        async def call_next(_: Request) -> Response:
            passage = _Passage(loop, request)
            passages.append(passage)
            passage.begin(self.app)
            return await passage.response(send)

        try:
            response = await self.dispatch_func(request, call_next)
            await response(scope, request.wrapped_receive, send)
        except BaseException:
            for passage in passages:
                await passage.cancel()
            raise
        for passage in passages:
            await passage.end()


def leaner(cls: Any) -> Any:
    """Return a class of middleware that does what another does, in less where it can be.

    That is where it is `BaseHTTPMiddleware`, or has a `dispatch` method and is one by inheritance:
    its instances are of a subclass then.

    Args:
        cls: Whatever makes middleware of an application.
    """
    if (
        not (isinstance(cls, type) and issubclass(cls, BaseHTTPMiddleware))
        or cls.__call__ is not BaseHTTPMiddleware.__call__
        or is_patched(BaseHTTPMiddleware)
    ):
        return cls
    if cls is BaseHTTPMiddleware:
        return FunctionMiddleware
    names = {"__module__": cls.__module__, "__qualname__": cls.__qualname__}
    return new_class(cls.__name__, (cls, FunctionMiddleware), {}, lambda body: body.update(names))


class _Passage:
    """One run of the application, seen from the middleware around it.

    Args:
        loop: The event loop.
        request: What the middleware's function may have read from.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop, request: _CachedRequest) -> None:
        self._loop = loop
        self._request = request
        self._messages: deque[Message] = deque()
        self._is_closed = False
        """Whether the answer has been sent: nobody takes anything any more."""
        self._change: asyncio.Future[None] | None = None
        """Waited for by the middleware; done when a message has come, or the end."""
        self._senders: list[asyncio.Future[None]] = []
        self._receivers: set[asyncio.Task[Message]] = set()
        self._error: Exception | None = None
        self._is_done = False
        self._scope = CancelScope()
        self._task: asyncio.Task[None]

    # --- the application's side -----------------------------------------------------------------

    def begin(self, app: ASGIApp) -> None:
        """Start the application."""
        self._task = self._loop.create_task(self._run(app))

    async def _run(self, app: ASGIApp) -> None:
        try:
            with self._scope:
                await app(self._request.scope, self._receive, self._send)
        except Exception as exc:  # noqa: BLE001 - raised where the middleware waits
            self._error = exc
        finally:
            self._is_done = True
            self._tell()

    async def _send(self, message: Message) -> None:
        if self._is_closed:
            return
        self._messages.append(message)
        self._tell()
        kind = message["type"]
        if kind not in _BODY:
            return
        is_last = kind == "http.response.pathsend" or not message.get("more_body", False)
        while not self._is_closed:
            waiting: asyncio.Future[None] = self._loop.create_future()
            self._senders.append(waiting)
            await waiting
            if not is_last:
                return

    async def _receive(self) -> Message:
        request = self._request
        if self._is_closed:
            return _DISCONNECT
        if not (request._wrapped_rcv_consumed or request._wrapped_rcv_disconnected):
            return await request.wrapped_receive()
        return await self._unless_closed(request.wrapped_receive())

    async def _unless_closed(self, receiving: Coroutine[Any, Any, Message]) -> Message:
        """Wait for a message, and no longer than somebody takes an answer."""
        task = self._loop.create_task(receiving)
        self._receivers.add(task)
        try:
            await asyncio.wait([task])
        finally:
            self._receivers.discard(task)
            task.cancel()
        return _DISCONNECT if self._is_closed else task.result()

    def _tell(self) -> None:
        """Wake the middleware, if it waits."""
        if self._change is not None and not self._change.done():
            self._change.set_result(None)

    # --- the middleware's side ------------------------------------------------------------------

    async def take(self) -> Message | None:
        """Return the next message; None if there is none to come."""
        while not self._messages:
            if self._is_done:
                return None
            await self._next_change()
        message = self._messages.popleft()
        self._release()
        return message

    async def _next_change(self) -> None:
        self._change = self._loop.create_future()
        await self._change

    def _release(self) -> None:
        """Let those go on that wait until a message is taken."""
        for waiting in self._senders:
            if not waiting.done():
                waiting.set_result(None)
        self._senders.clear()

    def _close(self) -> None:
        self._is_closed = True
        self._release()
        for task in self._receivers:
            task.cancel()

    async def response(self, send: Send) -> "_PassedResponse":
        """Return the application's answer as soon as it begins.

        Raises:
            RuntimeError: It ended without one.
            Exception: What it raised instead.
        """
        info = None
        while True:
            message = await self.take()
            if message is None:
                self._raise(RuntimeError("No response returned."))
            elif message["type"] == "http.response.debug":
                info = message["info"]
            elif message["type"] == "http.response.early_hint":
                await send(message)
            else:
                return _PassedResponse(message, self, info)

    def _raise(self, otherwise: Exception | None = None) -> None:
        """Raise what the application raised, once; or something else."""
        error, self._error = self._error, None
        if error is not None:
            raise error from error.__cause__ or error.__context__
        if otherwise is not None:
            raise otherwise

    async def end(self) -> None:
        """Wait for the application's end, and raise what it raised."""
        self._close()
        try:
            while not self._is_done:
                await self._next_change()
        except BaseException:
            await self.cancel()
            raise
        self._raise()

    async def cancel(self) -> None:
        """Cancel the application, and wait for its end."""
        self._close()
        self._scope.cancel()
        with CancelScope(shield=True):
            await asyncio.wait([self._task])


class _PassedResponse(Response):
    """The application's answer as it comes.

    Attributes:
        body_iterator: The body, piece by piece; may be replaced.
    """

    background: Any = None
    media_type: ClassVar[str | None] = None  # type: ignore[misc]

    def __init__(self, start: Message, passage: _Passage, info: Any) -> None:
        self.status_code = start["status"]
        self.raw_headers = start.get("headers", [])
        self.info = info
        self._passage = passage
        self._body: AsyncIterator[Any] | None = None

    @property
    def body_iterator(self) -> AsyncIterator[Any]:
        if self._body is None:
            self._body = self._pieces()
        return self._body

    @body_iterator.setter
    def body_iterator(self, body: AsyncIterator[Any]) -> None:
        self._body = body

    async def _pieces(self) -> AsyncIterator[Any]:
        while (message := await self._passage.take()) is not None:
            if message["type"] == "http.response.pathsend":
                yield message
                return
            if message.get("body"):
                yield message["body"]
            if not message.get("more_body", False):
                return

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self.info is not None:
            await send({"type": "http.response.debug", "info": self.info})
        start = {"type": "http.response.start", "status": self.status_code}
        await send({**start, "headers": self.raw_headers})
        if self._body is None:
            await self._pass_on(send)
        else:
            await self._send_pieces(self._body, send)
        if self.background is not None:
            await self.background()

    async def _pass_on(self, send: Send) -> None:
        """Send the body as the application sends it."""
        more = True
        while more:
            message = await self._passage.take() or _END
            await send(message)
            more = bool(message.get("more_body", False))

    async def _send_pieces(self, body: AsyncIterator[Any], send: Send) -> None:
        """Send the body that somebody has had a look at."""
        async for piece in body:
            if isinstance(piece, dict):
                await send(piece)
                return
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send(_END)
