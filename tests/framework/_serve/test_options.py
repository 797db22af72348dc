"""The options of routers and of their methods."""

from typing import Any

import pytest

from kingpost import APIRouter, Kingpost
from kingpost._declare.operations import IncludeOptions, OperationOptions, RouteOptions, VerbOptions
from kingpost._http.signatures import Options
from kingpost._http.unset import given
from kingpost._serve import options


@pytest.mark.parametrize(
    ("table", "types"),
    [
        (options.VERB, VerbOptions),
        (options.REGISTER, RouteOptions),
        (options.APPLICATION_OPERATION, OperationOptions),
        (options.APPLICATION_REGISTER, OperationOptions),
        (options.INCLUDE, IncludeOptions),
        (options.APPLICATION_INCLUDE, IncludeOptions),
        (options.ROUTER, options.RouterOptions),
    ],
)
def test_every_option_has_a_place(table: Options, types: Any) -> None:
    """None is forgotten in the signatures or the defaults; our own one is taken, but not shown."""
    assert table.defaults.keys() | {"merge_injected_response"} == types.__annotations__.keys()
    assert "merge_injected_response" not in table.defaults


def test_what_is_inherited_is_not_given() -> None:
    """A default that a router may fill in is told apart from the same value, given."""
    inherited = {name for name, default in options.VERB.defaults.items() if not given(default)}

    assert inherited == {"response_model", "response_class", "generate_unique_id_function"}


@pytest.mark.parametrize("owner", [Kingpost, APIRouter])
@pytest.mark.parametrize("name", ["get", "api_route", "add_api_route", "include_router"])
def test_an_unknown_option_is_refused_at_once(owner: Any, name: str) -> None:
    """Not when the decorator is applied, or never."""
    arguments = {"add_api_route": ("/", print), "include_router": (APIRouter(),)}.get(name, ("/",))

    with pytest.raises(TypeError, match=rf"\.{name}\(\) got an unexpected keyword argument 'x'"):
        getattr(owner(), name)(*arguments, x=1)


@pytest.mark.parametrize("owner", [Kingpost, APIRouter])
def test_an_unknown_option_of_a_constructor_is_refused(owner: Any) -> None:
    """A misspelt option would else do nothing."""
    with pytest.raises(TypeError, match="unexpected keyword argument 'x'"):
        owner(x=1)
