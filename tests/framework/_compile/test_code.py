"""Python source, built line by line."""

import linecache
import traceback

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kingpost._compile.code import CodeBuilder


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
    assert code.compile("f")(3) == 3


def test_tracebacks_show_the_source() -> None:
    """The generated text is where debuggers look for the text of a file."""
    code = CodeBuilder("kingpost GET /boom")
    with code.block("def f():"):
        code.line(f"return {code.bind('boom', _boom)}()")

    with pytest.raises(LookupError) as caught:
        code.compile("f")()

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
        filenames.append(code.compile("f").__code__.co_filename)

    assert filenames[0] != filenames[1]
    assert linecache.getline(filenames[1], 2).strip() == "return 2"


def test_what_is_given_keeps_its_name() -> None:
    """The program's own names can be reserved and filled in at the end."""
    code = CodeBuilder("test", reserved=("answer",))
    with code.block("def f():"):
        code.line("return answer")
    code.give("answer", 42)

    assert code.compile("f")() == 42
