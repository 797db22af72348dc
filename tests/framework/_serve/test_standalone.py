"""The steps of the exact path, called one by one as packages do."""

import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from typing import Annotated, Any

import pytest
from pydantic import BaseModel
from starlette.applications import Starlette
from starlette.datastructures import Headers, QueryParams
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount
from starlette.websockets import WebSocket

from kingpost import BackgroundTasks, Body, Depends, Form, Header, Query, WebSocketException
from kingpost.dependencies.utils import (
    analyze_param,
    get_dependant,
    request_body_to_args,
    request_params_to_args,
    solve_dependencies,
)
from kingpost.exceptions import RequestValidationError, ResponseValidationError
from kingpost.routing import (
    get_request_handler,
    get_websocket_app,
    request_response,
    run_endpoint_function,
    serialize_response,
    websocket_session,
)
from kingpost.sse import EventSourceResponse
from kingpost.testclient import TestClient
from kingpost.utils import create_model_field


class Item(BaseModel):
    """A thing."""

    name: str
    price: int | None = None


def user(x_user: Annotated[str, Header()]) -> str:
    """Say who asks."""
    return x_user


def endpoint(q: int, who: Annotated[str, Depends(user)], item: Item) -> list[Any]:
    """Return what it received."""
    return [q, who, item.name]


def request(query: str = "", headers: dict[str, str] | None = None) -> Request:
    """Return a request without a body."""
    raw = [(name.encode(), value.encode()) for name, value in (headers or {}).items()]
    scope = {"type": "http", "query_string": query.encode(), "headers": raw, "path_params": {}}
    return Request(scope)


def slow() -> str:
    """Must not be called when its result is there."""
    raise AssertionError("it was called")


class TestAnalyzeParam:
    @pytest.mark.parametrize(
        ("annotation", "type_"),
        [(Request, Request), (Annotated[Response, "metadata"], Response)],
    )
    def test_of_what_is_injected_has_no_field(self, annotation: Any, type_: type) -> None:
        """Its type says all."""
        found = analyze_param(
            param_name="value", annotation=annotation, value=..., path_param_names=set()
        )

        assert (found.type_annotation, found.depends, found.field) == (type_, None, None)

    def test_of_a_dependency_has_its_declaration(self) -> None:
        """The declaration is what was written."""
        marker = Depends(user)

        found = analyze_param(
            param_name="value", annotation=str, value=marker, path_param_names=set()
        )

        assert (found.type_annotation, found.depends, found.field) == (str, marker, None)

    def test_of_a_parameter_has_its_field(self) -> None:
        """The field has its default and its source."""
        found = analyze_param(
            param_name="value", annotation=int, value=3, path_param_names={"other"}
        )

        assert found.field is not None
        assert (found.field.name, found.field.default) == ("value", 3)


@pytest.mark.anyio
class TestSolveDependencies:
    async def test_returns_the_values(self) -> None:
        """Parameters, dependencies and the body are there; so is what may be injected."""
        async with AsyncExitStack() as stack:
            solved = await solve_dependencies(
                request=request("q=1", {"x-user": "me"}),
                dependant=get_dependant(path="/", call=endpoint),
                body={"name": "a"},
                async_exit_stack=stack,
                embed_body_fields=False,
            )

        assert solved.values == {"q": 1, "who": "me", "item": Item(name="a")}
        assert (solved.errors, solved.background_tasks) == ([], None)
        assert solved.dependency_cache == {(user, (), ""): "me"}
        assert isinstance(solved.response, Response)

    async def test_returns_every_error(self) -> None:
        """Nothing is called with values that are not there."""
        async with AsyncExitStack() as stack:
            solved = await solve_dependencies(
                request=request("q=x"),
                dependant=get_dependant(path="/", call=endpoint),
                async_exit_stack=stack,
                embed_body_fields=False,
            )

        assert solved.values == {}
        assert [error["loc"] for error in solved.errors] == [
            ("header", "x-user"), ("query", "q"), ("body",)
        ]  # fmt: skip

    async def test_takes_what_is_given(self) -> None:
        """Overrides, cached results, tasks and the response are those of the caller."""
        tasks, response = BackgroundTasks(), Response()

        class Provider:
            dependency_overrides = {user: lambda: "override"}  # noqa: RUF012 - as applications have

        def read(
            who: Annotated[str, Depends(user)],
            cached: Annotated[str, Depends(slow)],
            background: BackgroundTasks,
            answer: Response,
        ) -> None:
            """Receives what is injected."""

        def closing() -> Iterator[str]:
            yield "open"
            closed.append(True)

        def outer(value: Annotated[str, Depends(closing)]) -> None:
            """Depends on what has to be closed."""

        closed: list[bool] = []
        async with AsyncExitStack() as stack:
            solved = await solve_dependencies(
                request=request("object=ignored"),
                dependant=get_dependant(path="/", call=read),
                background_tasks=tasks,
                response=response,
                dependency_overrides_provider=Provider(),
                dependency_cache={(slow, (), ""): "from the cache"},
                async_exit_stack=stack,
                embed_body_fields=False,
            )
            await solve_dependencies(
                request=request(),
                dependant=get_dependant(path="/", call=outer),
                async_exit_stack=stack,
                embed_body_fields=False,
            )
            assert closed == []

        assert closed == [True]
        assert solved.values == {
            "who": "override",
            "cached": "from the cache",
            "background": tasks,
            "answer": response,
        }


class TestArguments:
    def test_of_one_source(self) -> None:
        """Values are read by alias and checked; errors say where."""
        fields = get_dependant(path="/", call=endpoint).query_params

        assert request_params_to_args(fields, QueryParams("q=1")) == ({"q": 1}, [])
        _, errors = request_params_to_args(fields, QueryParams())
        assert [(error["type"], error["loc"]) for error in errors] == [("missing", ("query", "q"))]

    def test_of_headers(self) -> None:
        """Headers are found whatever their case."""
        fields = get_dependant(path="/", call=user).header_params

        assert request_params_to_args(fields, Headers({"X-User": "me"})) == ({"x_user": "me"}, [])

    @pytest.mark.anyio
    async def test_of_the_body(self) -> None:
        """One parameter is the body or a key of it."""
        fields = get_dependant(path="/", call=endpoint).body_params
        item = Item(name="a")

        assert await request_body_to_args(fields, {"name": "a"}, False) == ({"item": item}, [])
        assert await request_body_to_args(fields, {"item": item}, True) == ({"item": item}, [])
        assert await request_body_to_args([], {"item": item}, True) == ({}, [])


@pytest.mark.anyio
class TestResults:
    async def test_a_synchronous_function_runs_in_a_thread(self) -> None:
        """The event loop is never held up."""

        def call() -> int:
            return threading.get_ident()

        dependant = get_dependant(path="/", call=call)

        ident = await run_endpoint_function(dependant=dependant, values={}, is_coroutine=False)

        assert ident != threading.get_ident()

    async def test_an_asynchronous_function_is_awaited(self) -> None:
        """It stays in this task."""

        async def call(n: int) -> int:
            return n

        dependant = get_dependant(path="/", call=call)

        assert 3 == await run_endpoint_function(
            dependant=dependant, values={"n": 3}, is_coroutine=True
        )

    async def test_a_result_is_filtered(self) -> None:
        """The options are those of the decorators."""
        field = create_model_field("item", Item, mode="serialization")
        content = {"name": "a", "other": 1}

        assert await serialize_response(
            field=field, response_content=content, exclude_none=True
        ) == {"name": "a"}
        assert b'{"name":"a"}' == await serialize_response(
            field=field, response_content=content, include={"name"}, dump_json=True
        )

    async def test_a_result_without_a_model_is_made_plain(self) -> None:
        """Nothing is left out."""
        plain = await serialize_response(response_content=Item(name="a"))

        assert plain == {"name": "a", "price": None}

    async def test_a_wrong_result_is_refused(self) -> None:
        """The error knows where the operation is."""
        with pytest.raises(ResponseValidationError) as caught:
            await serialize_response(
                field=create_model_field("item", Item),
                response_content={},
                endpoint_ctx={"path": "GET /"},
            )

        assert caught.value.endpoint_path == "GET /"


class TestHandlers:
    def test_a_request_handler_answers(self) -> None:
        """In a route of plain Starlette, with the answer's options."""

        def read(q: int) -> dict[str, Any]:
            return {"name": str(q), "other": 1}

        handler = get_request_handler(
            get_dependant(path="/", call=read),
            status_code=201,
            response_field=create_model_field("item", Item, mode="serialization"),
            response_model_exclude_none=True,
        )
        client = TestClient(Starlette(routes=[Mount("/", request_response(handler))]))

        response = client.get("/?q=1")

        assert (response.status_code, response.json()) == (201, {"name": "1"})
        with pytest.raises(RequestValidationError):
            client.get("/")

    @pytest.mark.parametrize("embed", [False, True])
    def test_a_request_handler_reads_the_body(self, embed: bool) -> None:
        """The body is read where there is a field for it."""

        async def create(item: Item) -> PlainTextResponse:
            return PlainTextResponse(item.name)

        dependant = get_dependant(path="/", call=create)
        handler = get_request_handler(
            dependant, body_field=dependant.body_params[0], embed_body_fields=embed
        )
        route = Mount("/", request_response(handler))
        body = {"name": "a"}

        response = TestClient(Starlette(routes=[route])).post(
            "/", json={"item": body} if embed else body
        )

        assert response.text == "a"

    def test_a_request_handler_reads_a_form(self) -> None:
        """Its limits are those given."""

        def create(name: Annotated[str, Form()]) -> str:
            return name

        dependant = get_dependant(path="/", call=create)
        handler = get_request_handler(
            dependant,
            body_field=dependant.body_params[0],
            embed_body_fields=True,
            form_limits={"max_fields": 1},
        )
        client = TestClient(Starlette(routes=[Mount("/", request_response(handler))]))

        assert client.post("/", data={"name": "a"}).json() == "a"
        assert client.post("/", data={"name": "a", "b": "c"}).status_code == 400

    @pytest.mark.parametrize(
        ("options", "start"),
        [
            ({"is_json_stream": True}, b'{"name":"a","price":null}\n'),
            ({"response_class": EventSourceResponse}, b"data: "),
        ],
    )
    def test_a_request_handler_streams(self, options: dict[str, Any], start: bytes) -> None:
        """A generator is sent as its options say."""

        async def stream() -> AsyncIterator[Item]:
            yield Item(name="a")

        handler = get_request_handler(
            get_dependant(path="/", call=stream),
            stream_item_field=create_model_field("item", Item, mode="serialization"),
            **options,
        )

        response = TestClient(Starlette(routes=[Mount("/", request_response(handler))])).get("/")

        assert response.content.startswith(start)

    def test_a_synchronous_handler_runs_in_a_thread(self) -> None:
        """`request_response` takes plain functions too."""

        def handler(request: Request) -> Response:
            return PlainTextResponse(request.method)

        client = TestClient(Starlette(routes=[Mount("/", request_response(handler))]))

        assert client.get("/").text == "GET"

    def test_a_websocket_handler_serves(self) -> None:
        """In a route of plain Starlette."""

        async def serve(websocket: WebSocket, n: Annotated[int, Query()]) -> None:
            if n < 0:
                raise WebSocketException(1008, "negative")
            await websocket.accept()
            await websocket.send_json(n)
            await websocket.close()

        handler = get_websocket_app(get_dependant(path="/", call=serve))
        client = TestClient(Starlette(routes=[Mount("/", websocket_session(handler))]))

        with client.websocket_connect("/?n=3") as session:
            assert session.receive_json() == 3


def test_a_body_parameter_says_its_media_type() -> None:
    """Form and file bodies are told apart by the markers."""

    def create(name: Annotated[str, Body(media_type="text/x")]) -> None:
        """Reads a body."""

    field = get_dependant(path="/", call=create).body_params[0]

    assert getattr(field.field_info, "media_type") == "text/x"  # noqa: B009 - not of every field
