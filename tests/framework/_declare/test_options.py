"""The options of parameters."""

import inspect

from kingpost._declare.options import CONSTRAINTS, PARAMETER, ParamOptions
from kingpost._http.unset import given
from kingpost.params import Body, Header, Query


def test_every_option_has_a_place() -> None:
    """None is forgotten in the signatures."""
    assert PARAMETER.defaults.keys() == ParamOptions.__annotations__.keys()


def test_absent_bounds_are_none_and_other_options_not_given() -> None:
    """Of the others None is a value."""
    bounds = {name for name, default in PARAMETER.defaults.items() if default is None}

    assert bounds == {*CONSTRAINTS, "regex", "openapi_examples"}
    assert not given(PARAMETER.defaults["title"])
    assert PARAMETER.defaults["include_in_schema"] is True


def test_what_one_class_adds_stands_in_its_place() -> None:
    """Each class shows its own options among those of all."""
    added = {
        kind: [
            name
            for name in inspect.signature(kind).parameters
            if name not in ParamOptions.__annotations__
        ]
        for kind in (Query, Header, Body)
    }

    assert added == {
        Query: ["default", "annotation"],
        Header: ["default", "annotation", "convert_underscores"],
        Body: ["default", "annotation", "embed", "media_type"],
    }
