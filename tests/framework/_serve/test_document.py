"""An application's OpenAPI document, and the text that is sent of it."""

import json
from typing import Any

from kingpost import Kingpost
from kingpost._serve.document import Document, write_document
from kingpost.testclient import TestClient

INFO = {"info": {"title": "a"}}


def sent(app: Kingpost, root_path: str = "") -> Any:
    """Return the document that a client gets."""
    return TestClient(app, root_path=root_path).get("/openapi.json").json()


def test_the_text_is_written_once() -> None:
    """As long as nobody has the data, it is the very same object."""
    document = Document()
    document.keep(INFO, 1)

    text = document.text("")

    assert document.text("") is text
    assert json.loads(text) == INFO


def test_each_root_path_has_its_text() -> None:
    """Also when clients come through several proxies by turns."""
    document = Document()
    document.keep(INFO, 1)

    texts = [document.text(path) for path in ("/a", "/b", "/a")]

    assert [json.loads(text)["servers"][0]["url"] for text in texts] == ["/a", "/b", "/a"]


def test_a_new_document_has_a_new_text() -> None:
    """After a route was added."""
    document = Document()
    document.keep(INFO, 1)
    document.text("")

    document.keep({"info": {"title": "b"}}, 2)

    assert document.text("") == b'{"info":{"title":"b"}}'
    assert document.is_of(2)
    assert not document.is_of(1)


def test_a_text_does_not_say_what_the_document_does_not_hold() -> None:
    """The servers are added to a copy."""
    data: dict[str, Any] = {"servers": [{"url": "/other"}]}

    assert write_document(data, "/api") == b'{"servers":[{"url":"/api"},{"url":"/other"}]}'
    assert data == {"servers": [{"url": "/other"}]}


def test_what_a_program_changes_in_place_is_sent() -> None:
    """Before the first request and after it; the document is handed out as it is."""
    app = Kingpost()
    app.openapi()["info"]["x-first"] = 1
    assert sent(app)["info"]["x-first"] == 1

    assert app.openapi_schema is not None
    app.openapi_schema["info"]["x-second"] = 2

    assert sent(app)["info"]["x-second"] == 2


def test_what_a_program_changes_after_requests_is_sent() -> None:
    """The text that was kept for them is not sent any more."""
    app = Kingpost()
    sent(app)
    document = app.openapi()
    sent(app)

    document["info"]["x-late"] = 1

    assert sent(app)["info"]["x-late"] == 1


def test_a_document_of_the_programs_own_is_sent() -> None:
    """And its later changes; None brings back the one that is made of the routes."""
    app = Kingpost(title="made")
    sent(app)
    own: dict[str, Any] = {"info": {"title": "own"}}
    app.openapi_schema = own
    assert sent(app) == own

    own["info"]["title"] = "changed"
    assert sent(app) == own

    app.openapi_schema = None
    assert sent(app)["info"]["title"] == "made"


def test_a_method_of_the_programs_own_is_called() -> None:
    """For each request, whether it stands on the application or in its class."""
    calls: list[str] = []

    class Described(Kingpost):
        def openapi(self) -> dict[str, Any]:
            calls.append("class")
            return super().openapi()

    app = Kingpost()
    app.openapi = lambda: {"number": calls.append("instance")}  # type: ignore[func-returns-value,method-assign]
    for each in (app, app, Described(), app):
        sent(each)

    assert calls == ["instance", "instance", "class", "instance"]
