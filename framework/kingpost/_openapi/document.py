"""An application → its OpenAPI document (OpenAPI 3.1.0)."""

from collections.abc import Iterable, Sequence
from typing import Any

from starlette.routing import BaseRoute

from kingpost._declare.contexts import RouteContext
from kingpost._http.encoders import jsonable_encoder
from kingpost._openapi.operation import Operations
from kingpost._openapi.route import Described, describe
from kingpost._openapi.schemas import Schemas

__all__ = ["build_document"]


def build_document(
    *,
    title: str,
    version: str,
    openapi_version: str = "3.1.0",
    summary: str | None = None,
    description: str | None = None,
    routes: Sequence[BaseRoute | RouteContext],
    webhooks: Sequence[BaseRoute | RouteContext] | None = None,
    tags: list[dict[str, Any]] | None = None,
    servers: list[dict[str, str | Any]] | None = None,
    terms_of_service: str | None = None,
    contact: dict[str, str | Any] | None = None,
    license_info: dict[str, str | Any] | None = None,
    separate_input_output_schemas: bool = True,
    external_docs: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """Return the document as data for `json`.

    Args:
        title: The API's name.
        version: The API's version, not OpenAPI's.
        openapi_version: Written into the document.
        summary: One line about the API.
        description: More about it, in Markdown.
        routes: What to document; those that are no path operations are left out.
        webhooks: Operations that the API's clients are to offer.
        tags: Descriptions of the tags, in the order to show them.
        servers: Where the API is served.
        terms_of_service: Where they can be read.
        contact: Whom to ask.
        license_info: Under which licence the API is.
        separate_input_output_schemas: Let a model have two schemas, ``X-Input`` and ``X-Output``,
            where they differ.
        external_docs: Where to read more.

    Raises:
        ValidationError: The document, with what was written by hand, is not an OpenAPI document.
    """
    described, hooks = describe(routes), describe(webhooks or ())
    schemas = Schemas(
        (field for route in (*described, *hooks) for field in route.fields()),
        separate=separate_input_output_schemas,
    )
    operations = Operations(schemas)
    info = {
        "summary": summary,
        "description": description,
        "termsOfService": terms_of_service,
        "contact": contact,
        "license": license_info,
    }
    paths = _path_items(described, operations)
    document: dict[str, Any] = {
        "openapi": openapi_version,
        "info": {"title": title, "version": version, **{n: v for n, v in info.items() if v}},
        "servers": servers or None,
        "paths": paths,
        "webhooks": _path_items(hooks, operations) or None,
        "components": _components(operations) or None,
        "tags": tags or None,
        "externalDocs": external_docs or None,
    }
    return _as_data(document)


def _path_items(routes: Iterable[Described], operations: Operations) -> dict[str, Any]:
    items: dict[str, Any] = {}
    for route in routes:
        items.setdefault(route.plan.path_format, {}).update(operations.of(route))
    return items


def _components(operations: Operations) -> dict[str, Any]:
    definitions = operations.schemas.definitions | operations.extra_schemas
    components = {
        "schemas": dict(sorted(definitions.items())),
        "securitySchemes": operations.security_schemes,
    }
    return {name: value for name, value in components.items() if value}


def _as_data(document: dict[str, Any]) -> dict[str, Any]:
    # Imported here: the module is slow to import, and most processes never make a document.
    from kingpost._spec.models import OpenAPI

    data: dict[str, Any] = jsonable_encoder(
        OpenAPI.model_validate(document), by_alias=True, exclude_none=True
    )
    return data
