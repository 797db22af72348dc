"""Code that reads and checks the body."""

import json

from kingpost._compile import runtime
from kingpost._compile.code import CodeBuilder
from kingpost._plan.model import BodyPlan, ParamPlan, RoutePlan
from kingpost._plan.schemas import combined_validator, is_pure, reads_json_alike

__all__ = ["BodyCode"]


class BodyCode:
    """Writes the statements for one body.

    The application can tell when a body is validated, and how often, only if its models run code of
    its own; then that happens once, where the exact path does it, after the dependencies. Otherwise
    it happens at once, straight from the bytes where that gives the same value.

    Args:
        code: Where to write.
        plan: The path operation.
        body: The shape of its body.
    """

    def __init__(self, code: CodeBuilder, plan: RoutePlan, body: BodyPlan) -> None:
        self._code = code
        self._plan = plan
        self._body = body
        fields = [param.field for param in body.params]
        self._late = not all(is_pure(field) for field in fields)
        self._from_bytes = not self._late and all(reads_json_alike(field) for field in fields)

    def value_of(self, param: ParamPlan) -> str:
        """Return the expression for a parameter's value."""
        return f"fields[{param.key!r}]" if self._body.embed else "fields"

    def read(self) -> None:
        """Write what comes before the dependencies."""
        code = self._code
        is_json = code.bind("is_json_request", runtime.is_json_request)
        with code.block(f"if not {is_json}(scope, {self._plan.strict_content_type}):"):
            code.line("return await exact(scope, receive, send)")
        with code.block("try:"):
            code.assign("body", f"await {code.bind('read_body', runtime.read_body)}(receive)")
        with code.block("except Exception as exc:"):
            code.line("return await answer(exc, scope, receive, send, False)")
        with code.block("try:"):
            if self._from_bytes:
                code.assign("fields", f"{self._validator('validate_json')}(body)")
            else:
                code.assign("data", f"{code.bind('load_json', json.loads)}(body)")
                if not self._late:
                    code.assign("fields", f"{self._validator('validate_python')}(data)")
        again = (
            f"return await exact(scope, {code.bind('replay', runtime.replay)}(body, receive), send)"
        )
        with code.block("except (ValueError, RecursionError):"):
            code.line(again)
        if self._late and self._body.embed:
            # What is no object has none of the keys, which is an error for each of them.
            with code.block("if type(data) is not dict:"):
                code.line(again)

    def check(self, *, unfit: bool) -> None:
        """Write what comes after the dependencies and before the endpoint.

        Args:
            unfit: Whether there are errors of parameters in ``unfit``, to report with those here.
        """
        if self._late:
            code = self._code
            function = runtime.check_keys if self._body.embed else runtime.check_body
            check = code.bind(function.__name__, function)
            arguments = f"{self._validator('validate_python')}, data, {self._context()}"
            code.assign("fields", f"{check}({arguments}{', unfit' if unfit else ''})")

    @property
    def data(self) -> str:
        """The expression for the parsed body."""
        return f"{self._code.bind('load_json', json.loads)}(body)" if self._from_bytes else "data"

    def request(self) -> str:
        """Return the expression for the request with what has been read of it."""
        return f"{self._code.bind('new_request', runtime.new_request)}(scope, receive, send, body)"

    def connection(self) -> str:
        """Return what ``answer`` is told of the request: handlers may want the body once more."""
        return f"{self._code.bind('replay', runtime.replay)}(body, receive), send, started"

    def close(self) -> str:
        """Return the statement that comes last: none."""
        return ""

    def _context(self) -> str:
        return self._code.bind("CONTEXT", self._plan.context)

    def _validator(self, method: str) -> str:
        code, body = self._code, self._body
        if body.embed:
            validator = combined_validator([(param.key, param.field) for param in body.params])
        else:
            validator = body.params[0].field.validator
        if method == "validate_json":
            return code.bind("validate_body", validator.validate_json)
        return code.bind("validate_body", runtime.from_attributes(validator.validate_python))
