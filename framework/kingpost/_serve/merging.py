"""What a router's options make of those of an operation, or of an inclusion.

Lists of the router come first, and what is said nearer to the operation wins.
"""

from collections.abc import Mapping
from typing import Any

from kingpost._declare.limits import checked_body_size, checked_form_limits
from kingpost._declare.route import RouterDeclaration, nearest
from kingpost._http.unset import first_given

__all__ = ["options_inside", "within_router"]


def options_inside(outer: RouterDeclaration, options: Mapping[str, Any]) -> dict[str, Any]:
    """Return an operation's options as they are inside a router.

    Args:
        outer: What the router says.
        options: All options of the operation.

    Raises:
        ValueError: A bound is no bound.
    """
    merged = {
        **options,
        **_shared(outer, options),
        "response_class": first_given(options["response_class"], outer.default_response_class),
        "strict_content_type": first_given(
            options["strict_content_type"], outer.strict_content_type
        ),
        "max_body_size": nearest(options["max_body_size"], outer.max_body_size),
    }
    merges = nearest(options.get("merge_injected_response"), outer.merge_injected_response)
    if merges is not None:
        merged["merge_injected_response"] = merges
    limits = {**outer.form_limits, **checked_form_limits(merged.pop("form_limits"))}
    # Not passed on where there are none: route classes with an older list of options keep working.
    return merged | {"form_limits": limits} if limits else merged


def within_router(outer: RouterDeclaration, options: Mapping[str, Any]) -> RouterDeclaration:
    """Return what a router and one of its inclusions say together.

    Args:
        outer: What the router says, with the whole prefix.
        options: All options of the inclusion.

    Raises:
        ValueError: A bound is no bound.
    """
    return RouterDeclaration(
        prefix=outer.prefix,
        default_response_class=first_given(
            options["default_response_class"], outer.default_response_class
        ),
        strict_content_type=outer.strict_content_type,
        max_body_size=nearest(checked_body_size(options["max_body_size"]), outer.max_body_size),
        form_limits={**outer.form_limits, **checked_form_limits(options["form_limits"])},
        merge_injected_response=nearest(
            options.get("merge_injected_response"), outer.merge_injected_response
        ),
        **_shared(outer, options),
    )


def _shared(outer: RouterDeclaration, options: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options that operations and inclusions have in common."""
    return {
        "tags": [*outer.tags, *(options["tags"] or [])],
        "dependencies": [*outer.dependencies, *(options["dependencies"] or [])],
        "responses": {**outer.responses, **(options["responses"] or {})},
        "callbacks": [*outer.callbacks, *(options["callbacks"] or [])],
        "deprecated": options["deprecated"] or outer.deprecated,
        "include_in_schema": options["include_in_schema"] and outer.include_in_schema,
        "generate_unique_id_function": first_given(
            options["generate_unique_id_function"], outer.generate_unique_id_function
        ),
    }
