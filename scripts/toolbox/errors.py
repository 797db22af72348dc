"""The two ways a script ends early.

Exception
├── Stop          something a person has to mend; the text says what and how
└── Interrupted   Ctrl-C or SIGTERM
"""


class Stop(Exception):
    """Ends the script with one sentence: what happened and what to do."""


class Interrupted(Exception):
    """The script was told to end; every process it started has been ended."""

    def __init__(self, signal: int) -> None:
        super().__init__(signal)
        self.signal = signal
