"""What a router and an inclusion, or a router and an operation, say together."""

from typing import Any

import pytest

from kingpost._declare.route import RouterDeclaration
from kingpost._http.unset import Default, first_given
from kingpost._serve.merging import options_inside, within_router
from kingpost.responses import HTMLResponse, PlainTextResponse


def declaration(**options: Any) -> RouterDeclaration:
    """A router that says something of everything."""
    said: dict[str, Any] = {
        "prefix": "/outer",
        "tags": ["outer"],
        "dependencies": ["outer"],
        "default_response_class": Default(HTMLResponse),
        "responses": {404: {"description": "outer"}},
        "callbacks": ["outer"],
        "deprecated": None,
        "include_in_schema": True,
        "generate_unique_id_function": Default(str),
        "strict_content_type": True,
        "max_body_size": 10,
        "form_limits": {"max_fields": 1},
    }
    return RouterDeclaration(**(said | options))


def test_an_inclusion_adds_to_what_the_router_says() -> None:
    """Lists follow the router's own; entries of dicts go before the router's."""
    merged = within_router(
        declaration(),
        {
            "tags": ["inner"],
            "dependencies": ["inner"],
            "responses": {404: {"description": "inner"}, 409: {}},
            "callbacks": ["inner"],  # type: ignore[list-item]
            "max_body_size": 20,
        },
    )

    assert merged.prefix == "/outer"
    lists: list[list[Any]] = [merged.tags, merged.dependencies, merged.callbacks]
    assert lists == [["outer", "inner"]] * 3
    assert merged.responses == {404: {"description": "inner"}, 409: {}}
    assert merged.max_body_size == 20
    assert merged.form_limits == {"max_fields": 1}


@pytest.mark.parametrize(
    ("outer", "inner", "expected"), [(True, True, True), (True, False, False), (False, True, False)]
)
def test_is_documented_only_if_both_are(outer: bool, inner: bool, expected: bool) -> None:
    """Either side may keep operations out of the document."""
    merged = within_router(declaration(include_in_schema=outer), {"include_in_schema": inner})
    assert merged.include_in_schema is expected


def test_an_operation_s_options_go_before_its_router_s() -> None:
    """What it does not name, the router says."""
    options = options_inside(
        declaration(deprecated=True),
        {"tags": ["own"], "response_class": PlainTextResponse, "form_limits": {"max_files": 2}},
    )

    assert options["tags"] == ["outer", "own"]
    assert first_given(options["response_class"]) is PlainTextResponse
    assert options["deprecated"] is True
    assert options["max_body_size"] == 10
    assert options["form_limits"] == {"max_fields": 1, "max_files": 2}


def test_without_a_class_of_its_own_an_operation_has_the_router_s() -> None:
    """The nearest that was given wins."""
    options = options_inside(declaration(), {})
    assert options["response_class"].value is HTMLResponse
