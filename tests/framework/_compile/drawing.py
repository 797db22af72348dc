"""Hypothesis strategies: random path operations, and requests that fit them more or less."""

import json
from typing import Any
from urllib.parse import quote

from hypothesis import strategies as st

from tests.framework._compile.operations import Node, Operation, Parameter, Use
from tests.framework._serve.exchange import Sent

__all__ = ["operations", "requests_for"]

_INJECTED = ("request", "response", "background")
_DEFAULTS = {
    "str": "some",
    "int": 3,
    "float": 0.5,
    "bool": True,
    "int | None": None,
    "list[int]": [7],
    "list[str]": [],
    "literal": "a",
    "small": 99,
    "noted": 13,
}
_GOOD = {
    "str": ["", "x", "ü b", "a+b"],
    "int": ["1", "-20", " 3 "],
    "float": ["1.5", "1e3", "nan"],
    "bool": ["on", "0", "TRUE"],
    "int | None": ["4"],
    "list[int]": ["1", "2"],
    "list[str]": ["a", "b,c"],
    "colour": ["red", "blue"],
    "literal": ["a", "b"],
    "small": ["1", "9"],
    "noted": ["1", "12", "5", "13"],
    "made": ["2"],
}
_BAD = {"int": "x", "float": "", "bool": "maybe", "list[int]": "y", "small": "10", "literal": "c"}

_uses_of = st.builds(
    Use,
    node=st.just(0),
    use_cache=st.sampled_from([True, True, False]),
    scope=st.sampled_from([None, "function", "request"]),
)


def _seldom(draw: st.DrawFn, once_in: int) -> bool:
    # Hypothesis likes the ends of a range; the middle is as rare as it should be.
    return draw(st.integers(0, once_in - 1)) == once_in // 2


def _uses(draw: st.DrawFn, count: int, at_most: int) -> tuple[Use, ...]:
    if not count:
        return ()
    drawn = draw(st.lists(st.tuples(st.integers(0, count - 1), _uses_of), max_size=at_most))
    return tuple(Use(node, use.use_cache, use.scope) for node, use in drawn)


def _parameters(draw: st.DrawFn, owner: str, at_most: int) -> tuple[Parameter, ...]:
    chosen = draw(st.lists(_parameter, max_size=at_most))
    made = []
    for at, (source, type_, has_default, shared) in enumerate(chosen):
        default = _DEFAULTS.get(type_, ...) if has_default else ...
        name = f"{owner}_{at}"
        # A name in common with other callables: the value is read for each of them.
        alias = "shared" if shared and not type_.startswith("list") else None
        made.append(Parameter(name, source, type_, default, alias))
    return tuple(made)


_parameter: st.SearchStrategy[tuple[Any, str, bool, bool]] = st.tuples(
    st.sampled_from(["Query", "Query", "Header", "Cookie"]),
    st.sampled_from(sorted(_GOOD)),
    st.booleans(),
    st.integers(0, 9).map(lambda n: n == 5),
)
_injections = st.lists(st.sampled_from(_INJECTED), unique=True, max_size=2).map(tuple)
_errors = st.tuples(
    st.sampled_from(["before", "after"]), st.sampled_from(["http", "known", "unknown"])
)


def _node(draw: st.DrawFn, index: int, quiet: bool) -> Node:
    kind = draw(
        st.sampled_from(["sync", "async", "async generator", "sync generator", "class", "async"])
    )
    return Node(
        kind=kind,
        parameters=_parameters(draw, f"p{index}", 1),
        injected=draw(_injections),
        uses=_uses(draw, index, 2),
        raises=None if quiet else draw(st.none() | st.none() | _errors),
        catches=draw(st.sampled_from(["nothing", "nothing", "everything", "to answer"])),
    )


@st.composite
def operations(draw: st.DrawFn) -> Operation:
    """Draw an operation."""
    quiet = draw(st.booleans())
    nodes = [_node(draw, index, quiet) for index in range(draw(st.integers(0, 4)))]
    if _seldom(draw, 8):
        chain = draw(st.sampled_from(["async generator", "sync generator"]))
        nodes += [Node(chain, catches="nothing") for _ in range(10)]
    path = draw(st.sampled_from(["str", "int", "colour"]))
    has_path = draw(st.booleans())
    returns = draw(st.sampled_from(["nothing", "model", "optional", "list"]))
    fitting = {"list": ["wrong"], "nothing": ["dict", "nan", "none"], "optional": ["none"]}
    results = ["dict", "model", "longer", "wrong", "http", "known", "unknown"]
    results += fitting.get(returns, [])
    yields = draw(st.sampled_from(["lines", "events", "chunks"])) if _seldom(draw, 4) else ""
    if not yields:
        results += ["response", "stream", "broken stream", "late"]
    body_free = returns == "nothing"
    uses = _uses(draw, len(nodes), 4)
    if len(nodes) >= 10:
        uses = (*uses, *(Use(at, scope=scope) for at, scope in _chain(draw, len(nodes))))
    return Operation(
        nodes=tuple(nodes),
        first=_uses(draw, len(nodes), 2),
        uses=uses,
        parameters=(
            *((Parameter("thing", "Path", path),) if has_path else ()),
            *_parameters(draw, "own", 3),
        ),
        injected=draw(_injections),
        is_async=draw(st.booleans()),
        body=draw(st.sampled_from([*_FITTING, "none", "none"])),
        result=draw(st.sampled_from(results)),
        returns=returns,
        status=draw(st.sampled_from([None, 201, 204, 304] if body_free else [None, 201])),
        new_status=draw(st.sampled_from([None, None, 202, 204])),
        yields=yields,
    )


def _chain(draw: st.DrawFn, count: int) -> list[tuple[int, Any]]:
    split = draw(st.integers(count - 10, count))
    return [(at, "request" if at < split else "function") for at in range(count - 10, count)]


# --- requests -------------------------------------------------------------------------------


def _value(draw: st.DrawFn, parameter: Parameter) -> str:
    bad = _BAD.get(parameter.type_)
    if bad is not None and _seldom(draw, 25):
        return bad
    return draw(st.sampled_from(_GOOD[parameter.type_]))


@st.composite
def requests_for(draw: st.DrawFn, operation: Operation) -> Sent:
    """Draw a request to an operation."""
    query: list[str] = []
    headers: list[tuple[bytes, bytes]] = []
    cookies: list[str] = []
    thing = "red"
    nodes = [parameter for node in operation.nodes for parameter in node.parameters]
    for parameter in (*operation.parameters, *nodes):
        required = parameter.default is ...
        times = draw(st.sampled_from([*[1] * 14, 2, 0] if required else [0, 1, 2]))
        for _ in range(times):
            value = _value(draw, parameter)
            name = parameter.alias or parameter.name
            if parameter.source == "Query":
                query.append(f"{name}={quote(value, safe='+')}")
            elif parameter.source == "Header":
                header = parameter.alias or parameter.name.replace("_", "-")
                headers.append((header.encode(), value.encode("latin-1")))
            elif parameter.source == "Cookie":
                cookies.append(f"{name}={quote(value)}")
            else:
                thing = value
    if cookies:
        headers.append((b"cookie", "; ".join(cookies).encode()))
    body = draw(_bodies(operation.body))
    kinds = [b"application/json"] * 16 + [b"application/x+json; charset=utf-8", b"text/plain", b""]
    media_type = draw(st.sampled_from(kinds))
    if media_type:
        headers.append((b"content-type", media_type))
    cut = draw(st.integers(0, len(body)))
    return Sent(
        method="POST",
        path=f"/{thing or 'x'}",
        query="&".join(query).encode(),
        headers=headers,
        chunks=(body[:cut], body[cut:]) if draw(st.booleans()) else (body,),
        disconnects=_seldom(draw, 30),
    )


_ITEMS: list[Any] = [
    {"name": "x"},
    {"name": "y", "size": 2, "tags": ["a"], "more": None},
    {"name": "z", "size": "3"},
]
_FITTING: dict[str, list[Any]] = {
    "none": [None],
    "model": _ITEMS,
    "checked": [{"name": "good"}, {"name": "good"}, {"name": "bad"}],
    "optional": [*_ITEMS, None],
    "embedded": [{"item": item} for item in _ITEMS],
    "several": [{"item": _ITEMS[0]}, {"item": _ITEMS[1], "extra": 6}],
    "list": [[], [1, 2.0, "3"]],
    "scalar": [1, "2", 3.0],
    "dict": [{}, {"a": 1, "b": "2"}],
}
_ODD = [b"", b"{", b"null", b'{"name": 1}', b'{"item": null}', b"\xff", b"[1.5]", b'"text"', b"NaN"]


def _bodies(kind: str) -> st.SearchStrategy[bytes]:
    fitting = st.sampled_from(_FITTING[kind]).map(lambda data: json.dumps(data).encode())
    return st.one_of(*[fitting] * 9, st.sampled_from(_ODD))
