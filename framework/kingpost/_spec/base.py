"""What all objects of an OpenAPI document share."""

from pydantic import BaseModel, ConfigDict

__all__ = ["BaseModelWithConfig", "StrictModel"]


class StrictModel(BaseModel):
    """An object of the specification that knows no extensions."""

    model_config = ConfigDict(defer_build=True)


class BaseModelWithConfig(BaseModel):
    """An object of the specification that can be extended."""

    model_config = ConfigDict(extra="allow", defer_build=True)
