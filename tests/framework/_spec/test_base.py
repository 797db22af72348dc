"""What all objects of an OpenAPI document share."""

import inspect

from kingpost._spec.base import BaseModelWithConfig, StrictModel


class Open(BaseModelWithConfig):
    """An object of a test."""

    width: int = 1


class Wider(Open):
    """An object that adds to another."""

    height: int


class Closed(StrictModel):
    """An object without extensions."""

    width: int


def test_the_signature_of_a_class_that_is_not_built_shows_its_fields() -> None:
    """Each class has its own, whichever is built first."""
    assert str(inspect.signature(Open)) == "(*, width: int = 1, **extra_data: Any) -> None"
    assert list(inspect.signature(Wider).parameters) == ["width", "height", "extra_data"]
    assert list(inspect.signature(Closed).parameters) == ["width"]
    assert list(inspect.signature(BaseModelWithConfig).parameters) == ["extra_data"]


def test_only_open_objects_keep_extensions() -> None:
    """What the specification does not name is kept or dropped."""
    assert Open.model_validate({"x-a": 1}).model_dump() == {"width": 1, "x-a": 1}
    assert Closed.model_validate({"width": 2, "x-a": 1}).model_dump() == {"width": 2}
