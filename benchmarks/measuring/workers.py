"""Workers asked in turns: A B A B, so that a slow moment of the machine meets everyone."""

import subprocess
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager

from benchmarks.figures import Figures, add
from benchmarks.measuring.programs import SERVER_CORE, python, running


class Worker:
    """A process that holds one subject and times its requests."""

    def __init__(self, subject: str, program: "subprocess.Popen[str]") -> None:
        self.subject = subject
        if program.stdin is None or program.stdout is None:
            raise TypeError("A worker is started with pipes.")
        self._to, self._from = program.stdin, program.stdout
        self._read()

    def microseconds(self, request: str, seconds: float) -> float:
        """Return what one request takes, measured for about so many seconds."""
        self._to.write(f"{request} {seconds}\n")
        self._to.flush()
        return float(self._read())

    def _read(self) -> str:
        line = self._from.readline()
        if not line:
            raise RuntimeError(f"The worker of {self.subject} has ended: its reason is above.")
        return line


@contextmanager
def holding(subjects: Iterable[str]) -> Iterator[dict[str, Worker]]:
    """Start a worker for each subject; end them with the block."""
    with ExitStack() as stack:
        yield {
            subject: Worker(
                subject,
                stack.enter_context(
                    running(
                        python("-m", "benchmarks.measuring.worker", subject, str(SERVER_CORE)),
                        talks=True,
                    )
                ),
            )
            for subject in subjects
        }


Turn = tuple[str, str, Worker, str]
"""Row and column of the figure, who measures it, and by which request."""


def in_turns(turns: list[Turn], rounds: int, seconds: float) -> Figures:
    """Measure every figure once a round."""
    figures: Figures = {}
    for _ in range(rounds):
        for row, column, worker, request in turns:
            add(figures, row, column, worker.microseconds(request, seconds))
    return figures
