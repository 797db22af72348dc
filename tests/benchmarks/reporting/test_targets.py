"""The targets are computed, and said to be reached only when they are."""

import pytest

from benchmarks.reporting.targets import Target, targets
from tests.benchmarks.reporting.samples import part, results


def test_reached_targets() -> None:
    """Four times FastAPI's, 0.95 of the limit, ahead of the peer, flat."""
    found = {target.number: target for target in reversed(targets(results()))}

    assert all(target.is_reached for target in found.values())
    assert found[1].value == pytest.approx(4.0)
    assert found[2].value == pytest.approx(40 / 42)
    assert found[5].value == 1.0


def test_missed_targets_are_said_to_be_missed() -> None:
    """A slower run is no success in any of the targets that it belongs to."""
    missed = targets(results(kingpost=9_000.0, missing=9.0))

    assert {target.number for target in missed if not target.is_reached} == {1, 2, 3, 5, 8}
    assert "1.80 (at most 1.15): NOT reached" in "\n".join(map(str, missed))


def test_what_was_not_measured_is_not_judged() -> None:
    """No figures, no verdict."""
    assert targets({}) == []
    assert [target.number for target in targets({"start": part({"import (ms)": {}})})] == []


def test_the_other_parts_have_their_targets() -> None:
    """Time in process, start, middleware."""
    both = {"kingpost": [1.0], "fastapi": [10.0]}
    found = targets(
        {
            "latency": part({"items": both, "deps": both}),
            "start": part(
                {
                    "import (ms)": both,
                    "openapi.json again (ms)": {"kingpost": [0.1]},
                    "json.dumps of it (ms)": {"kingpost": [10.0]},
                }
            ),
            "middleware": part(
                {
                    "none": {"kingpost": [1.0], "fastapi": [10.0]},
                    "http": {"kingpost": [11.0], "fastapi": [110.0]},
                    "asgi (calls)": {"kingpost": [12.0]},
                    "wrapped (calls)": {"kingpost": [11.0]},
                }
            ),
        }
    )
    values = [(target.number, round(target.value, 2), target.is_reached) for target in found]

    assert values == [
        (4, 0.1, True),
        (4, 0.1, True),
        (6, 0.1, True),
        (6, 0.01, True),
        (7, 0.1, True),
        (7, 1.0, False),
    ]


@pytest.mark.parametrize(
    ("value", "is_floor", "reached"),
    [(0.899, True, True), (0.894, True, False), (0.904, False, True), (0.906, False, False)],
)
def test_the_limit_holds_to_the_digits_that_are_shown(
    value: float, is_floor: bool, reached: bool
) -> None:
    """What is printed as 0.90 is 0.90."""
    assert Target(1, "a figure", value, 0.9, is_floor).is_reached is reached
