import dataclasses
import inspect
from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, Field, Json
from starlette.background import BackgroundTasks as StarletteBackgroundTasks
from starlette.requests import HTTPConnection, Request
from starlette.responses import HTMLResponse, Response
from starlette.websockets import WebSocket

from kingpost._declare import markers
from kingpost._declare.depends import Depends, Security
from kingpost._declare.parameters import Body, Cookie, File, Form, Header, Path, Query
from kingpost._declare.security.oauth2 import SecurityScopes
from kingpost._http.background import BackgroundTasks
from kingpost._http.datastructures import UploadFile
from kingpost._plan.errors import ParameterError, ResponseModelError
from kingpost._plan.model import Injected, ParamPlan, Source
from kingpost._plan.parameters import analyse

EMPTY = inspect.Parameter.empty


class Filters(BaseModel):
    """Several parameters."""

    page_size: int = 10
    tags: list[str] = []
    x_token: str = Field(alias="X-Token")


@dataclasses.dataclass
class Point:
    """A structured type."""

    x: int


class Opaque:
    """A class that Pydantic does not know."""


def dependency() -> int:
    """Return a number."""
    return 1


def analysed(annotation: Any, default: Any = EMPTY, name: str = "value", path: str = "") -> Any:
    """Analyse a parameter of a function whose path has the given names."""
    parameter = inspect.Parameter(
        name, inspect.Parameter.KEYWORD_ONLY, annotation=annotation, default=default
    )
    return analyse(parameter, frozenset(path.split()), dependency)


def param(annotation: Any, default: Any = EMPTY, name: str = "value", path: str = "") -> ParamPlan:
    """Analyse a parameter that is read from the request."""
    found = analysed(annotation, default, name, path)
    assert isinstance(found, ParamPlan)
    return found


class TestSource:
    @pytest.mark.parametrize(
        ("annotation", "source"),
        [
            *((type_, Source.QUERY) for type_ in (int, str, int | None, Literal["a"], Any, EMPTY)),
            *((type_, Source.BODY) for type_ in (Filters, Point, dict, list[int], set[str])),
            *((type_, Source.BODY) for type_ in (Filters | None, list[Filters], UploadFile)),
            *((type_, Source.BODY) for type_ in (UploadFile | None, list[UploadFile])),
        ],
    )
    def test_follows_from_the_type(self, annotation: Any, source: Source) -> None:
        """What fits into text is in the query, anything else in the body."""
        assert param(annotation).source is source

    def test_follows_from_the_path(self) -> None:
        """A name in the path is read from there; a default would never be used."""
        found = param(int, 5, "item_id", path="item_id other")

        assert found.source is Source.PATH
        assert found.field.required

    @pytest.mark.parametrize(
        ("marker", "source"),
        [
            (Query, Source.QUERY),
            (Header, Source.HEADER),
            (Cookie, Source.COOKIE),
            (Body, Source.BODY),
            (Form, Source.BODY),
            (File, Source.BODY),
            (Path, Source.PATH),
        ],
    )
    def test_follows_from_a_marker(self, marker: Any, source: Source) -> None:
        """Both ways to write it mean the same."""
        for found in (param(Annotated[str, marker()]), param(str, marker())):
            assert found.source is source
            assert type(found.marker) is getattr(markers, marker.__name__)
            assert found.field.required

    @pytest.mark.parametrize(
        ("annotation", "kind"),
        [
            (UploadFile, markers.File),
            (UploadFile | None, markers.File),
            (list[UploadFile], markers.File),
            (list[UploadFile] | None, markers.File),
            (list, markers.File),
            (int | tuple, markers.File),
            (tuple[UploadFile, int], markers.Body),
            (dict, markers.Body),
        ],
    )
    def test_of_a_file_is_a_form(self, annotation: Any, kind: type) -> None:
        """Files are recognised inside of lists and unions; a bare list may be one of files."""
        assert type(param(annotation).marker) is kind

    def test_of_json_text_is_that_of_its_content(self) -> None:
        """`Json[list[int]]` alone is a body; marked, it is one piece of text."""
        assert param(Json[list[int]]).source is Source.BODY
        assert not param(Annotated[Json[list[int]], Query()]).is_sequence
        assert param(Annotated[list[int], Query()]).is_sequence


class TestInjected:
    @pytest.mark.parametrize(
        ("annotation", "kind"),
        [
            (Request, Injected.REQUEST),
            (WebSocket, Injected.WEBSOCKET),
            (HTTPConnection, Injected.CONNECTION),
            (Response, Injected.RESPONSE),
            (HTMLResponse, Injected.RESPONSE),
            (BackgroundTasks, Injected.BACKGROUND_TASKS),
            (StarletteBackgroundTasks, Injected.BACKGROUND_TASKS),
            (SecurityScopes, Injected.SECURITY_SCOPES),
            (Annotated[Request, "text"], Injected.REQUEST),
        ],
    )
    def test_by_type(self, annotation: Any, kind: Injected) -> None:
        """The type alone says it, also that of a subclass."""
        assert analysed(annotation) is kind
        assert analysed(annotation, None) is kind

    @pytest.mark.parametrize(
        "annotation", [Annotated[Request, Query()], Annotated[Response, Body()]]
    )
    def test_cannot_be_marked(self, annotation: Any) -> None:
        """A request is not read from the query."""
        with pytest.raises(ParameterError, match="Cannot specify Kingpost annotation for type"):
            analysed(annotation)

    @pytest.mark.parametrize("annotation", [Request | None, Response | int, int | SecurityScopes])
    def test_cannot_be_one_of_several(self, annotation: Any) -> None:
        """The hint names the class that is to stand alone."""
        with pytest.raises(ResponseModelError, match="only given to a parameter of that very") as e:
            analysed(annotation)

        assert "it is always there" in e.value.hint

    def test_can_be_a_dependency(self) -> None:
        """A dependency may make a response of its own."""
        assert analysed(Annotated[Response, Depends(dependency)]).dependency is dependency


class TestDefault:
    @pytest.mark.parametrize("default", [None, 5, ""])
    @pytest.mark.parametrize("annotation", [int | None, Annotated[int | None, Query()]])
    def test_makes_it_optional(self, annotation: Any, default: Any) -> None:
        """None is a default, too."""
        found = param(annotation, default)

        assert not found.field.required
        assert found.field.default == default

    @pytest.mark.parametrize("annotation", [int | None, Annotated[int | None, Query()]])
    def test_is_not_implied_by_the_type(self, annotation: Any) -> None:
        """A value that may be None still has to be there."""
        assert param(annotation).field.required

    def test_is_not_shared_between_uses_of_an_alias(self) -> None:
        """The marker in an `Annotated` alias belongs to all that use it."""
        alias = Annotated[int, Query(ge=1)]

        first, second = param(alias, 1), param(alias)

        assert (first.field.required, second.field.required) == (False, True)
        assert first.marker is not second.marker

    def test_may_be_a_factory_inside_the_marker(self) -> None:
        """A factory is no value, and cannot stand behind the equals sign."""
        assert param(Annotated[list[int], Query(default_factory=list)]).field.default == []
        with pytest.raises(TypeError, match="both default and default_factory"):
            param(Annotated[list[int], Query(default_factory=list)], [1])


class TestNames:
    @pytest.mark.parametrize(
        ("marker", "key"),
        [
            (Query(), "user_agent"),
            (Cookie(), "user_agent"),
            (Header(), "user-agent"),
            (Header(convert_underscores=False), "user_agent"),
            (Header(alias="X_Agent"), "X_Agent"),
            (Query(alias="ua"), "ua"),
            (Query(alias="ua", validation_alias="agent"), "agent"),
        ],
    )
    def test_say_what_is_read(self, marker: Any, key: str) -> None:
        """Headers have hyphens, unless a name is given as it is."""
        assert param(Annotated[str, marker], name="user_agent").key == key
        assert param(str, marker, name="user_agent").key == key


class TestConstraints:
    def test_of_type_and_marker_add_up(self) -> None:
        """Both are enforced, however they are written."""
        found = param(Annotated[int, Field(le=5), Query(ge=1)])

        assert [found.field.validate(n)[0] for n in (0, 1, 5, 6)] == [None, 1, 5, None]


class TestModels:
    def test_stand_for_their_fields(self) -> None:
        """Each field is a parameter, under its own name and kind."""
        members = param(Annotated[Filters, Query()]).members

        assert [(m.name, m.key, m.source, m.is_sequence) for m in members] == [
            ("page_size", "page_size", Source.QUERY, False),
            ("tags", "tags", Source.QUERY, True),
            ("x_token", "X-Token", Source.QUERY, False),
        ]

    def test_of_headers_have_hyphens(self) -> None:
        """The rule for names holds inside a model as well."""
        found = param(Annotated[Filters, Header()])
        kept = param(Annotated[Filters, Header(convert_underscores=False)])

        assert [member.key for member in found.members] == ["page-size", "tags", "X-Token"]
        assert [member.key for member in kept.members] == ["page_size", "tags", "X-Token"]

    @pytest.mark.parametrize("marker", [Cookie, Path, Form])
    def test_can_be_read_from_everywhere(self, marker: Any) -> None:
        """Cookies, paths and forms are names with values, too."""
        assert len(param(Annotated[Filters, marker()]).members) == 3

    def test_may_be_optional(self) -> None:
        """None stands for none of the fields."""
        assert len(param(Annotated[Filters | None, Query()], None).members) == 3

    def test_in_json_are_one_value(self) -> None:
        """A JSON body has structure of its own."""
        assert param(Filters).members == ()
        assert param(Annotated[Filters, Body()]).members == ()

    def test_of_several_kinds_are_one_value(self) -> None:
        """Nobody could say which fields a union has."""
        assert param(Annotated[Filters | Point, Header()]).members == ()
        with pytest.raises(ParameterError, match="Query parameter 'value' must be one of"):
            param(Annotated[Filters | Point, Query()])


class TestDependencies:
    @pytest.mark.parametrize(
        ("annotation", "default"),
        [
            (Annotated[int, Depends(dependency)], EMPTY),
            (int, Depends(dependency)),
            (Annotated[int, Security(dependency)], EMPTY),
        ],
    )
    def test_are_declared_in_either_way(self, annotation: Any, default: Any) -> None:
        """The type says nothing of where the value comes from."""
        assert analysed(annotation, default).dependency is dependency

    def test_may_be_named_by_the_type(self) -> None:
        """`Depends()` alone stands for a call of the annotation, with all other options kept."""
        found = analysed(Annotated[Point, Security(scopes=["read"], use_cache=False)])

        assert found == markers.Security(Point, scopes=["read"], use_cache=False)
        assert analysed(Point, Depends()).dependency is Point

    def test_in_annotated_makes_the_default_needless(self) -> None:
        """Nothing is read for it."""
        annotated = Annotated[int, Depends(dependency)]

        assert all(analysed(annotated, d).dependency is dependency for d in (5, Query(5), Body()))


class TestRefusals:
    @pytest.mark.parametrize(
        ("annotation", "default", "message"),
        [
            (int, Field(1), "non-body parameters must be in path, query, header or cookie"),
            (Annotated[int, Query(5)], EMPTY, "default value cannot be set in `Annotated`"),
            (
                Annotated[int, Query()],
                Query(),
                "Kingpost annotations in `Annotated` and default value",
            ),
            (Annotated[int, Query()], Depends(dependency), "`Depends` as a default value"),
            (Annotated[int, Depends(dependency)], Depends(dependency), "`Depends` in `Annotated`"),
            (dict, Query(), "Query parameter 'value' must be one of the supported types"),
            (list[Filters], Query(), "Query parameter 'value' must be one of the supported types"),
        ],
    )
    def test_contradictions(self, annotation: Any, default: Any, message: str) -> None:
        """Each names the parameter, the reason and what to write."""
        with pytest.raises(ParameterError, match=message) as caught:
            analysed(annotation, default)

        assert "value" in caught.value.problem
        assert caught.value.hint
        assert caught.value.context["function"] == "dependency"

    @pytest.mark.parametrize(
        ("annotation", "default", "message"),
        [
            (int, Query(), "Cannot use `Query` for path param 'value'"),
            (Annotated[int, Body()], EMPTY, "Cannot use `Body` for path param 'value'"),
            (Annotated[int, Path()], 5, "Path parameters cannot have default values"),
            (list[int], EMPTY, "Path params must be of one of the supported types"),
            (Filters, Path(), "Path params must be of one of the supported types"),
        ],
    )
    def test_of_what_a_path_cannot_hold(self, annotation: Any, default: Any, message: str) -> None:
        """A path has one piece of text for each name."""
        with pytest.raises(ParameterError, match=message):
            analysed(annotation, default, path="value")

    @pytest.mark.parametrize("annotation", [Opaque, list[Opaque], Annotated[Opaque, Body()]])
    def test_unknown_types(self, annotation: Any) -> None:
        """A class that nobody can make from a request is named."""
        with pytest.raises(ResponseModelError, match="is not a valid Pydantic field type"):
            analysed(annotation)
