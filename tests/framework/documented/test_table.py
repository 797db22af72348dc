"""The table of topics and the tests of this folder name each other."""

import ast
import re
from collections import Counter
from pathlib import Path

FOLDER = Path(__file__).parent
HEADING = re.compile(r"## \[(test_\w+\.py)\]\((test_\w+\.py)\)")
ROW = re.compile(r"\| (.+) \| `(test_\w+)` \|")

Row = tuple[str, str, str]


def rows() -> list[Row]:
    """Return module, topic and test of each row of the table."""
    found: list[Row] = []
    module = ""
    for line in (FOLDER / "README.md").read_text("utf-8").splitlines():
        if heading := HEADING.fullmatch(line):
            assert heading[1] == heading[2], line
            module = heading[1]
        elif row := ROW.fullmatch(line):
            found.append((module, row[1], row[2]))
        else:
            assert not line.startswith("| ") or line in {"| topic | test |", "| --- | --- |"}, line
    return found


def programs() -> list[tuple[str, str]]:
    """Return module and name of each test of this folder, this module's left out."""
    return [
        (path.name, node.name)
        for path in sorted(FOLDER.glob("test_*.py"))
        if path != Path(__file__)
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.name.startswith("test_")
    ]


def test_every_topic_has_its_program() -> None:
    """A row of the table names a test that is there."""
    named = {(module, test) for module, _, test in rows()}

    assert named - set(programs()) == set()


def test_every_program_has_its_topic() -> None:
    """A test of this folder stands in the table."""
    named = {(module, test) for module, _, test in rows()}

    assert set(programs()) - named == set()


def test_topics_are_named_once() -> None:
    """No topic has two rows, and no test stands for two topics."""
    topics = Counter(topic for _, topic, _ in rows())
    named = Counter((module, test) for module, _, test in rows())

    assert [topic for topic, count in topics.items() if count > 1] == []
    assert [test for test, count in named.items() if count > 1] == []
