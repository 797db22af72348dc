"""An application's OpenAPI document, and the text that is sent of it."""

from typing import Any

from kingpost._http.native import write_json

__all__ = ["Document", "write_document"]


class Document:
    """A document as data and as JSON.

    The text is kept as long as nobody else has the data: whoever has it may change it in place,
    and the next text has to show that.
    """

    def __init__(self) -> None:
        self._data: dict[str, Any] | None = None
        self._version = -1
        self._is_lent = False
        # The text for one root path, the last: clients can choose what some proxies pass on.
        self._text: tuple[str, bytes] | None = None

    def is_of(self, version: int) -> bool:
        """Tell whether there is a document of this version of the routes."""
        return self._data is not None and self._version == version

    def keep(self, data: dict[str, Any], version: int) -> None:
        """Take a document that was made of this version of the routes."""
        self._data, self._version = data, version
        self._is_lent, self._text = False, None

    def replace(self, data: dict[str, Any] | None) -> None:
        """Take a document that somebody else has made; None to have it made anew."""
        self._data = data
        self._is_lent, self._text = True, None

    def lend(self) -> dict[str, Any] | None:
        """Return the document to somebody who may change it; None if there is none."""
        self._is_lent = self._data is not None
        return self._data

    def text(self, root_path: str) -> bytes:
        """Return the document as JSON; see `write_document`."""
        if self._text is not None and self._text[0] == root_path and not self._is_lent:
            return self._text[1]
        text = write_document(self._data or {}, root_path)
        self._text = (root_path, text)
        return text


def write_document(document: dict[str, Any], root_path: str) -> bytes:
    """Return a document as JSON.

    Args:
        document: The document.
        root_path: Where a proxy serves the application: the first of the servers, unless it is
            among them.

    Raises:
        ValueError: It holds a number that JSON does not have.
        TypeError: It is not made of what the `json` module writes.
    """
    if root_path:
        servers = document.get("servers", [])
        if root_path not in {server.get("url") for server in servers}:
            document = {**document, "servers": [{"url": root_path}, *servers]}
    return write_json(document)
