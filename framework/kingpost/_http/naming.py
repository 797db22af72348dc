"""The names under which the package shows itself: in spans, logs and scope keys."""

from dataclasses import dataclass

__all__ = ["NAMES", "Names"]


@dataclass(slots=True)
class Names:
    """What the package calls itself.

    Attributes:
        package: The import name, as in ``kingpost.endpoint``.
        product: The name for people.
        version: The version that it reports.
    """

    package: str = "kingpost"
    product: str = "Kingpost"
    version: str = "0.1.0"

    @property
    def environment(self) -> str:
        """The prefix of environment variables."""
        return self.package.upper()


NAMES = Names()
"""The names that hold in this process."""
