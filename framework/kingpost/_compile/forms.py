"""Code that reads and checks a form."""

from functools import partial
from typing import get_args

from kingpost._compile import form_reading, runtime
from kingpost._compile.code import CodeBuilder
from kingpost._compile.spread import ABSENT, can_spread, model_input
from kingpost._declare.markers import File, Form
from kingpost._plan.fields import is_sequence, lenient_issubclass, union_members
from kingpost._plan.model import BodyPlan, ParamPlan, RoutePlan
from kingpost._plan.schemas import combined_validator, is_pure

__all__ = ["FormCode", "can_compile_form", "reads_contents"]


def can_compile_form(body: BodyPlan) -> bool:
    """Tell whether a form is one model, or fields and files, that Pydantic alone validates."""
    model = _model_of(body)
    if model is not None:
        return can_spread(model)
    return body.embed and all(
        isinstance(param.marker, Form) and not param.is_spread and is_pure(param.field)
        for param in body.params
    )


def _model_of(body: BodyPlan) -> ParamPlan | None:
    """Return the model that a whole form stands for; None where it has fields of its own."""
    only = body.params[0] if len(body.params) == 1 else None
    return only if only is not None and only.is_spread else None


def reads_contents(param: ParamPlan) -> bool:
    """Tell whether a file's contents are wanted; any other type is given the file itself."""
    return isinstance(param.marker, File) and any(
        _is_bytes(member) or (is_sequence(member) and all(map(_may_be_bytes, get_args(member))))
        for member in union_members(param.field.type_)
    )


def _may_be_bytes(type_: object) -> bool:
    return any(_is_bytes(member) for member in union_members(type_))


def _is_bytes(type_: object) -> bool:
    return lenient_issubclass(type_, bytes)


class FormCode:
    """Writes the statements for one form; has the methods of `BodyCode`.

    Args:
        code: Where to write.
        plan: The path operation.
        body: The form's fields.
    """

    data = "form"
    """The expression for the parsed body."""

    def __init__(self, code: CodeBuilder, plan: RoutePlan, body: BodyPlan) -> None:
        self._code = code
        self._plan = plan
        self._body = body

    def value_of(self, param: ParamPlan) -> str:
        """Return the expression for a parameter's value."""
        return f"fields[{param.key!r}]"

    def read(self) -> None:
        """Write what comes before the dependencies."""
        code = self._code
        read = code.bind("read_form", form_reading.read_form)
        limits = code.bind("LIMITS", self._plan.form_limits)
        with code.block("try:"):
            code.assign("form, receive", f"await {read}(scope, receive, send, {limits})")
        with code.block("except Exception as exc:"):
            code.line("return await answer(exc, scope, receive, send, False)")
        with code.block("if form is None:"):
            code.line("return await exact(scope, receive, send)")
        model = _model_of(self._body)
        if model is not None:
            self._read_model(model)
        else:
            code.assign("data", f"{code.bind('form_values', form_reading.form_values)}(form)")
            for param in self._body.params:
                self._read_more(param)
        fields = [(param.key, param.field) for param in self._body.params]
        validator = combined_validator(fields).validate_python
        validate = code.bind("validate_body", runtime.from_attributes(validator))
        with code.block("try:"):
            code.assign("fields", f"{validate}(data)")
        with code.block("except (ValueError, RecursionError):"):
            code.line(f"await {code.bind('hand_over', form_reading.hand_over)}(scope, form)")
            code.line("return await exact(scope, receive, send)")

    def _read_model(self, param: ParamPlan) -> None:
        """Write what takes a model's fields from the form."""
        code = self._code
        code.assign("sent", f"{code.bind('read_model', partial(model_input, param))}(form)")
        absent = code.bind("ABSENT", ABSENT)
        code.assign("data", f"{{}} if sent is {absent} else {{{param.key!r}: sent}}")

    def _read_more(self, param: ParamPlan) -> None:
        """Write what a field needs that takes several values, or the contents of a file."""
        code, name = self._code, param.key
        if param.is_sequence:
            with code.block(f"if {name!r} in form:"):
                code.assign(f"data[{name!r}]", f"form.getlist({name!r})")
        if reads_contents(param):
            contents = code.bind("contents", form_reading.contents)
            with code.block(f"if {name!r} in data:"):
                code.assign(f"data[{name!r}]", f"await {contents}(data[{name!r}])")

    def check(self, *, unfit: bool) -> None:
        """Write nothing: the form has been checked."""

    def request(self) -> str:
        """Return the expression for the request with what has been read of it."""
        new = self._code.bind("new_form_request", form_reading.new_form_request)
        return f"{new}(scope, receive, send, form)"

    def connection(self) -> str:
        """Return what ``answer`` is told of the request where none was made."""
        return f"receive, send, started, {self.request()}"

    def close(self) -> str:
        """Return the statement that comes last."""
        return f"await {self._code.bind('close_form', form_reading.close_form)}(form)"
