"""Dependencies that are objects with settings of their own."""

from typing import Annotated

from kingpost import Depends, HTTPException, Kingpost
from kingpost.testclient import TestClient


class Mentions:
    """Tells whether a text has a word in it."""

    def __init__(self, word: str) -> None:
        self.word = word

    def __call__(self, text: str = "") -> bool:
        """Look for the word in the query parameter `text`."""
        return self.word in text


class AtMost:
    """Refuses a number that is too large."""

    def __init__(self, limit: int) -> None:
        self.limit = limit

    async def check(self, number: int) -> int:
        """Return the number, or refuse it."""
        if number > self.limit:
            raise HTTPException(status_code=400, detail=f"More than {self.limit}")
        return number


def test_instance_as_a_dependency() -> None:
    """Each instance is a dependency of its own; its call has the parameters."""
    app = Kingpost()
    tea, cake = Mentions("tea"), Mentions("cake")

    @app.get("/orders")
    async def order(
        tea: Annotated[bool, Depends(tea)], cake: Annotated[bool, Depends(cake)]
    ) -> list[bool]:
        return [tea, cake]

    client = TestClient(app)

    assert client.get("/orders?text=tea please").json() == [True, False]
    assert client.get("/orders").json() == [False, False]
    parameters = app.openapi()["paths"]["/orders"]["get"]["parameters"]
    assert [(p["name"], p["schema"]["default"]) for p in parameters] == [("text", "")]


def test_method_as_a_dependency() -> None:
    """A method of an object, a coroutine function here, will do."""
    app = Kingpost()

    @app.get("/cups")
    async def cups(number: Annotated[int, Depends(AtMost(3).check)]) -> int:
        return number

    client = TestClient(app)
    refused = client.get("/cups?number=4")

    assert client.get("/cups?number=3").json() == 3
    assert (refused.status_code, refused.json()) == (400, {"detail": "More than 3"})
    assert client.get("/cups?number=many").status_code == 422
