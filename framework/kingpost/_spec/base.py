"""What all objects of an OpenAPI document share."""

from typing import Any

from pydantic import BaseModel, ConfigDict

__all__ = ["BaseModelWithConfig", "StrictModel"]


class _Signature:
    """Stands for the signature of a class that is not built yet, and builds it."""

    def __get__(self, instance: object, owner: type[BaseModel]) -> Any:
        # Building puts the signature itself in the place of this descriptor.
        owner.model_rebuild()
        return owner.__signature__


class _BuiltLate(BaseModel):
    """A class that is built at first use."""

    model_config = ConfigDict(defer_build=True)

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        super().__pydantic_init_subclass__(**kwargs)
        cls.__signature__ = _Signature()  # type: ignore[assignment]


class StrictModel(_BuiltLate):
    """An object of the specification that knows no extensions."""


class BaseModelWithConfig(_BuiltLate):
    """An object of the specification that can be extended."""

    model_config = ConfigDict(extra="allow")
