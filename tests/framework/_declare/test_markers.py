import warnings
from typing import Any

import pytest
from pydantic import AliasChoices
from pydantic_core import PydanticUndefined

from kingpost._declare.markers import (
    Body,
    Cookie,
    Depends,
    File,
    Form,
    Header,
    Marker,
    Param,
    ParamTypes,
    Path,
    Query,
    Security,
)
from kingpost._http.errors import KingpostDeprecationWarning

ALL: list[type[Any]] = [Path, Query, Header, Cookie, Body, Form, File]
WITH_DEFAULT = ALL[1:]


@pytest.mark.parametrize("cls", ALL)
class TestEveryMarker:
    def test_is_required_without_a_default(self, cls: type[Marker]) -> None:
        """Ellipsis says the same in words."""
        assert cls().is_required()
        assert cls(...).is_required()

    def test_reads_from_its_alias(self, cls: type[Marker]) -> None:
        """One alias serves for reading and writing, unless they are told apart."""
        marker = cls(alias="a")
        apart = cls(alias="a", validation_alias="v", serialization_alias="s")

        assert (marker.validation_alias, marker.serialization_alias) == ("a", "a")
        assert (apart.alias, apart.validation_alias, apart.serialization_alias) == ("a", "v", "s")

    def test_keeps_several_names_to_read(self, cls: type[Marker]) -> None:
        """Pydantic's choices pass through."""
        choices = AliasChoices("a", "b")

        assert cls(validation_alias=choices).validation_alias == choices

    def test_gives_its_constraints_to_pydantic(self, cls: type[Marker]) -> None:
        """They are kept in the form in which Pydantic's own fields keep them."""
        marker = cls(ge=1, lt=5, multiple_of=2)

        assert {repr(item) for item in marker.metadata} == {
            "Ge(ge=1)",
            "Lt(lt=5)",
            "MultipleOf(multiple_of=2)",
        }

    def test_takes_none_for_no_constraint(self, cls: type[Marker]) -> None:
        """A bound that is computed may turn out to be none."""
        assert cls(ge=None, min_length=None, pattern=None).metadata == []

    def test_refuses_what_it_does_not_know(self, cls: type[Marker]) -> None:
        """A typing mistake in an option is not lost."""
        with pytest.raises(TypeError, match=f"{cls.__name__}.* unexpected .* 'minimum'"):
            cls(minimum=1)  # type: ignore[call-arg]

    def test_is_documented_unless_hidden(self, cls: type[Marker]) -> None:
        """Documents are on by default."""
        assert cls().include_in_schema
        assert not cls(include_in_schema=False).include_in_schema
        assert cls().openapi_examples is None

    @pytest.mark.parametrize(("option", "instead"), [("regex", "pattern"), ("example", "examples")])
    def test_warns_of_old_names(self, cls: type[Marker], option: str, instead: str) -> None:
        """The warning names the caller's line and what to write."""
        with pytest.warns(KingpostDeprecationWarning) as caught:
            cls(**{option: "a"})  # type: ignore[arg-type]

        assert f"please use `{instead}` instead" in str(caught[0].message)
        assert caught[0].filename == __file__

    def test_understands_the_old_name_of_pattern(self, cls: type[Marker]) -> None:
        """`regex` still constrains; `pattern` goes before it."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", KingpostDeprecationWarning)
            old = [cls(regex="a"), cls(regex="a", pattern=None)]
            both = cls(regex="a", pattern="b")

        assert [repr(marker.metadata) for marker in old] == [repr(cls(pattern="a").metadata)] * 2
        assert repr(both.metadata) == repr(cls(pattern="b").metadata)


@pytest.mark.parametrize("cls", WITH_DEFAULT)
class TestDefaults:
    @pytest.mark.parametrize("default", [5, None, ""])
    def test_keeps_its_default(self, cls: type[Marker], default: Any) -> None:
        """None and empty values are defaults like any other."""
        marker = cls(default)

        assert not marker.is_required()
        assert marker.default == default
        assert repr(marker) == f"{cls.__name__}({default})"

    def test_can_make_its_default(self, cls: type[Marker]) -> None:
        """A factory makes a new value for each request."""
        marker = cls(default_factory=list)

        first, second = (marker.get_default(call_default_factory=True) for _ in range(2))
        assert first == second == []
        assert first is not second

    def test_cannot_have_two(self, cls: type[Marker]) -> None:
        """It would not be clear which one holds."""
        with pytest.raises(TypeError, match="default_factory"):
            cls(1, default_factory=int)


@pytest.mark.parametrize("default", [5, None, PydanticUndefined])
def test_a_path_parameter_has_no_default(default: Any) -> None:
    """A request without it has another path."""
    with pytest.raises(AssertionError, match="Path parameters cannot have a default value"):
        Path(default)


def test_each_parameter_says_where_it_travels() -> None:
    """The names are those of OpenAPI."""
    places = {cls: cls.in_ for cls in (Path, Query, Header, Cookie)}

    assert places == {
        Path: ParamTypes.path,
        Query: ParamTypes.query,
        Header: ParamTypes.header,
        Cookie: ParamTypes.cookie,
    }
    assert all(issubclass(cls, Param) for cls in places)


def test_underscores_are_converted_unless_told_otherwise() -> None:
    """HTTP headers have hyphens where Python names have underscores."""
    assert Header().convert_underscores
    assert not Header(convert_underscores=False).convert_underscores


def test_bodies_have_a_media_type_each() -> None:
    """A form is a body, and a file is a form's field."""
    assert [cls().media_type for cls in (Body, Form, File)] == [
        "application/json",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
    ]
    assert issubclass(Form, Body)
    assert issubclass(File, Form)
    assert Body(media_type="application/xml", embed=True).embed


class TestDepends:
    def test_is_a_value(self) -> None:
        """Equal declarations are the same dependency, so they can be keys."""
        assert Depends(print) == Depends(print)
        assert hash(Depends(print)) == hash(Depends(print))
        assert Depends(print) != Depends(print, use_cache=False)

    @pytest.mark.parametrize("limit", [0, -1, True, 1.5, "2"])
    def test_refuses_a_limit_that_counts_nothing(self, limit: Any) -> None:
        """A limit is a positive integer."""
        with pytest.raises(ValueError, match="max_concurrency must be a positive integer"):
            Depends(print, max_concurrency=limit)

    def test_security_is_a_dependency_with_scopes(self) -> None:
        """It can be hashed although scopes are usually a list."""
        security = Security(print, scopes=["read"])

        assert isinstance(security, Depends)
        assert hash(security) == hash(Security(print, scopes=["read"]))
        assert security != Security(print, scopes=["write"])
