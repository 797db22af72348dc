"""What a router and an inclusion, or a router and an operation, say together."""

from collections.abc import Mapping
from typing import Any

from kingpost._declare.limits import checked_body_size, checked_form_limits
from kingpost._declare.options import IncludeOptions
from kingpost._declare.route import RouterDeclaration
from kingpost._http.unset import first_given

__all__ = ["options_inside", "within_router"]


def within_router(outer: RouterDeclaration, options: IncludeOptions) -> RouterDeclaration:
    """Return what a router and one of its inclusions say together."""
    size = checked_body_size(options.get("max_body_size"))
    return RouterDeclaration(
        prefix=outer.prefix,
        tags=[*outer.tags, *(options.get("tags") or [])],
        dependencies=[*outer.dependencies, *(options.get("dependencies") or [])],
        default_response_class=_nearest(
            options, "default_response_class", outer.default_response_class
        ),
        responses={**outer.responses, **(options.get("responses") or {})},
        callbacks=[*outer.callbacks, *(options.get("callbacks") or [])],
        deprecated=options.get("deprecated") or outer.deprecated,
        include_in_schema=options.get("include_in_schema", True) and outer.include_in_schema,
        generate_unique_id_function=_nearest(
            options, "generate_unique_id_function", outer.generate_unique_id_function
        ),
        strict_content_type=outer.strict_content_type,
        max_body_size=outer.max_body_size if size is None else size,
        form_limits={**outer.form_limits, **checked_form_limits(options.get("form_limits"))},
    )


def options_inside(outer: RouterDeclaration, options: dict[str, Any]) -> dict[str, Any]:
    """Return an operation's options as they are inside a router."""
    merged = dict(options)
    merged["tags"] = [*outer.tags, *(options.get("tags") or [])]
    merged["dependencies"] = [*outer.dependencies, *(options.get("dependencies") or [])]
    merged["responses"] = {**outer.responses, **(options.get("responses") or {})}
    merged["callbacks"] = [*outer.callbacks, *(options.get("callbacks") or [])]
    merged["deprecated"] = options.get("deprecated") or outer.deprecated
    merged["include_in_schema"] = options.get("include_in_schema", True) and outer.include_in_schema
    merged["response_class"] = _nearest(options, "response_class", outer.default_response_class)
    for name in ("generate_unique_id_function", "strict_content_type"):
        merged[name] = _nearest(options, name, getattr(outer, name))
    if options.get("max_body_size") is None:
        merged["max_body_size"] = outer.max_body_size
    limits = checked_form_limits(options.get("form_limits"))
    merged["form_limits"] = {**outer.form_limits, **limits}
    return merged


def _nearest(options: Mapping[str, Any], name: str, outer: Any) -> Any:
    return first_given(options[name], outer) if name in options else outer
