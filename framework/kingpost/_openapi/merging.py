"""What the user wrote by hand, laid over what was worked out."""

from typing import Any

__all__ = ["deep_merge"]


def deep_merge(main_dict: dict[Any, Any], update_dict: dict[Any, Any]) -> None:
    """Lay `update_dict` over `main_dict`, in place.

    Objects merge, lists join, anything else is replaced.

    In: ``{"a": {"b": 1}, "c": [1]}`` and ``{"a": {"d": 2}, "c": [2]}``.
    Out: ``{"a": {"b": 1, "d": 2}, "c": [1, 2]}``. `update_dict` stays as it is, and shares no
    object or list that a later merge could change.
    """
    for key, value in update_dict.items():
        present = main_dict.get(key)
        if isinstance(present, dict) and isinstance(value, dict):
            deep_merge(present, value)
        elif isinstance(present, list) and isinstance(value, list):
            main_dict[key] = present + value
        elif isinstance(value, dict):
            copied: dict[Any, Any] = {}
            deep_merge(copied, value)
            main_dict[key] = copied
        else:
            main_dict[key] = value
