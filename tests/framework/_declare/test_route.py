import dataclasses
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse
from starlette.routing import Route

from kingpost._declare.markers import Depends
from kingpost._declare.route import RouteDeclaration, RouterDeclaration, combine
from kingpost._http.unset import Default


def endpoint() -> None:
    """Stand for an endpoint."""


def declared(**options: Any) -> RouteDeclaration:
    """Return an operation that says nothing but what is given."""
    silent: dict[str, Any] = {
        field.name: None for field in dataclasses.fields(RouteDeclaration)
    } | {
        "path": "/items",
        "endpoint": endpoint,
        "name": "endpoint",
        "methods": frozenset({"GET"}),
        "tags": [],
        "dependencies": [],
        "responses": {},
        "callbacks": [],
        "form_limits": {},
        "include_in_schema": True,
        "response_class": Default(JSONResponse),
        "generate_unique_id_function": Default(str),
        "strict_content_type": Default(True),
    }
    return RouteDeclaration(**{**silent, **options})


def test_paths_and_lists_begin_with_the_outer_ones() -> None:
    """What is further out comes first: in the path, the tags, the dependencies, the callbacks."""
    outer_callback, inner_callback = Route("/o", endpoint), Route("/i", endpoint)
    outer = RouterDeclaration(
        prefix="/shop", tags=["o"], dependencies=[Depends(print)], callbacks=[outer_callback]
    )

    combined = combine(
        outer, declared(tags=["i"], dependencies=[Depends(repr)], callbacks=[inner_callback])
    )

    assert combined.path == "/shop/items"
    assert combined.tags == ["o", "i"]
    assert combined.dependencies == [Depends(print), Depends(repr)]
    assert combined.callbacks == [outer_callback, inner_callback]


def test_responses_and_limits_of_the_inner_overlay_the_outer() -> None:
    """One status, or one limit, is said again nearer to the operation."""
    outer = RouterDeclaration(
        responses={404: {"description": "outer"}, 409: {"description": "outer"}},
        form_limits={"max_files": 1, "max_fields": 1},
    )

    combined = combine(
        outer,
        declared(responses={404: {"description": "inner"}}, form_limits={"max_fields": 2}),
    )

    assert combined.responses == {404: {"description": "inner"}, 409: {"description": "outer"}}
    assert combined.form_limits == {"max_files": 1, "max_fields": 2}


@given(st.sampled_from([None, False, True]), st.sampled_from([None, False, True]))
def test_a_mark_is_never_taken_back(outer: bool | None, inner: bool | None) -> None:
    """Deprecated anywhere is deprecated; hidden anywhere is hidden."""
    combined = combine(
        RouterDeclaration(deprecated=outer, include_in_schema=not outer),
        declared(deprecated=inner, include_in_schema=not inner),
    )

    assert bool(combined.deprecated) == bool(outer or inner)
    assert combined.include_in_schema == (not outer and not inner)


class TestSingleValues:
    @pytest.mark.parametrize(
        ("inner", "outer", "expected"),
        [
            (HTMLResponse, PlainTextResponse, HTMLResponse),
            (Default(JSONResponse), PlainTextResponse, PlainTextResponse),
            (HTMLResponse, Default(JSONResponse), HTMLResponse),
            (Default(JSONResponse), Default(PlainTextResponse), Default(JSONResponse)),
        ],
    )
    def test_the_nearest_given_response_class_wins(
        self, inner: Any, outer: Any, expected: Any
    ) -> None:
        """A default is no choice, and any choice goes before it."""
        combined = combine(
            RouterDeclaration(default_response_class=outer), declared(response_class=inner)
        )

        assert combined.response_class == expected

    def test_the_nearest_given_id_function_wins(self) -> None:
        """The same rule holds for the operation's id."""
        outer = RouterDeclaration(generate_unique_id_function=repr)

        assert combine(outer, declared()).generate_unique_id_function is repr
        nearer = combine(outer, declared(generate_unique_id_function=ascii))
        assert nearer.generate_unique_id_function is ascii

    def test_the_nearest_given_strictness_wins(self) -> None:
        """False was said, and so is no silence."""
        outer = RouterDeclaration(strict_content_type=False)

        assert combine(outer, declared()).strict_content_type is False
        assert combine(outer, declared(strict_content_type=True)).strict_content_type is True

    @given(st.none() | st.integers(min_value=0), st.none() | st.integers(min_value=0))
    def test_the_nearest_given_body_limit_wins(self, outer: int | None, inner: int | None) -> None:
        """Larger or smaller, and 0 is a limit."""
        combined = combine(RouterDeclaration(max_body_size=outer), declared(max_body_size=inner))

        assert combined.max_body_size == (outer if inner is None else inner)


def test_combining_changes_neither() -> None:
    """A router can be included several times."""
    route = declared(tags=["i"])
    outer = RouterDeclaration(tags=["o"], responses={404: {}}, form_limits={"max_files": 1})

    combine(outer, route)
    combine(outer, route)

    assert (route.tags, route.responses, route.form_limits) == (["i"], {}, {})
    assert (outer.tags, outer.responses) == (["o"], {404: {}})


def test_nesting_does_not_depend_on_the_order_of_combining() -> None:
    """Three levels are the same whether the routers are combined from inside or one by one."""
    inner = RouterDeclaration(prefix="/b", tags=["b"], default_response_class=HTMLResponse)
    outer = RouterDeclaration(prefix="/a", tags=["a"], default_response_class=PlainTextResponse)

    combined = combine(outer, combine(inner, declared(tags=["c"])))

    assert combined.path == "/a/b/items"
    assert combined.tags == ["a", "b", "c"]
    assert combined.response_class is HTMLResponse
