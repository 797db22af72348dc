"""Every public name of the peer is there, with the same signature, members, fields and defaults."""

import importlib
import json
import subprocess
import sys
import textwrap
from types import ModuleType
from typing import Any

import pytest

from tests.parity.harness.copies import OURS, PEER, RENAMED
from tests.parity.harness.shapes import is_foreign, peers_modules, shape_of

pytestmark = pytest.mark.filterwarnings(
    "ignore::DeprecationWarning", "ignore::starlette.exceptions.StarletteDeprecationWarning"
)

THEIRS = {theirs: ours for ours, theirs in RENAMED.items()}

MODULES = peers_modules()
WITHIN = [f"{PEER}._compat", *MODULES]
"""Those, and the private one from which published packages import."""

ABSENT = {
    "Example": "of `openapi.models`, which is slow to import",
    "HTTP_401_UNAUTHORIZED": "Starlette's",
    "MAX_BODY_SIZE_SCOPE_KEY": "Starlette's",
    "P": "a type variable",
    "TYPE_CHECKING": "the standard library's",
    "WS_1008_POLICY_VIOLATION": "Starlette's",
    "cli_main": "of another package",
    "is_typealiastype": "of another package",
    "orjson": "of another package",
    "sequence_types": "of the peer's private module",
    "ujson": "of another package",
    "ExceptionTelemetryMiddleware": "a part of the telemetry",
    "NativeTelemetry": "a part of the telemetry",
}
"""Names that modules of the peer happen to hold, and ours do not."""

OTHERWISE = {
    "Security()": "takes `scope` and `max_concurrency` too",
    "get_redoc_html(redoc_favicon_url)": "our own copy",
    "get_redoc_html(redoc_js_url)": "our own copy",
    "get_swagger_ui_html(swagger_css_url)": "our own copy",
    "get_swagger_ui_html(swagger_favicon_url)": "our own copy",
    "get_swagger_ui_html(swagger_js_url)": "our own copy",
    "RouteContext(_route_context)": "private",
    "TelemetryConfig[logger_provider]": "OpenTelemetry need not be installed",
    "TelemetryConfig[meter_provider]": "OpenTelemetry need not be installed",
    "TelemetryConfig[tracer_provider]": "OpenTelemetry need not be installed",
}
"""Parts that differ on purpose."""


def names_of(module: ModuleType) -> list[str]:
    """The names that a module offers: those of the framework and of Starlette."""
    return [
        name
        for name, value in vars(module).items()
        if not name.startswith("_") and not is_foreign(value)
    ]


def both(name: str) -> tuple[ModuleType, ModuleType]:
    """Our module and the peer's."""
    ours = importlib.import_module(name.replace(PEER, OURS, 1))
    return ours, importlib.import_module(name)


def differences(name: str) -> dict[str, tuple[Any, Any]]:
    """The parts of a module's objects that differ, with ours and the peer's."""
    ours, theirs = both(name)
    found: dict[str, tuple[Any, Any]] = {}
    for public in names_of(theirs):
        mine = getattr(ours, THEIRS.get(public, public), None)
        value = getattr(theirs, public)
        if mine is None or mine is value:
            continue
        got = shape_of(public, mine)
        for part, text in shape_of(public, value).items():
            if got.get(part) != text:
                found[part] = (got.get(part), text)
    return found


@pytest.mark.parametrize("name", MODULES)
def test_every_name_is_there(name: str) -> None:
    """What can be imported from a module of the peer can be imported from ours."""
    ours, theirs = both(name)

    missing = {n for n in names_of(theirs) if not hasattr(ours, THEIRS.get(n, n))}

    assert missing <= ABSENT.keys()


@pytest.mark.parametrize("name", MODULES)
def test_every_signature_is_equal(name: str) -> None:
    """Arguments, members and fields have equal names, order, kinds, defaults and types."""
    found = differences(name)

    assert {part: pair for part, pair in found.items() if part not in OTHERWISE} == {}


def test_every_exception_is_one() -> None:
    """No name and no part stands in the tables that is equal by now."""
    found: set[str] = set()
    missing: set[str] = set()
    for name in MODULES:
        ours, theirs = both(name)
        found |= differences(name).keys()
        missing |= {n for n in names_of(theirs) if not hasattr(ours, THEIRS.get(n, n))}

    assert (found, missing) == ({*OTHERWISE}, {*ABSENT})


def test_every_name_is_there_under_the_alias() -> None:
    """Also names of other packages, which code imports from where it happens to find them."""
    homes = ("collections", "contextlib", "dataclasses", "enum", "pydantic", "typing")
    offered = {
        name: [
            public
            for public, value in vars(module).items()
            if public in names_of(module)
            or getattr(value, "__module__", "").partition(".")[0] in homes
        ]
        for name in WITHIN
        for module in [importlib.import_module(name)]
    }

    missing = _under_the_alias(
        """
        for name, offered in given.items():
            module = importlib.import_module(name)
            found += [f"{name}.{n}" for n in offered if not hasattr(module, n)]
        """,
        offered,
    )

    assert [m for m in missing if m.rpartition(".")[2] not in ABSENT] == []


def test_every_submodule_is_there_under_the_alias() -> None:
    """After an import of the package alone, as attributes, without an import of their own."""
    loaded = _run(f"import json, sys, {PEER}; print(json.dumps(sorted(sys.modules)))")
    expected = [name for name in MODULES if name in loaded]

    missing = _under_the_alias(
        """
        for name in given:
            owner = importlib.import_module("fastapi")
            for part in name.split(".")[1:]:
                owner = getattr(owner, part, None)
            if owner is None:
                found.append(name)
        """,
        expected,
    )

    assert "fastapi.security.http" in expected
    assert missing == []


def _under_the_alias(lines: str, given: object) -> list[str]:
    """Run lines that fill the list `found` in a process where ours stands for the peer."""
    before = (
        "import importlib, json, sys, kingpost",
        "kingpost.install_as_fastapi()",
        f"given, found = json.loads({json.dumps(given)!r}), []",
    )
    return _run("\n".join([*before, textwrap.dedent(lines), "print(json.dumps(found))"]))


def _run(program: str) -> list[str]:
    done = subprocess.run(  # noqa: S603 - this interpreter
        [sys.executable, "-W", "ignore", "-c", program], capture_output=True, text=True, check=True
    )
    names: list[str] = json.loads(done.stdout)
    return names
