"""Which part of a package may import which: arrows point one way."""

from collections.abc import Iterator

from layout.python_imports import Import, imports
from layout.tree import Tree

# What each folder of the framework may import besides itself. "" is the public surface: every
# module that starts with no underscore.
FRAMEWORK: dict[str, set[str]] = {
    "_http": set(),
    "_spec": set(),
    "_declare": {"_http", "_spec"},
    "_plan": {"_http", "_spec", "_declare"},
    "_compile": {"_http", "_spec", "_declare", "_plan"},
    "_openapi": {"_http", "_spec", "_declare", "_plan"},
    "_telemetry": {"_http"},
    "_serve": {"_http", "_spec", "_declare", "_plan", "_compile", "_openapi", "_telemetry"},
}
STAGES = set(FRAMEWORK)
FRAMEWORK |= {"_cli": STAGES | {"_alias"}, "_alias": STAGES}
FRAMEWORK[""] = set(FRAMEWORK)

# What the backend's domain must not know of: its edge.
EDGE = ("routers", "internal", "dependencies", "main")


def framework(tree: Tree) -> Iterator[str]:
    """Report an import of the framework that points to a later stage, or sideways."""
    for item in imports(tree, "framework", "kingpost"):
        source, target = (_stage(name) for name in (item.source, item.target))
        if source not in FRAMEWORK:
            yield (
                f"{item.file}: {source} is no stage of the framework; put the module into one of "
                f"{', '.join(name for name in FRAMEWORK if name)}"
            )
        elif source != target and target not in FRAMEWORK[source]:
            allowed = ", ".join(sorted(FRAMEWORK[source])) or "no other folder"
            yield (
                f"{item.file}:{item.line}: {source} imports {item.target}, but may import only "
                f"{allowed}: move what both need to an earlier stage"
            )


def backend(tree: Tree) -> Iterator[str]:
    """Report a feature that knows the edge, or reads another feature's tables by its queries."""
    for item in imports(tree, "backend", "app"):
        feature = _feature(item.source)
        if feature is not None:
            yield from _of_feature(item, feature)


def _of_feature(item: Import, feature: str) -> Iterator[str]:
    target = item.target.split(".")
    if target[1:2] and target[1] in EDGE:
        yield (
            f"{item.file}:{item.line}: features/{feature} imports {item.target}: the domain knows "
            f"nothing of {', '.join(EDGE)}; pass what it needs as an argument"
        )
    other = _feature(item.target)
    if other not in (None, feature) and target[-1] == "queries":
        yield (
            f"{item.file}:{item.line}: features/{feature} imports the queries of features/{other}: "
            "call its service instead"
        )


def _stage(module: str) -> str:
    parts = module.split(".")
    private = len(parts) > 1 and parts[1].startswith("_") and not parts[1].startswith("__")
    return parts[1] if private else ""


def _feature(module: str) -> str | None:
    parts = module.split(".")
    return parts[2] if parts[1:2] == ["features"] and len(parts) > 2 else None
