"""Pages made from templates."""

import os
from pathlib import Path
from typing import Any

from jinja2 import DictLoader, Environment, select_autoescape

from kingpost import Kingpost, Request
from kingpost.responses import HTMLResponse
from kingpost.staticfiles import StaticFiles
from kingpost.templating import Jinja2Templates
from kingpost.testclient import TestClient

PAGE = """<link href="{{ url_for('static', path='/page.css') }}">
<h1>{{ title }}</h1><a href="{{ url_for('show', number=number) }}">{{ number }}</a>
"""


def test_page_with_context(tmp_path: Path) -> None:
    """A template has the context, the request and addresses of routes; values are escaped."""
    (tmp_path / "page.html").write_text(PAGE)
    (tmp_path / "page.css").write_text("h1 { color: green }")
    os.utime(tmp_path / "page.css", (1_900_000_000, 1_900_000_000))
    templates = Jinja2Templates(directory=tmp_path)
    app = Kingpost()
    app.mount("/static", StaticFiles(directory=tmp_path), name="static")

    @app.get("/poems/{number}", response_class=HTMLResponse)
    async def show(request: Request, number: int, title: str = "Ode") -> Any:
        return templates.TemplateResponse(
            request=request, name="page.html", context={"number": number, "title": title}
        )

    client = TestClient(app)
    answer = client.get("/poems/7?title=<Ode>")

    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.text == (
        '<link href="http://testserver/static/page.css">\n'
        '<h1>&lt;Ode&gt;</h1><a href="http://testserver/poems/7">7</a>'
    )
    assert client.get("/static/page.css").text == "h1 { color: green }"
    assert client.get("/poems/first").status_code == 422
    assert list(
        app.openapi()["paths"]["/poems/{number}"]["get"]["responses"]["200"]["content"]
    ) == ["text/html"]


def test_own_environment_status_and_context() -> None:
    """An environment of one's own, a context for every page, another status."""
    environment = Environment(
        loader=DictLoader({"missing.html": "{{ site }}: no {{ what }}"}),
        autoescape=select_autoescape(),
    )
    templates = Jinja2Templates(
        env=environment, context_processors=[lambda request: {"site": request.url.hostname}]
    )
    app = Kingpost()

    @app.get("/{what}")
    def missing(request: Request, what: str) -> HTMLResponse:
        return templates.TemplateResponse(
            request, "missing.html", {"what": what}, status_code=404, headers={"x-page": "none"}
        )

    answer = TestClient(app).get("/poem")

    assert (answer.status_code, answer.text) == (404, "testserver: no poem")
    assert answer.headers["x-page"] == "none"
