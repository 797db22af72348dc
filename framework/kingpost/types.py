"""Type aliases of the public signatures."""

from types import UnionType

from kingpost._http.types import (
    DecoratedCallable,
    DependencyCacheKey,
    FormLimits,
    IncEx,
    ModelNameMap,
)

__all__ = [
    "UnionType",
    "DecoratedCallable",
    "DependencyCacheKey",
    "FormLimits",
    "IncEx",
    "ModelNameMap",
]
