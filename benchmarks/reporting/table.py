"""The tables: the whole report, and the short one that the README shows."""

from benchmarks.figures import Figures, geometric_mean, middle, ratio, spread
from benchmarks.reporting.store import Results, figures
from benchmarks.reporting.targets import targets
from benchmarks.workloads import MAIN, SAME, STACKS, WORKLOADS

BEGIN, END = "<!-- benchmarks: begin -->", "<!-- benchmarks: end -->"
UNKNOWN = "-"
MAINS = [workload.name for workload in MAIN]
TITLES = {
    "throughput": "Requests a second, with Uvicorn (more is better)",
    "latency": "In process, microseconds of the processor a request (less is better)",
    "growth": "Growth: microseconds a request, by the size of the application (less is better)",
    "start": "Start, of 1,000 operations (less is better)",
    "middleware": "Middleware: microseconds a request, and calls (less is better)",
}


def report(results: Results) -> str:
    """Return the whole report as Markdown."""
    lines = ["# Results", "", "Written by `./scripts/benchmark`; every round is in results.json."]
    lines += ["", "## Targets", ""]
    for target in targets(results):
        lines.append(f"- {target}")
    for name, title in TITLES.items():
        if name in results:
            lines += ["", f"## {title}", "", *_conditions(results, name), ""]
            lines += _grid(figures(results, name))
    return "\n".join([*lines, ""])


def short(results: Results) -> str:
    """Return the README's table: the main workloads, and the mean of their ratios."""
    found = figures(results, "throughput")
    head = ["", *MAINS, "over FastAPI"]
    lines = [_line(head), _line(["---", *["--:" for _ in head[1:]]])]
    for stack, title in STACKS.items():
        cells = [_number(middle(found, name, stack)) for name in MAINS]
        ratios = [ratio(found, name, stack, "fastapi") for name in MAINS]
        known = [value for value in ratios if value is not None]
        mean = f"{geometric_mean(known):.2f} times" if known else UNKNOWN
        name = f"**{title}**" if stack == "kingpost" else title
        lines.append(_line([name, *cells, mean]))
    return "\n".join(lines)


def insert(text: str, block: str) -> str:
    """Return a page with a block between its two marks. Raises `ValueError` without them."""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"The page has no lines {BEGIN} and {END}: put them where the table goes.")
    return f"{before}{begin}\n{block}\n{end}{after}"


def _conditions(results: Results, name: str) -> list[str]:
    part = results[name]
    versions = ", ".join(f"{package} {version}" for package, version in part["versions"].items())
    effort = part["effort"]
    lines = [
        f"{part['made']}, on {part['machine']}; load of the machine before: {part['load']}.",
        f"{effort['rounds']} rounds in turns: the median ± the distance of the quartiles.",
        f"{versions}.",
    ]
    if part["load"] > 0.5:
        lines.append("**The machine was busy: these figures say less than they could.**")
    return lines


def _grid(found: Figures) -> list[str]:
    columns = [stack for stack in STACKS if any(stack in row for row in found.values())]
    head = ["", *columns, "kingpost : fastapi"]
    lines = [_line(head), _line(["---", *["--:" for _ in head[1:]]])]
    for name, row in found.items():
        cells = [_cell(row.get(stack)) for stack in columns]
        value = ratio(found, name, *SAME)
        lines.append(_line([_title(name), *cells, UNKNOWN if value is None else f"{value:.2f}"]))
    return lines


def _title(name: str) -> str:
    workload = WORKLOADS.get(name)
    return f"{name} ({workload.meaning})" if workload else name


def _cell(rounds: list[float] | None) -> str:
    if not rounds:
        return UNKNOWN
    return f"{_number(middle({'': {'': rounds}}, '', ''))} ±{spread(rounds):.0%}"


def _number(value: float | None) -> str:
    if value is None:
        return UNKNOWN
    return f"{value:,.0f}" if value >= 1000 else f"{value:.3g}"


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
