"""What can be measured in process, by its name: an application and the requests it answers."""

import importlib
from dataclasses import dataclass

from benchmarks.apps import growing, layered
from benchmarks.measuring.calls import App
from benchmarks.workloads import WORKLOADS, Request


@dataclass(frozen=True)
class Subject:
    """An application and its requests by name."""

    app: App
    requests: dict[str, Request]


def load(name: str) -> Subject:
    """Return a subject.

    `app:STACK`, `growing:FRAMEWORK:SHAPE:ROUTES` or `layered:FRAMEWORK:KIND`.
    Raises `ValueError` for another name.
    """
    match name.split(":"):
        case ["app", stack]:
            app = importlib.import_module(f"benchmarks.apps.on_{stack}").app
            mine = {key: work.request for key, work in WORKLOADS.items() if stack in work.stacks}
            return Subject(app, mine)
        case ["growing", framework, shape, routes]:
            built = growing.build(importlib.import_module(framework), shape, int(routes))
            return Subject(built, growing.requests(shape, int(routes)))
        case ["layered", framework, kind]:
            built = layered.build(importlib.import_module(framework), kind)
            return Subject(built, {"json": WORKLOADS["json"].request})
    raise ValueError(f"There is no subject {name!r}.")
