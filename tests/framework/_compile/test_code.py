"""Python source, built line by line."""

import gc
import linecache
import traceback
import weakref
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from kingpost._compile.code import CodeBuilder, Text


def function_of(code: CodeBuilder) -> Callable[..., Any]:
    """Return the function that was written."""
    function, text = code.compile("f")
    assert str(text) == code.source
    return function


@given(wanted=st.lists(st.text(max_size=8), max_size=20))
def test_names_are_identifiers_and_differ(wanted: list[str]) -> None:
    """Whatever a function is called, its name can stand in the source, once."""
    code = CodeBuilder("test", reserved=("taken",))
    names = [code.name(name) for name in [*wanted, "taken", "class", "1st"]]

    assert len({*names, "taken"}) == len(names) + 1
    for name in names:
        compile(f"{name} = 1", "test", "exec")


def test_a_value_has_one_name() -> None:
    """Binding the same value again gives the name that it has; another value gets another."""
    code = CodeBuilder("test")
    first, second = object(), object()

    assert code.bind("value", first) == code.bind("other", first)
    assert code.bind("value", first) != code.bind("value", second)


def test_blocks_are_indented_and_never_empty() -> None:
    """A block without a statement passes."""
    code = CodeBuilder("test")
    with code.block("def f(x):"):
        with code.block("if x:"):
            code.comment("two\n  lines")
            code.assign("y", "1")
        with code.block("else:"):
            pass
        code.line("return x")

    assert code.source == (
        "def f(x):\n    if x:\n        # two lines\n        y = 1\n"
        "    else:\n        pass\n    return x\n"
    )
    assert function_of(code)(3) == 3


def test_tracebacks_show_the_source() -> None:
    """The generated text is where debuggers look for the text of a file."""
    code = CodeBuilder("kingpost GET /boom")
    with code.block("def f():"):
        code.line(f"return {code.bind('boom', _boom)}()")

    with pytest.raises(LookupError) as caught:
        function_of(code)()

    text = "".join(traceback.format_exception(caught.value))
    assert 'File "<kingpost GET /boom' in text
    assert "return boom()" in text


def _boom() -> None:
    raise LookupError


def test_two_sources_of_one_title_do_not_mix() -> None:
    """A later function of the same title has a file name of its own."""
    filenames = []
    for number in (1, 2, 1):
        code = CodeBuilder("the same title")
        with code.block("def f():"):
            code.line(f"return {number}")
        filenames.append(function_of(code).__code__.co_filename)

    assert filenames[0] != filenames[1]
    assert linecache.getline(filenames[1], 2).strip() == "return 2"


def test_what_is_given_keeps_its_name() -> None:
    """The program's own names can be reserved and filled in at the end."""
    code = CodeBuilder("test", reserved=("answer",))
    with code.block("def f():"):
        code.line("return answer")
    code.give("answer", 42)

    assert function_of(code)() == 42


def _returning(value: object, title: str = "test") -> tuple[Callable[..., Any], Text]:
    code = CodeBuilder(title)
    with code.block("def f():"):
        code.line(f"return {code.bind('value', value)}")
    return code.compile("f")


def test_functions_with_the_same_source_have_their_text_in_common() -> None:
    """Each has values and a file name of its own."""
    (first, text), (second, other) = _returning(1, "first"), _returning(2, "second")

    assert text is other
    assert (first(), second()) == (1, 2)
    assert first.__code__.co_filename != second.__code__.co_filename
    assert linecache.getline(second.__code__.co_filename, 2) == "    return value\n"


def test_a_text_that_nobody_has_is_forgotten() -> None:
    """It is kept by those who have the function's text, not by this module."""
    code = CodeBuilder("test")
    with code.block("def f():"):
        code.line("return 'said only here'")
    gone = weakref.ref(code.compile("f")[1])

    gc.collect()
    assert gone() is None


def test_libraries_can_import_in_the_name_of_the_function() -> None:
    """Pydantic's core imports modules as its caller would."""
    code = CodeBuilder("test")
    with code.block("def f():"):
        code.line(f"return {code.bind('validate', TypeAdapter(Decimal).validate_python)}('1.5')")

    assert function_of(code)() == Decimal("1.5")
