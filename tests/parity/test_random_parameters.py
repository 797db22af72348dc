"""Random signatures of scalar and list parameters, random requests: the two must agree."""

from collections import Counter
from dataclasses import dataclass
from urllib.parse import quote

from hypothesis import given
from hypothesis import strategies as st

from tests.parity.harness import Call, request
from tests.parity.harness.programs import compare_program
from tests.parity.harness.strategies import (
    PROLOGUE,
    SCALARS,
    WORDS,
    Kind,
    bounded,
    constraints_of,
    values_of,
)

PLACES = ("Path", "Query", "Header", "Cookie", "Form")


@dataclass(frozen=True)
class Parameter:
    """One generated parameter."""

    place: str
    name: str
    kind: Kind
    shape: str
    style: str
    constraints: tuple[str, ...]
    optional: bool
    alias: str | None

    @property
    def wire_name(self) -> str:
        """The name it has in a request."""
        if self.alias is not None:
            return self.alias
        return self.name.replace("_", "-") if self.place == "Header" else self.name

    def declaration(self) -> str:
        """The parameter as it stands in the signature."""
        annotation = self.shape.format(self.kind.annotation)
        arguments = [*self.constraints]
        if self.alias is not None:
            arguments.append(f"alias={self.alias!r}")
        marker = f"{self.place}({', '.join(arguments)})"
        if self.place == "Path" or not self.optional:
            if self.style == "default":
                return f"{self.name}: {annotation} = {marker}"
            return f"{self.name}: Annotated[{annotation}, {marker}]"
        default = "None" if self.shape.startswith("{} |") else self.kind.default
        if self.shape.startswith(("list", "set")):
            default = "None"
        if self.style == "default":
            marker = f"{self.place}({', '.join([default, *arguments])})"
            return f"{self.name}: {annotation} = {marker}"
        return f"{self.name}: Annotated[{annotation}, {marker}] = {default}"


@st.composite
def parameters(draw: st.DrawFn, place: str, number: int) -> Parameter:
    """A random parameter of one place."""
    kind = draw(st.sampled_from(SCALARS))
    shapes = ["{}", "{}", "{} | None"]
    if place in ("Query", "Header", "Form"):
        shapes += ["list[{}]", "set[{}]", "list[{}] | None"]
    shape = draw(st.sampled_from(shapes)) if place != "Path" else "{}"
    constraints = () if shape[0] in "ls" else tuple(draw(constraints_of(kind)))
    alias = draw(st.sampled_from([None, None, f"Al{number}"])) if place != "Path" else None
    return Parameter(
        place,
        f"p_{number}",
        kind,
        shape,
        draw(st.sampled_from(["annotated", "default"])),
        constraints,
        draw(st.booleans()),
        alias,
    )


@st.composite
def programs(draw: st.DrawFn) -> tuple[str, list[Parameter]]:
    """A program with one operation of one to five parameters, and these."""
    places = draw(st.lists(st.sampled_from(PLACES), min_size=1, max_size=5))
    chosen = [draw(parameters(place, number)) for number, place in enumerate(places)]
    path = "".join(f"/{{{p.name}}}" for p in chosen if p.place == "Path")
    names = ", ".join(p.name for p in chosen)
    result = draw(st.sampled_from(["", " -> Any", " -> list[Any]"]))
    signature = ", ".join(["*", *(p.declaration() for p in chosen)])
    source = f"""{PROLOGUE}

def build(log):
    app = Kingpost()

    @app.post("/op{path}")
    def operation({signature}){result}:
        return [sorted(map(str, v)) if isinstance(v, set) else v for v in [{names}]]

    return app
"""
    return source, chosen


@st.composite
def requests_to(draw: st.DrawFn, chosen: list[Parameter]) -> Call:
    """A request that gives each parameter a value, several, or none."""
    path, headers, query, form = "/op", [], [], {}
    cookies = []
    for parameter in chosen:
        value = values_of(parameter.kind)
        if parameter.place == "Path":
            path += "/" + quote(draw(value), safe="")
            continue
        sent = draw(st.lists(value | st.just(""), max_size=2 if draw(st.booleans()) else 1))
        name = parameter.wire_name
        if parameter.place == "Query":
            query += [(name, item) for item in sent]
        elif parameter.place == "Header":
            headers += [(name, item) for item in sent]
        elif parameter.place == "Cookie":
            cookies += [f"{name}={quote(item)}" for item in sent]
        else:
            form[name] = sent
    if draw(st.booleans()):
        query.append((draw(WORDS), "unknown"))
    if cookies:
        headers.append(("Cookie", "; ".join(cookies)))
    return request("POST", path, None, headers=headers, params=query, data=form)


def test_random_signatures() -> None:
    """Any signature, any request: equal answers and documents."""
    statuses: Counter[int] = Counter()

    @bounded(60)
    @given(st.data())
    def check(data: st.DataObject) -> None:
        source, chosen = data.draw(programs())
        calls = [data.draw(requests_to(chosen)) for _ in range(4)]
        answers = compare_program(source, calls).answers
        statuses.update(answer.status for answer in answers)

    check()

    # Enough of both kinds, or the generator has drifted into testing one thing only.
    assert statuses[200] > 30, statuses
    assert statuses[422] > 30, statuses
