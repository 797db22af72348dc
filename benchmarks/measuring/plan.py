"""How much is measured."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Effort:
    """How often everything is measured, and for how long at a time.

    `rounds` of every figure; `seconds` of load in a round, of which figures in process, which are
    steadier, take a part.
    """

    rounds: int = 5
    seconds: int = 1
