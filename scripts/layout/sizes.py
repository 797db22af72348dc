"""How long a file and a function's body may be."""

import ast
from collections.abc import Iterator

from layout.tree import Tree

PYTHON_LINES = 500
TYPESCRIPT_LINES = 250
BODY_LINES = 50


def files(tree: Tree) -> Iterator[str]:
    """Report files with too many lines."""
    limits = dict.fromkeys(tree.python, PYTHON_LINES) | dict.fromkeys(
        tree.typescript, TYPESCRIPT_LINES
    )
    for name, limit in limits.items():
        lines = tree.text(name).count("\n")
        if lines > limit:
            yield f"{name}: {lines} lines, more than {limit}: split it where its ideas part"


def bodies(tree: Tree) -> Iterator[str]:
    """Report functions whose body, without signature and docstring, has too many lines."""
    for name, module in tree.python.items():
        for node in ast.walk(module):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = _body_lines(node)
                if lines > BODY_LINES:
                    yield (
                        f"{name}:{node.lineno}: the body of {node.name} has {lines} lines, more "
                        f"than {BODY_LINES}: name its steps"
                    )


def _body_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    body = node.body[1:] if ast.get_docstring(node, clean=False) is not None else node.body
    if not body:
        return 0
    decorators: list[ast.expr] = getattr(body[0], "decorator_list", [])
    first = min([body[0].lineno, *(part.lineno for part in decorators)])
    return (node.end_lineno or first) - first + 1
