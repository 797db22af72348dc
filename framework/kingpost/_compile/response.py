"""Code that turns the result into a response and sends it."""

from functools import partial
from typing import Any

from starlette.responses import JSONResponse, Response

from kingpost._compile import runtime
from kingpost._compile.code import CodeBuilder
from kingpost._compile.data_results import DataWriter
from kingpost._compile.rendering import render_result
from kingpost._http.native import encode_native
from kingpost._http.responses import is_body_allowed_for_status_code
from kingpost._plan.fields import ModelField
from kingpost._plan.model import Injected, ResponseKind, ResponsePlan, RoutePlan
from kingpost._plan.schemas import instance_passes, item_that_passes

__all__ = ["ResponseCode"]

_PLAIN = {
    "include": None,
    "exclude": None,
    "by_alias": True,
    "exclude_unset": False,
    "exclude_defaults": False,
    "exclude_none": False,
}


class ResponseCode:
    """Writes the statements for one response.

    Args:
        code: Where to write.
        plan: The path operation.
        response: Its response.
        injected: What the operation and its dependencies receive.
    """

    def __init__(
        self, code: CodeBuilder, plan: RoutePlan, response: ResponsePlan, injected: set[Injected]
    ) -> None:
        self._code = code
        self._plan = plan
        self._response = response
        self._injects_response = Injected.RESPONSE in injected
        self._injects_background = Injected.BACKGROUND_TASKS in injected
        self._has_headers = False
        cls = getattr(response.response_class, "value", response.response_class)
        is_json = response.field is None and cls is JSONResponse
        is_rendered = response.kind is ResponseKind.RENDERED and not is_json
        self._is_object = is_rendered or response.kind.is_stream
        self._status = 200 if response.status_code is None else response.status_code

    def encode(self, *, is_sent_later: bool) -> None:
        """Write what makes ``content`` of ``result``.

        No ``content`` stands for a ready response in ``result``.

        Args:
            is_sent_later: Write also what makes ``headers`` and ``status``, because dependencies
                end before the response is sent, and change nothing of it any more.
        """
        if self._is_object:
            self._render()
            if is_sent_later:
                # No longer what it is where a dependency swallowed an exception.
                self._code.assign("content", "None")
            return
        self._encode_content()
        self._has_headers = is_sent_later
        if is_sent_later:
            with self._code.block("if content is not None:"):
                self._make_headers()

    def _render(self) -> None:
        """Write what makes a ready response of any other result."""
        code = self._code
        if self._plan.endpoint.kind.is_generator:
            code.assign("result", self._rendered())
        else:
            with code.block(f"if not isinstance(result, {code.bind('Response', Response)}):"):
                code.assign("result", self._rendered())

    def _rendered(self) -> str:
        render = "stream"
        if not self._response.kind.is_stream:
            make = partial(render_result, self._plan, self._response)
            render = self._code.bind("render", make)
        given = ["result"]
        if self._injects_response:
            given.append("injected=response")
        if self._injects_background:
            given.append("background=background")
        return f"{render}({', '.join(given)})"

    def _encode_content(self) -> None:
        code = self._code
        base = code.bind("Response", Response)
        if self._response.field is None:
            code.assign("content", f"{code.bind('encode_native', encode_native)}(result)")
            with code.block(f"if content is None and not isinstance(result, {base}):"):
                encode = code.bind("encode_json", runtime.encode_json)
                code.assign("content", f"{encode}(result)")
            return
        field = self._response.field
        dump = code.bind("to_json", self._serialiser())
        check = code.bind("check_result", runtime.check_result)
        context = code.bind("CONTEXT", self._plan.context)
        arguments = f"{code.bind('RESULT', field)}, result, {context}"
        first = "if"
        passes = self._passes(field)
        if passes:
            with code.block(f"if {passes}:"):
                code.assign("content", f"{dump}(result)")
            first = "elif"
        with code.block(f"{first} isinstance(result, {base}):"):
            code.assign("content", "None")
        with code.block("else:"):
            validated = f"{dump}({check}({arguments}))"
            if passes and not self._chooses:
                code.assign("content", f"{code.bind('write_data', DataWriter(field))}(result)")
                with code.block("if content is None:"):
                    code.assign("content", validated)
            else:
                code.assign("content", validated)

    @property
    def _chooses(self) -> bool:
        """Whether some fields of the response are left out."""
        return self._response.dump_options != _PLAIN

    def _passes(self, field: ModelField) -> str:
        """Return the condition under which a result need not be validated; "" if there is none."""
        code = self._code
        if instance_passes(field) and isinstance(field.type_, type):
            return f"type(result) is {code.bind('MODEL', field.type_)}"
        item = item_that_passes(field)
        if item is None:
            return ""
        only = code.bind("MODELS", frozenset({item}))
        return f"type(result) is list and {only}.issuperset(map(type, result))"

    def _serialiser(self) -> Any:
        assert self._response.field is not None  # noqa: S101 - for the type checker
        options = {
            name: value
            for name, value in self._response.dump_options.items()
            if value != _PLAIN[name] or name == "by_alias"
        }
        return partial(self._response.field.serializer.to_json, **options)

    def send(self) -> None:
        """Write what sends ``content``, or the ready response in ``result``.

        ``started`` becomes true with the first; the second notes in the scope when it starts.
        """
        code = self._code
        if self._is_object:
            self._send_ready()
            return
        with code.block("if content is None:"):
            self._send_ready()
        with code.block("else:"):
            if not self._has_headers:
                self._make_headers()
            code.assign("started", "True")
            status = "status" if self._injects_response else str(self._status)
            code.line(
                "await send({'type': 'http.response.start', "
                f"'status': {status}, 'headers': headers}})"
            )
            code.line("await send({'type': 'http.response.body', 'body': content})")
            if self._injects_background:
                code.line("await background()")

    def _send_ready(self) -> None:
        code = self._code
        if self._injects_background and not self._plan.endpoint.kind.is_generator:
            with code.block("if result.background is None:"):
                code.assign("result.background", "background")
        ready = code.bind("send_ready", runtime.send_ready)
        code.line(f"await {ready}(result, scope, receive, send)")

    def _make_headers(self) -> None:
        code = self._code
        if self._injects_response:
            finish = code.bind("finish", runtime.finish)
            code.assign("status, headers, content", f"{finish}(response, {self._status}, content)")
        elif is_body_allowed_for_status_code(self._status):
            length = "(b'content-length', b'%d' % len(content))"
            code.assign("headers", f"[{length}, (b'content-type', b'application/json')]")
        else:
            code.assign("content", "b''")
            code.assign("headers", "[(b'content-type', b'application/json')]")
