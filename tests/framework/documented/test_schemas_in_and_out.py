"""One model, with one schema or two: for what comes in and what goes out."""

from pydantic import BaseModel, computed_field

from kingpost import Kingpost
from kingpost.testclient import TestClient


class Note(BaseModel):
    """A note."""

    text: str
    author: str | None = None


class Sheet(BaseModel):
    """A sheet with a size that follows from its sides."""

    width: int
    height: int = 1

    @computed_field  # type: ignore[prop-decorator]
    @property
    def area(self) -> int:
        """Width times height."""
        return self.width * self.height


def application(*, separate: bool) -> Kingpost:
    """Notes and sheets."""
    app = Kingpost(separate_input_output_schemas=separate)

    @app.post("/notes")
    def write(note: Note) -> Note:
        return note

    @app.post("/sheets")
    def cut(sheet: Sheet) -> Sheet:
        return sheet

    return app


def schemas(app: Kingpost) -> list[str]:
    """The names of the models in the document."""
    names = app.openapi()["components"]["schemas"]
    return [name for name in names if "Validation" not in name]


def test_schemas_that_differ() -> None:
    """A model whose result has more than what came in has two schemas; another has one."""
    app = application(separate=True)
    sheet = app.openapi()["components"]["schemas"]
    answer = TestClient(app).post("/sheets", json={"width": 3, "height": 2})

    assert answer.json() == {"width": 3, "height": 2, "area": 6}
    assert schemas(app) == ["Note", "Sheet-Input", "Sheet-Output"]
    assert sheet["Sheet-Input"]["required"] == ["width"]
    assert sheet["Sheet-Output"]["required"] == ["width", "area"]
    assert sheet["Note"]["required"] == ["text"]


def test_one_schema_for_both() -> None:
    """Without separation, only computed fields still make two."""
    app = application(separate=False)

    assert TestClient(app).post("/notes", json={"author": "Ada"}).status_code == 422
    assert "Note" in schemas(app)
    assert TestClient(app).post("/notes", json={"text": "x"}).json() == {
        "text": "x",
        "author": None,
    }
