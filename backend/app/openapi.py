"""Print the OpenAPI document, which the front end's client is generated from.

``python -m app.openapi > openapi.json``; it needs no settings and no database.
"""

import json
import sys

from app.main import create_app
from app.settings import Settings


def render() -> str:
    """Return the document as text that depends on the source code alone."""
    # The defaults, whatever the environment says: a clone with another name has the same API.
    settings = Settings.model_construct()
    return json.dumps(create_app(settings).openapi(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.stdout.write(render())
