import os

import pytest
from hypothesis import settings

# A busy machine is no failure, and in CI the same examples come every time.
settings.register_profile("framework", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("framework")


@pytest.fixture
def anyio_backend() -> str:
    """Run asynchronous tests on the event loop that the server uses."""
    return "asyncio"
