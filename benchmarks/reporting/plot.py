"""The plot: requests a second of each stack on each main workload, drawn as SVG.

A drawing of rectangles and words needs no library; it is readable on light and dark pages.
"""

from html import escape

from benchmarks.figures import Figures, middle
from benchmarks.reporting.store import Results, figures
from benchmarks.workloads import MAIN, STACKS

WIDTH, LEFT, TOP = 860, 70, 64
BAR, GAP, BETWEEN = 13, 2, 18
COLOURS = {
    "asgi": "#9aa0a6",
    "kingpost": "#d9480f",
    "blacksheep": "#5f7a8a",
    "starlette": "#2b8a8a",
    "litestar": "#b08900",
    "fastapi": "#3b7dd8",
}


def draw(results: Results) -> str:
    """Return the plot."""
    found = figures(results, "throughput")
    groups = [(workload.name, _bars(found, workload.name)) for workload in MAIN]
    most = max((value for _, bars in groups for _, value in bars), default=1.0)
    parts = [*_legend()]
    top = TOP
    for name, bars in groups:
        middle_of_group = top + len(bars) * (BAR + GAP) / 2
        parts.append(_text(LEFT - 10, middle_of_group + 4, name, anchor="end", weight="600"))
        for stack, value in bars:
            parts += _bar(top, stack, value, most)
            top += BAR + GAP
        top += BETWEEN
    inside = "\n".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {top}" role="img" '
        f'aria-label="Requests a second by workload and framework" '
        f'font-family="system-ui, sans-serif" font-size="12">\n'
        "<style>text { fill: #24292f } @media (prefers-color-scheme: dark) "
        "{ text { fill: #d0d7de } }</style>\n"
        f"{inside}\n</svg>\n"
    )


def _bars(found: Figures, name: str) -> list[tuple[str, float]]:
    values = ((stack, middle(found, name, stack)) for stack in STACKS)
    return [(stack, value) for stack, value in values if value is not None]


def _bar(top: int, stack: str, value: float, most: float) -> list[str]:
    length = value / most * (WIDTH - LEFT - 70)
    return [
        _rectangle(LEFT, top, length, BAR, COLOURS[stack]),
        _text(LEFT + length + 6, top + BAR - 2, f"{value:,.0f}"),
    ]


def _legend() -> list[str]:
    parts = [_text(LEFT, 16, "Requests a second (more is better)", weight="600")]
    left = LEFT
    for stack, title in STACKS.items():
        short = title.partition(" (")[0].replace(" + Pydantic", "").replace("hand-written ", "")
        words = f"{short} (the limit)" if stack == "asgi" else short
        parts.append(_rectangle(left, 30, 11, 11, COLOURS[stack]))
        parts.append(_text(left + 16, 40, words))
        left += 34 + 7 * len(words)
    return parts


def _rectangle(x: float, y: float, width: float, height: float, colour: str) -> str:
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" rx="2" '
        f'fill="{colour}"/>'
    )


def _text(x: float, y: float, words: str, anchor: str = "start", weight: str = "400") -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-weight="{weight}">'
        f"{escape(words)}</text>"
    )
