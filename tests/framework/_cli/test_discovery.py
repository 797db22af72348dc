from pathlib import Path

import pytest

from kingpost import Kingpost
from kingpost._cli.discovery import find
from kingpost._cli.errors import CommandError
from kingpost._http.naming import NAMES

from .conftest import Write

APP = "from kingpost import Kingpost\napp = Kingpost()\n"


class TestWhere:
    @pytest.mark.parametrize(
        ("file", "entrypoint"),
        [
            ("main.py", "main:app"),
            ("app.py", "app:app"),
            ("api.py", "api:app"),
            ("app/main.py", "main:app"),
            ("app/app.py", "app:app"),
            ("app/api.py", "api:app"),
        ],
    )
    def test_finds_the_usual_files(self, project: Write, file: str, entrypoint: str) -> None:
        """Without a word about it the application is in a file of a usual name."""
        project(file, APP)

        assert find().entrypoint == entrypoint

    def test_prefers_the_first_of_them(self, project: Write) -> None:
        """The order is main, app, api, and here before app/."""
        for file in ("app/main.py", "api.py", "app.py"):
            project(file, APP)

        assert find().entrypoint == "app:app"

    def test_takes_a_named_file(self, project: Write) -> None:
        """A file can have any name."""
        project("main.py", APP)

        assert find(project("shop/web.py", APP)).entrypoint == "web:app"

    def test_names_a_module_from_its_outermost_package(self, project: Write) -> None:
        """Imports inside a package keep working, because the module has its full name."""
        project("src/shop/__init__.py")
        project("src/shop/web/__init__.py")
        project("src/shop/settings.py", "TITLE = 'Shop'")
        file = project(
            "src/shop/web/main.py",
            "from kingpost import Kingpost\nfrom shop.settings import TITLE\n"
            "app = Kingpost(title=TITLE)\n",
        )

        found = find(file)

        assert found.entrypoint == "shop.web.main:app"
        assert found.app.title == "Shop"

    def test_takes_a_folder(self, project: Write) -> None:
        """A folder stands for the usual file in it, or for itself where it is a package."""
        project("shop/api.py", APP)
        project("depot/__init__.py", APP)

        assert find(Path("shop")).entrypoint == "api:app"
        assert find(Path("depot")).entrypoint == "depot:app"

    def test_takes_an_entrypoint(self, project: Write) -> None:
        """Module and object can be named as a server wants them."""
        project("shop/web.py", APP + "other = Kingpost(title='Other')\n")

        assert find(entrypoint="shop.web:other").app.title == "Other"
        assert find(entrypoint="shop.web").entrypoint == "shop.web:app"

    def test_takes_the_entrypoint_of_the_project(self, project: Write) -> None:
        """What pyproject.toml says goes before the usual files, and after what is asked for."""
        project("main.py", APP)
        project("shop/web.py", APP)
        project("pyproject.toml", '[tool.kingpost]\nentrypoint = "shop.web:app"\n')

        assert find().entrypoint == "shop.web:app"
        assert find(Path("main.py")).entrypoint == "main:app"

    @pytest.mark.parametrize(
        ("tables", "entrypoint"),
        [
            ({"kingpost": "a:app", "fastapi": "b:app"}, "b:app"),
            ({"kingpost": "a:app"}, "a:app"),
            ({"fastapi": "b:app"}, "b:app"),
        ],
    )
    def test_reads_both_tables_under_the_alias(
        self,
        project: Write,
        monkeypatch: pytest.MonkeyPatch,
        tables: dict[str, str],
        entrypoint: str,
    ) -> None:
        """An unchanged project has the other one, which goes first."""
        for name in "ab":
            project(f"{name}.py", "from kingpost import Kingpost\napp = Kingpost()\n")
        lines = [f'[tool.{table}]\nentrypoint = "{text}"' for table, text in tables.items()]
        project("pyproject.toml", "\n".join(lines))
        monkeypatch.setattr(NAMES, "package", "fastapi")

        assert find().entrypoint == entrypoint

    def test_ignores_a_project_that_says_nothing(self, project: Write) -> None:
        """Most pyproject.toml files do not speak of this package."""
        project("main.py", APP)
        project("pyproject.toml", '[project]\nname = "shop"\n')

        assert find().entrypoint == "main:app"


class TestWhich:
    @pytest.mark.parametrize(
        ("objects", "name"),
        [
            ("one = Kingpost(); api = Kingpost(); app = Kingpost()", "app"),
            ("one = Kingpost(); api = Kingpost()", "api"),
            ("one = Kingpost(); two = Kingpost()", "one"),
            ("app = 'text'; one = Kingpost()", "one"),
            ("from starlette.applications import Starlette; app = Starlette()", "app"),
        ],
    )
    def test_prefers_the_usual_names(self, project: Write, objects: str, name: str) -> None:
        """`app`, then `api`, then whatever is a Kingpost."""
        project("main.py", f"from kingpost import Kingpost\n{objects}\n")

        assert find().name == name

    def test_takes_a_named_object(self, project: Write) -> None:
        """Any callable will do, since middleware may be wrapped around an application."""
        project("main.py", APP + "async def wrapped(scope, receive, send): ...\n")

        assert find(app="wrapped").name == "wrapped"

    def test_returns_the_very_application(self, project: Write) -> None:
        """The object is that of the imported module."""
        project("main.py", APP)

        assert isinstance(find().app, Kingpost)


class TestRefusals:
    """What cannot be served is said in a sentence or two that name what to do."""

    def test_nothing_there(self, project: Write) -> None:
        """An empty folder has no application."""
        with pytest.raises(CommandError, match=r"There is no application in .*--entrypoint"):
            find()

    @pytest.mark.parametrize(
        ("path", "message"),
        [
            ("nowhere.py", "There is no file nowhere.py."),
            ("shop.web:app", "pass --entrypoint shop.web:app"),
            ("notes.txt", "does not end with .py"),
            ("folder", "The folder folder has no main.py"),
        ],
    )
    def test_unusable_path(self, project: Write, path: str, message: str) -> None:
        """A path has to lead to Python code."""
        project("notes.txt")
        project("folder/notes.txt")

        with pytest.raises(CommandError, match=message):
            find(Path(path))

    def test_two_places(self, project: Write) -> None:
        """A file and an entrypoint contradict each other."""
        with pytest.raises(CommandError, match="Leave out one of them"):
            find(Path("main.py"), entrypoint="main:app")

    @pytest.mark.parametrize("entrypoint", ["shop/web.py", "shop-web:app", ":app", ""])
    def test_malformed_entrypoint(self, project: Write, entrypoint: str) -> None:
        """An entrypoint is a dotted name."""
        with pytest.raises(CommandError, match="not of the form module:app"):
            find(entrypoint=entrypoint)

    def test_missing_module(self, project: Write) -> None:
        """A module that is not there is no reason for a traceback."""
        project("shop/__init__.py")

        with pytest.raises(CommandError, match=r"names the module shop\.web, and there is none"):
            find(entrypoint="shop.web:app")

    @pytest.mark.parametrize("entrypoint", ["7", '["main:app"]'])
    def test_wrong_type_in_the_project(self, project: Write, entrypoint: str) -> None:
        """The setting is a text."""
        project("pyproject.toml", f"[tool.kingpost]\nentrypoint = {entrypoint}\n")

        with pytest.raises(CommandError, match="must be a text"):
            find()

    def test_broken_project(self, project: Write) -> None:
        """A file that cannot be read is named."""
        project("pyproject.toml", "[tool.kingpost\n")

        with pytest.raises(CommandError, match=r"pyproject\.toml is not valid TOML"):
            find()

    def test_module_without_application(self, project: Write) -> None:
        """The message says how to make one."""
        project("main.py", "x = 1\n")

        with pytest.raises(CommandError, match="The module main has no application"):
            find()

    def test_missing_object(self, project: Write) -> None:
        """The objects that are there are named."""
        project("main.py", APP)

        with pytest.raises(CommandError, match=r"has no object 'web'\. It has app\."):
            find(app="web")

    def test_object_that_is_no_application(self, project: Write) -> None:
        """A text cannot be served."""
        project("main.py", APP + "title = 'Shop'\n")

        with pytest.raises(CommandError, match="no application but of type str"):
            find(app="title")


class TestFailingModule:
    def test_shows_the_lines_of_the_application(self, project: Write) -> None:
        """The machinery between the command and the mistake is left out."""
        project("shop.py", "def price():\n    return 1 / 0\n\nprice()\n")

        with pytest.raises(CommandError) as caught:
            find(Path("shop.py"))

        lines = str(caught.value).splitlines()
        assert lines[0] == "shop.py could not be imported."
        assert "ZeroDivisionError: division by zero" in lines
        assert [line.split('", ')[-1] for line in lines if line.startswith("  File")] == [
            "line 4, in <module>",
            "line 2, in price",
        ]

    def test_shows_everything_when_asked(self, project: Write) -> None:
        """The whole traceback is one option away."""
        project("shop.py", "1 / 0\n")

        with pytest.raises(CommandError, match="importlib"):
            find(Path("shop.py"), verbose=True)

    def test_tells_a_missing_dependency_from_a_missing_application(self, project: Write) -> None:
        """An import inside the module that fails is a mistake in the module."""
        project("main.py", "import no_such_package\n")

        with pytest.raises(CommandError, match="No module named 'no_such_package'"):
            find()

    def test_explains_a_mistake_in_a_declaration(self, project: Write) -> None:
        """A declaration that cannot work is shown with its hint and its line."""
        project("main.py", APP + "@app.get('/{ids}')\ndef read(ids: list[int]): ...\n")

        with pytest.raises(CommandError) as caught:
            find()

        assert "Path params must be of one of the supported types" in str(caught.value)
        assert "Hint: Use str" in str(caught.value)
        assert "_serve" not in str(caught.value)
