"""Cookies and headers of an answer."""

from kingpost import Depends, Kingpost, Response
from kingpost.responses import JSONResponse
from kingpost.testclient import TestClient


def test_cookie_set_on_the_injected_response() -> None:
    """The result is sent as usual, with the cookie."""
    app = Kingpost()

    @app.post("/board")
    def board(response: Response) -> dict[str, str]:
        response.set_cookie(key="cabin", value="12")
        return {"welcome": "aboard"}

    answer = TestClient(app).post("/board")

    assert answer.json() == {"welcome": "aboard"}
    assert answer.headers["set-cookie"] == "cabin=12; Path=/; SameSite=lax"


def test_cookie_of_a_returned_response() -> None:
    """A response that is returned carries its own cookies."""
    app = Kingpost()

    @app.post("/board")
    def board() -> JSONResponse:
        response = JSONResponse({"welcome": "aboard"})
        response.set_cookie("cabin", "12", secure=True, path="/deck")
        return response

    answer = TestClient(app).post("/board")

    assert answer.headers["set-cookie"] == "cabin=12; Path=/deck; SameSite=lax; Secure"


def test_header_set_on_the_injected_response() -> None:
    """Dependencies and the operation write to the same headers."""
    app = Kingpost()

    def flag(response: Response) -> None:
        response.headers["x-flag"] = "blue"
        response.headers["x-port"] = "Genoa"

    @app.get("/ship", dependencies=[Depends(flag)])
    def ship(response: Response) -> str:
        response.headers["x-port"] = "Naples"
        response.headers.append("x-stop", "Bari")
        response.headers.append("x-stop", "Split")
        return "Ida"

    answer = TestClient(app).get("/ship")

    assert answer.json() == "Ida"
    assert answer.headers["x-flag"] == "blue"
    assert answer.headers.get_list("x-port") == ["Naples"]
    assert answer.headers.get_list("x-stop") == ["Bari", "Split"]


def test_header_of_a_returned_response() -> None:
    """A response that is returned has its own headers."""
    app = Kingpost()

    @app.get("/ship")
    def ship() -> JSONResponse:
        return JSONResponse("Ida", headers={"x-port": "Naples", "content-language": "it"})

    answer = TestClient(app).get("/ship")

    assert (answer.headers["x-port"], answer.headers["content-language"]) == ("Naples", "it")
