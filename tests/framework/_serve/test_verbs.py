"""The decorators for HTTP methods."""

from typing import Any

import pytest

from kingpost import APIRouter, Kingpost
from kingpost.routing import APIRoute

VERBS = ["get", "put", "post", "delete", "options", "head", "patch", "trace"]


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("owner", [Kingpost, APIRouter])
def test_each_verb_registers_its_method(verb: str, owner: Any) -> None:
    """The function comes back as it was; its route has this one method."""
    target = owner()

    def endpoint() -> None:
        """Do nothing."""

    assert getattr(target, verb)("/x", name="n", tags=["t"])(endpoint) is endpoint

    route = target.routes[-1]
    assert isinstance(route, APIRoute)
    assert (route.methods, route.path, route.name, route.tags) == (
        {verb.upper()},
        "/x",
        "n",
        ["t"],
    )


def test_several_methods_share_a_function() -> None:
    """`api_route` takes any methods, GET where none are named."""
    router = APIRouter()
    router.api_route("/a", methods=["put", "LINK"])(lambda: None)
    router.api_route("/b")(lambda: None)

    methods = [route.methods for route in router.routes if isinstance(route, APIRoute)]
    assert methods == [{"PUT", "LINK"}, {"GET"}]
