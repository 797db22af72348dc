"""Observes the requests of an application."""

import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from time import perf_counter
from typing import Any

from opentelemetry import context as otel_context
from opentelemetry import metrics, propagate, trace
from opentelemetry._logs import LogRecord, SeverityNumber, get_logger_provider
from opentelemetry.trace import Span, SpanKind, Status, StatusCode
from starlette.background import BackgroundTasks
from starlette.exceptions import HTTPException, WebSocketException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kingpost._http.naming import NAMES
from kingpost._telemetry.attributes import (
    http_attributes,
    method_of,
    metric_attributes,
    websocket_attributes,
)
from kingpost._telemetry.data import CONTEXT_KEY, CURRENT, MOUNTED_AT, OBSERVATION, TelemetryData
from kingpost._telemetry.settings import TelemetryConfig

__all__ = ["Observation", "Observer"]

_SCHEMA = "https://opentelemetry.io/schemas/1.44.0"
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0)


class Observer:
    """Makes a span, measurements and log events of each request.

    Args:
        config: With every key.
    """

    def __init__(self, config: TelemetryConfig) -> None:
        self.config = config
        version = NAMES.version
        tracers = config["tracer_provider"] or trace.get_tracer_provider()
        self.tracer = tracers.get_tracer(NAMES.package, version, schema_url=_SCHEMA)
        loggers = config["logger_provider"] or get_logger_provider()
        self.logger = loggers.get_logger(NAMES.package, version, schema_url=_SCHEMA)
        meters = config["meter_provider"] or metrics.get_meter_provider()
        meter = meters.get_meter(NAMES.package, version, schema_url=_SCHEMA)
        self.active = meter.create_up_down_counter(
            "http.server.active_requests", "{request}", "Number of active HTTP server requests."
        )
        self.duration = meter.create_histogram(
            "http.server.request.duration",
            "s",
            "Duration of HTTP server requests.",
            explicit_bucket_boundaries_advisory=_SECONDS,
        )

    async def __call__(self, app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
        """Run an application for one request, observed."""
        exclude = self.config["exclude"]
        wanted = scope["type"] in ("http", "websocket") and not (exclude and exclude(scope))
        if not wanted or OBSERVATION in scope:
            await app(scope, receive, send)
            return
        observation = Observation(self, scope)
        with observation.around():
            await app(scope, receive, observation.listen(send))


class Observation:
    """One request under observation.

    Args:
        observer: The application's observer.
        scope: The request's scope.
    """

    def __init__(self, observer: Observer, scope: Scope) -> None:
        self.data = TelemetryData()
        self._observer = observer
        self._config = observer.config
        self._scope = scope
        self._status: int | None = None
        self._error: str | None = None
        self._is_http = scope["type"] == "http"
        self._measured = self._is_http and self._config["metrics"]
        self._started = perf_counter()
        self._counted = metric_attributes(scope) if self._is_http else {}
        self._span: Span = trace.INVALID_SPAN
        self._finished = False
        scope[OBSERVATION] = self

    # --- the request ------------------------------------------------------------------------

    @contextmanager
    def around(self) -> Iterator[None]:
        """Observe what happens inside: a request from its beginning to its end."""
        scope = self._scope
        headers = {k.decode("latin-1"): v.decode("latin-1") for k, v in scope["headers"]}
        attributes = http_attributes(scope) if self._is_http else websocket_attributes(scope)
        context = otel_context.set_value(CONTEXT_KEY, self.data, propagate.extract(headers))
        token = CURRENT.set(self.data)
        otel_token = otel_context.attach(context)
        if self._measured:
            self._observer.active.add(1, self._counted)
        self._span = self._start(attributes)
        try:
            with trace.use_span(self._span, record_exception=False, set_status_on_exception=False):
                yield
        except Exception as exc:
            self._fail(exc)
            raise
        finally:
            self._finish()
            otel_context.detach(otel_token)
            CURRENT.reset(token)
            self.data.clear()

    def listen(self, send: Send) -> Send:
        """Return a `send` that notes the status."""

        async def observed(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._status = message["status"]
            await send(message)
            done = message["type"] == "http.response.body" and not message.get("more_body", False)
            if done and self._status is not None and self._status < 500:
                # The client has its answer; background tasks are no part of the request's time.
                # After a 500 the exception that caused it is still to come.
                self._finish()

        return observed

    def _start(self, attributes: dict[str, Any]) -> Span:
        if not self._config["tracing"]:
            return trace.INVALID_SPAN
        name = self._kind() if self._is_http else "WS"
        return self._observer.tracer.start_span(name, kind=SpanKind.SERVER, attributes=attributes)

    def _kind(self) -> str:
        method = method_of(self._scope)
        return "HTTP" if method == "_OTHER" else method

    def _route(self) -> str | None:
        """Return the path of the route, with those of the mounts around it."""
        route = self._scope.get("route")
        path = getattr(route, "path_format", None)
        if path is None:
            return None
        return f"{self._scope.get(MOUNTED_AT, '')}{path}"

    def _fail(self, exc: Exception) -> None:
        self._error = type(exc).__qualname__
        if not self._config["logs"]:
            return
        kind = "http.server.request" if self._is_http else f"{NAMES.package}.websocket"
        noun = "request" if self._is_http else "WebSocket"
        self._log(
            f"{kind}.exception",
            SeverityNumber.ERROR,
            f"Unhandled exception in {NAMES.product} {noun}",
            {
                "exception.type": self._error,
                "exception.message": str(exc),
                "exception.stacktrace": "".join(traceback.format_exception(exc)),
            },
        )

    def _outcome(self) -> dict[str, Any]:
        """Return what is known of a request only at its end."""
        outcome: dict[str, Any] = {}
        if self._is_http:
            outcome["network.protocol.version"] = self._scope.get("http_version", "1.1")
        route = self._route()
        if route is not None:
            outcome["http.route"] = route
        if self._is_http:
            status = self._status or (500 if self._error else None)
            if status is not None:
                outcome["http.response.status_code"] = status
            if status is not None and status >= 500 and self._error is None:
                self._error = str(status)
        if self._error is not None:
            outcome["error.type"] = self._error
        return outcome

    def _finish(self) -> None:
        if self._finished:
            return
        self._finished = True
        outcome, span = self._outcome(), self._span
        route = self._route()
        if route is not None:
            span.update_name(f"{self._kind() if self._is_http else 'WS'} {route}")
        if self._is_http or "http.route" in outcome:
            span.set_attributes(outcome)
        if self._error is not None:
            span.set_status(Status(StatusCode.ERROR))
        span.end()
        if self._measured:
            self._observer.active.add(-1, self._counted)
            seconds = perf_counter() - self._started
            self._observer.duration.record(seconds, {**self._counted, **outcome})

    # --- inside the request -----------------------------------------------------------------

    @contextmanager
    def step(self, name: str, function: Callable[..., Any]) -> Iterator[None]:
        """Observe one step of an operation.

        Args:
            name: "dependencies", "endpoint", "serialization" or "background_task".
            function: The endpoint, or the task.
        """
        if not (self._config["tracing"] and self._config["operation_spans"]):
            yield
            return
        span = self._observer.tracer.start_span(
            f"{NAMES.package}.{name}", attributes={"code.function.name": _full_name(function)}
        )
        with trace.use_span(
            span, end_on_exit=True, record_exception=False, set_status_on_exception=False
        ):
            try:
                yield
            except Exception as exc:
                if not _is_answer(exc):
                    span.set_attribute("error.type", type(exc).__qualname__)
                    span.set_status(Status(StatusCode.ERROR))
                raise

    def watch(self, tasks: BackgroundTasks) -> None:
        """Observe background tasks when they run."""
        for task in tasks.tasks:
            task.func = self._observed_task(task.func, is_async=task.is_async)

    def _observed_task(self, function: Callable[..., Any], *, is_async: bool) -> Any:
        def run(*args: Any, **kwargs: Any) -> Any:
            with self.step("background_task", function):
                return function(*args, **kwargs)

        async def run_async(*args: Any, **kwargs: Any) -> Any:
            with self.step("background_task", function):
                return await function(*args, **kwargs)

        return run_async if is_async else run

    def refuse(self, errors: Sequence[Any]) -> None:
        """Note that a request does not fit its operation."""
        self.data.errors = errors
        if self._config["logs"]:
            self._log(
                f"{NAMES.package}.validation.failed",
                SeverityNumber.WARN,
                "Request validation failed",
                {f"{NAMES.package}.validation.error_count": len(errors)},
            )

    def _log(
        self, event: str, severity: SeverityNumber, body: str, attributes: dict[str, Any]
    ) -> None:
        route = self._route()
        if route is not None:
            attributes["http.route"] = route
        self._observer.logger.emit(
            LogRecord(
                event_name=event,
                severity_number=severity,
                severity_text=severity.name,
                body=body,
                attributes=attributes,
            )
        )


def _full_name(function: Callable[..., Any]) -> str:
    module = getattr(function, "__module__", "")
    name = getattr(function, "__qualname__", type(function).__qualname__)
    return f"{module}.{name}"


def _is_answer(exc: Exception) -> bool:
    """Tell whether an exception stands for an answer, which is no failure of the code."""
    return isinstance(exc, HTTPException | WebSocketException)
