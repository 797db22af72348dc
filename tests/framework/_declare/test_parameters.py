from typing import Any

import pytest

from kingpost._declare import markers, parameters

NAMES = parameters.__all__


@pytest.mark.parametrize("name", NAMES)
def test_makes_the_marker_of_its_name(name: str) -> None:
    """The function is what users call, the class is what the plan reads."""
    marker = getattr(parameters, name)(alias="a", ge=1, description="text")

    assert type(marker) is getattr(markers, name)
    assert (marker.alias, marker.description) == ("a", "text")
    assert [repr(item) for item in marker.metadata] == ["Ge(ge=1)"]


@pytest.mark.parametrize("name", [name for name in NAMES if name != "Path"])
def test_takes_the_default_first(name: str) -> None:
    """`q: int = Query(5)` reads like the default it stands for."""
    assert getattr(parameters, name)(5).default == 5


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("Header", {"convert_underscores": False}),
        ("Body", {"embed": True, "media_type": "application/xml"}),
        ("Form", {"media_type": "multipart/form-data"}),
        ("File", {"media_type": "image/png"}),
    ],
)
def test_passes_on_the_options_of_its_own(name: str, options: dict[str, Any]) -> None:
    """What only one kind has reaches the marker."""
    marker = getattr(parameters, name)(**options)

    assert {option: getattr(marker, option) for option in options} == options


def test_a_path_parameter_has_no_default() -> None:
    """The mistake shows where it is written."""
    with pytest.raises(AssertionError, match="Write Path\\(\\) without one"):
        parameters.Path(5)


@pytest.mark.parametrize(
    ("name", "option"),
    [*((name, "annotation") for name in NAMES), ("Form", "embed"), ("File", "embed")],
)
def test_refuses_what_is_no_option_of_it(name: str, option: str) -> None:
    """The type is written beside the parameter, and a form's fields are always found by name."""
    function = getattr(parameters, name)

    with pytest.raises(TypeError, match=rf"^{name}\(\) got an unexpected .* '{option}'$"):
        function(**{option: True})


@pytest.mark.parametrize("name", ["Form", "File"])
def test_classes_refuse_options_of_others(name: str) -> None:
    """What the base class takes is not taken by all."""
    with pytest.raises(TypeError, match=rf"^{name}\.__init__\(\) got an unexpected .* 'embed'$"):
        getattr(markers, name)(embed=True)
