from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.routing import Mount
from starlette.testclient import TestClient
from starlette.types import ASGIApp, Scope

from kingpost._serve.frontend import Frontend

PAGE = {"accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"}
DATA = {"accept": "application/json"}

Site = Callable[..., Path]


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """Make a directory of files; without names, that of a usual build."""

    def make(*names: str) -> Path:
        root = tmp_path / "site"
        root.mkdir(exist_ok=True)
        for name in names or ("index.html", "assets/app.js", "docs/index.html"):
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(name)
        return root

    return make


def client(app: ASGIApp, prefix: str = "", **options: Any) -> TestClient:
    """Serve an ASGI application with answers for its exceptions."""
    return TestClient(Starlette(routes=[Mount(prefix, app)]), follow_redirects=False, **options)


class TestFiles:
    def test_sends_a_file_with_its_type(self, site: Site) -> None:
        """A file is sent whole, under the media type of its name."""
        response = client(Frontend("/", directory=site())).get("/assets/app.js")

        assert response.status_code == 200
        assert response.text == "assets/app.js"
        assert response.headers["content-type"].startswith("text/javascript")

    def test_answers_head_without_the_body(self, site: Site) -> None:
        """HEAD has the headers of GET and no body."""
        response = client(Frontend("/", directory=site())).head("/assets/app.js")

        assert (response.status_code, response.content) == (200, b"")
        assert response.headers["content-length"] == "13"

    def test_sends_the_index_of_a_directory(self, site: Site) -> None:
        """A directory's address with its slash is that of the page in it."""
        served = client(Frontend("/", directory=site()))

        assert served.get("/").text == "index.html"
        assert served.get("/docs/").text == "docs/index.html"

    @pytest.mark.parametrize("method", ["GET", "HEAD"])
    def test_redirects_to_the_slash_of_a_directory(self, site: Site, method: str) -> None:
        """Without its slash a directory redirects, and the query goes along."""
        response = client(Frontend("/", directory=site())).request(method, "/docs?page=2")

        assert response.status_code == 307
        assert response.headers["location"] == "http://testserver/docs/?page=2"

    def test_redirects_to_the_slash_of_its_own_path(self, site: Site) -> None:
        """The front end's path is the address of a directory too."""
        response = client(Frontend("/app", directory=site())).get("/app")

        assert response.headers["location"] == "http://testserver/app/"

    def test_treats_a_directory_without_index_as_missing(self, site: Site) -> None:
        """What a directory holds is never listed."""
        served = client(Frontend("/", directory=site(), fallback=None))

        assert served.get("/assets/").status_code == 404

    def test_answers_304_for_what_the_client_has(self, site: Site) -> None:
        """The validator of an earlier answer saves sending the file again."""
        served = client(Frontend("/", directory=site()))
        etag = served.get("/assets/app.js").headers["etag"]

        response = served.get("/assets/app.js", headers={"if-none-match": etag})

        assert (response.status_code, response.content) == (304, b"")

    @pytest.mark.parametrize(
        "path",
        ["/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/docs/../../secret.txt"],
    )
    def test_never_leaves_the_directory(self, site: Site, path: str) -> None:
        """A path with dots does not reach a file beside the directory."""
        directory = site()
        (directory.parent / "secret.txt").write_text("secret")

        response = client(Frontend("/", directory=directory, fallback=None)).get(path)

        assert response.status_code == 404

    def test_does_not_follow_a_link_out_of_the_directory(self, site: Site) -> None:
        """A symbolic link to a file elsewhere is a missing file; one inside is followed."""
        directory = site()
        (directory.parent / "secret.txt").write_text("secret")
        (directory / "out.txt").symlink_to(directory.parent / "secret.txt")
        (directory / "in.txt").symlink_to(directory / "index.html")
        served = client(Frontend("/", directory=directory, fallback=None))

        assert served.get("/out.txt").status_code == 404
        assert served.get("/in.txt").text == "index.html"

    @pytest.mark.parametrize("path", ["/%00", "/" + "a" * 5000])
    def test_refuses_what_cannot_be_a_file_name(self, site: Site, path: str) -> None:
        """A name that no file system has is a 404, fallback or not."""
        response = client(Frontend("/", directory=site())).get(path, headers=PAGE)

        assert response.status_code == 404

    def test_says_401_of_a_file_that_it_may_not_read(
        self, site: Site, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A file that the process may not look at is not reported as missing."""
        front_end = Frontend("/", directory=site())
        monkeypatch.setattr(front_end, "_look_up", fail_with(PermissionError(13, "denied")))

        assert client(front_end).get("/index.html").status_code == 401

    def test_lets_a_failing_disk_surface(self, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
        """An error of the file system is not disguised as a missing file."""
        front_end = Frontend("/", directory=site())
        monkeypatch.setattr(front_end, "_look_up", fail_with(OSError(5, "input/output error")))

        with pytest.raises(OSError, match="input/output error"):
            client(front_end).get("/index.html")


class TestOtherMethods:
    @pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "FOO"])
    def test_says_405_where_there_is_a_file(self, site: Site, method: str) -> None:
        """What exists exists, but not for this method."""
        served = client(Frontend("/", directory=site()))

        assert served.request(method, "/index.html").status_code == 405
        assert served.request(method, "/docs").status_code == 405

    def test_says_404_where_there_is_none(self, site: Site) -> None:
        """The fallback pages are for GET and HEAD only."""
        served = client(Frontend("/", directory=site("index.html", "404.html")))

        assert served.post("/nowhere", headers=PAGE).status_code == 404
        assert served.post("/nowhere", headers=PAGE).text == "Not Found"

    @pytest.mark.anyio
    async def test_is_refused_before_dependencies_could_run(self, site: Site) -> None:
        """`admit` refuses on its own, so that nothing has to run first."""
        front_end = Frontend("/", directory=site())
        scope: Scope = {"type": "http", "method": "POST", "path": "/index.html", "headers": []}

        with pytest.raises(HTTPException) as caught:
            await front_end.admit(scope)

        assert caught.value.status_code == 405


class TestFallback:
    @pytest.mark.parametrize("fallback", ["auto", "index.html"])
    def test_sends_the_index_for_a_page(self, site: Site, fallback: Any) -> None:
        """An address without a file is one of the application's own pages."""
        served = client(Frontend("/", directory=site(), fallback=fallback))

        for path in ("/items/7", "/items/7/", "/items/report.pdf", "/assets/"):
            response = served.get(path, headers=PAGE)
            assert (response.status_code, response.text) == (200, "index.html")

    def test_does_not_send_the_index_for_data(self, site: Site) -> None:
        """A script that asks for data learns of the 404."""
        served = client(Frontend("/", directory=site()))

        assert served.get("/api/nowhere", headers=DATA).status_code == 404
        assert served.get("/api/nowhere").status_code == 404

    @pytest.mark.parametrize("headers", [PAGE, DATA])
    @pytest.mark.parametrize("fallback", ["auto", "404.html"])
    def test_prefers_the_page_for_404(
        self, site: Site, fallback: Any, headers: dict[str, str]
    ) -> None:
        """Where there is a 404.html it answers every request, with its status."""
        directory = site("index.html", "404.html")

        response = client(Frontend("/", directory=directory, fallback=fallback)).get(
            "/nowhere", headers=headers
        )

        assert (response.status_code, response.text) == (404, "404.html")

    def test_can_prefer_the_index(self, site: Site) -> None:
        """A named fallback is the only one."""
        directory = site("index.html", "404.html")

        response = client(Frontend("/", directory=directory, fallback="index.html")).get(
            "/nowhere", headers=PAGE
        )

        assert (response.status_code, response.text) == (200, "index.html")

    def test_can_be_off(self, site: Site) -> None:
        """Without a fallback a missing file is a plain 404."""
        directory = site("index.html", "404.html")

        response = client(Frontend("/", directory=directory, fallback=None)).get(
            "/nowhere", headers=PAGE
        )

        assert (response.status_code, response.text) == (404, "Not Found")

    def test_has_nothing_to_send_from_a_directory_without_pages(self, site: Site) -> None:
        """ "auto" does without a fallback where there is no page to send."""
        served = client(Frontend("/", directory=site("logo.svg")))

        assert served.get("/nowhere", headers=PAGE).status_code == 404

    @pytest.mark.parametrize("fallback", ["index.html", "404.html"])
    def test_reports_a_page_that_has_gone(self, site: Site, fallback: Any) -> None:
        """A named fallback that is not there is a mistake, not a 404."""
        served = client(
            Frontend("/", directory=site("logo.svg"), fallback=fallback, check_dir=False)
        )

        with pytest.raises(RuntimeError, match=f"fallback file '{fallback}' does not exist"):
            served.get("/nowhere", headers=PAGE)

    @pytest.mark.parametrize(
        ("accept", "is_page"),
        [
            ("text/html", True),
            ("TEXT/HTML", True),
            ("application/xhtml+xml", True),
            ("application/json, text/html;q=0.5", True),
            ("text/html;level=1", True),
            ("text/html;q=0, application/xhtml+xml", True),
            ("text/html;q=high", True),
            ("text/html;q=0.0001", True),
            ("text/html;q=1;q=0", True),
            ("", False),
            ("*/*", False),
            ("text/*", False),
            ("text/htmlx", False),
            ("text/html;q=0", False),
            ("text/html; q = 0.000", False),
            ("text/html;Q=0", False),
            ('text/html;q="0"', False),
            ("text/html;charset=utf-8;q=0", False),
        ],
    )
    def test_asks_the_accept_header_whether_it_is_a_page(
        self, site: Site, accept: str, is_page: bool
    ) -> None:
        """HTML has to be named with a weight other than 0; a wildcard does not name it."""
        response = client(Frontend("/", directory=site())).get(
            "/nowhere", headers={"accept": accept}
        )

        assert response.status_code == (200 if is_page else 404)


class TestPath:
    @given(st.lists(st.sampled_from(["a", "b", "ab"]), max_size=3), st.booleans())
    def test_matches_what_is_below_it(self, parts: list[str], slash: bool) -> None:
        """An address is inside when whole segments agree, not mere characters."""
        address = "/" + "/".join(parts) + ("/" if slash and parts else "")
        front_end = Frontend("/a", directory="nowhere", check_dir=False)

        assert front_end.matches(address) == (parts[:1] == ["a"])

    def test_matches_everything_at_the_root(self) -> None:
        """The front end at ``/`` is the one for all that is left."""
        front_end = Frontend("/", directory="nowhere", check_dir=False)

        assert front_end.path == ""
        assert all(front_end.matches(path) for path in ("/", "/a", "/a/b/"))

    @pytest.mark.parametrize("path", ["/app", "/app/", "/app//"])
    def test_ignores_slashes_at_the_end(self, path: str) -> None:
        """The front end at ``/app/`` is that at ``/app``."""
        assert Frontend(path, directory="nowhere", check_dir=False).path == "/app"

    def test_serves_below_its_path(self, site: Site) -> None:
        """The path is no part of a file's name."""
        served = client(Frontend("/app", directory=site()))

        assert served.get("/app/assets/app.js").text == "assets/app.js"
        assert served.get("/app//assets/app.js").text == "assets/app.js"

    def test_serves_below_the_prefix_of_a_router(self, site: Site) -> None:
        """Included under a prefix it moves there, and the original stays where it was."""
        front_end = Frontend("/app", directory=site())
        moved = front_end.at("/inner")

        assert (front_end.path, moved.path) == ("/app", "/inner/app")
        assert client(moved).get("/inner/app/assets/app.js").text == "assets/app.js"

    def test_serves_in_a_mounted_application(self, site: Site) -> None:
        """The path that an application is mounted under is taken off, but stays in redirects."""
        served = client(Frontend("/app", directory=site()), prefix="/sub")

        assert served.get("/sub/app/assets/app.js").text == "assets/app.js"
        assert served.get("/sub/app/docs").headers["location"].endswith("/sub/app/docs/")

    @pytest.mark.parametrize("path", ["", "//"])
    def test_refuses_an_empty_path(self, path: str) -> None:
        """Nothing is not a path."""
        with pytest.raises(AssertionError, match="cannot be empty"):
            Frontend(path, directory="nowhere", check_dir=False)

    def test_refuses_a_path_without_a_slash(self) -> None:
        """The message says what to write."""
        with pytest.raises(AssertionError, match="Write '/app'"):
            Frontend("app", directory="nowhere", check_dir=False)


class TestChecks:
    @pytest.fixture(autouse=True)
    def _outside_development(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("KINGPOST_ENV", raising=False)

    @pytest.mark.parametrize("check_dir", [True, "auto"])
    def test_refuses_a_missing_directory(self, tmp_path: Path, check_dir: Any) -> None:
        """A server that would answer nothing but errors does not start."""
        with pytest.raises(RuntimeError, match=r"does not exist.*Build the front end first"):
            Frontend("/", directory=tmp_path / "dist", check_dir=check_dir)

    def test_refuses_an_empty_name(self) -> None:
        """A setting that was left empty does not publish the working directory."""
        with pytest.raises(RuntimeError, match="Frontend directory '' does not exist"):
            Frontend("/", directory="")

    def test_refuses_a_file_for_a_directory(self, site: Site) -> None:
        """A file is no directory."""
        with pytest.raises(RuntimeError, match=r"Frontend directory .* does not exist"):
            Frontend("/", directory=site() / "index.html")

    @pytest.mark.parametrize("fallback", ["index.html", "404.html"])
    def test_refuses_a_missing_fallback(self, site: Site, fallback: Any) -> None:
        """A fallback that was named has to be there."""
        with pytest.raises(RuntimeError, match=f"fallback file '{fallback}' does not exist"):
            Frontend("/", directory=site("logo.svg"), fallback=fallback)

    def test_refuses_an_unknown_fallback(self, site: Site) -> None:
        """Only the pages that exist by convention can be named."""
        with pytest.raises(AssertionError, match="fallback must be"):
            Frontend("/", directory=site(), fallback="home.html")  # type: ignore[arg-type]

    def test_warns_only_under_development(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Served by its own tool, a front end need not be built; the warning names the caller."""
        monkeypatch.setenv("KINGPOST_ENV", "development")

        with pytest.warns(UserWarning, match="does not exist") as caught:
            Frontend("/", directory=tmp_path / "dist", fallback="index.html")

        assert [warning.filename for warning in caught] == [__file__]

    def test_can_be_forced_under_development(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """An explicit True is meant."""
        monkeypatch.setenv("KINGPOST_ENV", "development")

        with pytest.raises(RuntimeError, match="does not exist"):
            Frontend("/", directory=tmp_path / "dist", check_dir=True)

    def test_can_wait_for_the_build(self, tmp_path: Path) -> None:
        """Unchecked, a directory may appear later; until then requests fail loudly."""
        directory = tmp_path / "dist"
        served = client(Frontend("/", directory=directory, check_dir=False))

        with pytest.raises(RuntimeError, match="does not exist"):
            served.get("/")
        directory.mkdir()
        (directory / "index.html").write_text("built")

        assert served.get("/").text == "built"


def fail_with(error: Exception) -> Callable[..., Any]:
    """Return a function that fails."""

    def fail(*_: object) -> None:
        raise error

    return fail
