"""API keys, HTTP basic, bearer and digest, OpenID Connect."""

import base64
import functools
from typing import Annotated, Any

from kingpost import Depends, Kingpost, Request, Security, WebSocket
from kingpost.security import (
    APIKeyCookie,
    APIKeyHeader,
    APIKeyQuery,
    HTTPAuthorizationCredentials,
    HTTPBasic,
    HTTPBasicCredentials,
    HTTPBearer,
    HTTPDigest,
    OpenIdConnect,
)
from kingpost.security.base import SecurityBase
from kingpost.security.http import HTTPBase
from kingpost.security.utils import get_authorization_scheme_param
from tests.parity.harness import case, get, receive, same, websocket


def basic(text: str) -> dict[str, str]:
    """An Authorization header of the basic scheme."""
    return {"Authorization": "Basic " + base64.b64encode(text.encode("latin-1")).decode()}


@case(get("/?key=k"), get("/?key=", 401), get("/", 401), get("/optional"))
def test_api_key_in_query() -> Kingpost:
    """APIKeyQuery."""
    scheme = APIKeyQuery(name="key", description="The key", scheme_name="Key in query")
    optional = APIKeyQuery(name="key", auto_error=False)
    app = Kingpost()

    @app.get("/")
    def read(key: Annotated[str, Depends(scheme)]) -> str:
        return key

    @app.get("/optional")
    def read_optional(key: Annotated[str | None, Depends(optional)]) -> str | None:
        return key

    return app


@case(
    get("/", headers={"X-Key": "k"}),
    get("/", 401, headers={"X-Key": ""}),
    get("/", 401),
    get("/optional"),
)
def test_api_key_in_header() -> Kingpost:
    """APIKeyHeader."""
    app = Kingpost()

    @app.get("/")
    def read(key: Annotated[str, Security(APIKeyHeader(name="X-Key"))]) -> str:
        return key

    @app.get("/optional")
    def read_optional(
        key: Annotated[str | None, Security(APIKeyHeader(name="X-Key", auto_error=False))],
    ) -> str | None:
        return key

    return app


@case(get("/", headers={"Cookie": "key=k"}), get("/", 401), get("/optional"))
def test_api_key_in_cookie() -> Kingpost:
    """APIKeyCookie."""
    app = Kingpost()

    @app.get("/")
    def read(key: Annotated[str, Security(APIKeyCookie(name="key"))]) -> str:
        return key

    @app.get("/optional")
    def read_optional(
        key: Annotated[str | None, Security(APIKeyCookie(name="key", auto_error=False))],
    ) -> str | None:
        return key

    return app


@case(
    get("/", headers=basic("ann:secret")),
    get("/", headers=basic("ann:a:b")),
    get("/", headers=basic(":")),
    get("/", 401, headers=basic("nocolon")),
    get("/", 401, headers={"Authorization": "Basic !!!"}),
    get("/", 401, headers=basic("\xfc:\xfc")),
    get("/", 401, headers={"Authorization": "Basic"}),
    get("/", 401, headers={"Authorization": "Bearer abc"}),
    get("/", 401),
)
def test_http_basic() -> Kingpost:
    """Basic credentials; malformed ones are 401."""
    app = Kingpost()

    @app.get("/")
    def read(credentials: Annotated[HTTPBasicCredentials, Depends(HTTPBasic())]) -> Any:
        return credentials

    return app


@case(
    get("/", headers=basic("ann:secret")),
    get("/"),
    get("/", headers={"Authorization": "Bearer x"}),
    get("/", 401, headers=basic("nocolon")),
    get("/", 401, headers={"Authorization": "Basic ===="}),
)
def test_http_basic_without_auto_error() -> Kingpost:
    """auto_error=False still refuses malformed credentials, naming the realm."""
    scheme = HTTPBasic(realm='the "realm"', auto_error=False, description="Basic")
    app = Kingpost()

    @app.get("/")
    def read(credentials: Annotated[HTTPBasicCredentials | None, Depends(scheme)]) -> Any:
        return credentials

    return app


@case(get("/", 401), get("/", headers=basic("a:b")))
def test_http_basic_realm() -> Kingpost:
    """The realm is quoted in the header."""
    scheme = HTTPBasic(realm="simple")
    app = Kingpost()

    @app.get("/")
    def read(credentials: HTTPBasicCredentials = Security(scheme)) -> str:
        return credentials.username

    return app


@case(
    get("/", headers={"Authorization": "Bearer abc"}),
    get("/", headers={"Authorization": "bEARER   a b "}),
    get("/", 401, headers={"Authorization": "Bearer"}),
    get("/", 401, headers={"Authorization": "Bearer "}),
    get("/", 401, headers={"Authorization": "Basic abc"}),
    get("/", 401),
    get("/optional"),
    get("/optional", headers={"Authorization": "Basic abc"}),
)
def test_http_bearer() -> Kingpost:
    """Bearer credentials, compared without regard to case, stripped."""
    app = Kingpost()
    required = HTTPBearer(bearerFormat="JWT", description="A token")

    @app.get("/")
    def read(credentials: Annotated[HTTPAuthorizationCredentials, Depends(required)]) -> Any:
        return credentials

    @app.get("/optional")
    def read_optional(
        credentials: Annotated[
            HTTPAuthorizationCredentials | None, Depends(HTTPBearer(auto_error=False))
        ],
    ) -> Any:
        return credentials

    return app


@case(
    get("/", headers={"Authorization": "Digest abc"}),
    get("/", 401, headers={"Authorization": "Bearer abc"}),
    get("/", 401),
    get("/optional"),
)
def test_http_digest() -> Kingpost:
    """Digest credentials."""
    app = Kingpost()

    @app.get("/")
    def read(
        credentials: Annotated[HTTPAuthorizationCredentials, Security(HTTPDigest())],
    ) -> Any:
        return credentials

    @app.get("/optional")
    def read_optional(
        credentials: Annotated[
            HTTPAuthorizationCredentials | None, Security(HTTPDigest(auto_error=False))
        ],
    ) -> Any:
        return credentials

    return app


@case(
    get("/", headers={"Authorization": "Other abc"}),
    get("/", 401, headers={"Authorization": "Other"}),
    get("/", 401),
)
def test_http_base() -> Kingpost:
    """HTTPBase accepts any scheme and documents its own."""
    app = Kingpost()

    @app.get("/")
    def read(
        credentials: Annotated[HTTPAuthorizationCredentials, Security(HTTPBase(scheme="Other"))],
    ) -> Any:
        return credentials

    return app


@case(get("/", headers={"Authorization": "x"}), get("/", 401), get("/optional"))
def test_openid_connect() -> Kingpost:
    """OpenIdConnect gives the raw header."""
    app = Kingpost()
    url = "/.well-known/openid-configuration"

    @app.get("/")
    def read(header: Annotated[str, Depends(OpenIdConnect(openIdConnectUrl=url))]) -> str:
        return header

    @app.get("/optional")
    def read_optional(
        header: Annotated[
            str | None, Depends(OpenIdConnect(openIdConnectUrl=url, auto_error=False))
        ],
    ) -> str | None:
        return header

    return app


@case(get("/", headers={"X-Key": "k"}), get("/", 401), get("/?key=q", 401))
def test_two_required_schemes() -> Kingpost:
    """Two schemes on one operation."""
    app = Kingpost(dependencies=[Security(APIKeyHeader(name="X-Key"))])

    @app.get("/")
    def read(
        key: Annotated[str | None, Security(APIKeyQuery(name="key", auto_error=False))],
    ) -> str | None:
        return key

    return app


@case(get("/", headers={"X-Own": "k"}), get("/"), get("/x", 404))
def test_own_scheme() -> Kingpost:
    """Any SecurityBase instance used as a dependency is documented."""

    class Own(SecurityBase):
        def __init__(self) -> None:
            self.model = APIKeyHeader(name="X-Own", description="Own").model
            self.scheme_name = "Own scheme"

        async def __call__(self, request: Request) -> str | None:
            return request.headers.get("x-own")

    app = Kingpost()

    @app.get("/")
    def read(key: Annotated[str | None, Depends(Own())]) -> str | None:
        return key

    return app


@case(
    websocket("/ws?key=k", receive()),
    websocket("/ws", status=401),
    get("/ws", 404),
)
def test_scheme_on_websocket() -> Kingpost:
    """Schemes work on websockets; a refusal before acceptance is a denial response."""
    app = Kingpost()

    @app.websocket("/ws")
    async def talk(
        socket: WebSocket, key: Annotated[str, Depends(APIKeyQuery(name="key"))]
    ) -> None:
        await socket.accept()
        await socket.send_text(key)

    return app


@same
def test_authorization_header_is_split() -> object:
    """get_authorization_scheme_param splits at the first space."""
    headers = [None, "", "Bearer", "Bearer x", "Bearer  x y", " x"]
    return [get_authorization_scheme_param(header) for header in headers]


@case(get("/items", headers={"Authorization": "Bearer t"}), get("/items", 401))
def test_partial_scheme() -> Kingpost:
    """A scheme inside a partial is documented as it is."""
    app = Kingpost()

    @app.get("/items")
    def read(token: Annotated[Any, Depends(functools.partial(HTTPBearer()))]) -> str:
        return str(token.credentials)

    return app
