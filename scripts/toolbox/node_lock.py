"""The front end's lock: written by npm, then made to hold on every machine."""

import json
import re
from typing import Any

from toolbox import node
from toolbox.errors import Stop
from toolbox.paths import FRONTEND
from toolbox.processes import Processes

LOCK = FRONTEND / "package-lock.json"
SYSTEMS = {
    "aix",
    "android",
    "darwin",
    "freebsd",
    "linux",
    "netbsd",
    "openharmony",
    "sunos",
    "win32",
}
PROCESSORS = {"arm", "arm64", "ia32", "loong64", "ppc64", "riscv64", "s390x", "wasm32", "x64"}


def write(processes: Processes) -> None:
    """Write package-lock.json from package.json. Raises `Stop` when npm cannot."""
    words = ["install", "--package-lock-only", "--ignore-scripts", "--loglevel=error"]
    # With its registry's addresses npm also records what it knows of other systems' builds;
    # they are taken out below, because which registry is used is a setting of the machine.
    words += ["--omit-lockfile-registry-resolved=false", "--no-audit", "--no-fund"]
    words += ["--no-update-notifier"]
    if processes.run([*node.npm(), *words], cwd=FRONTEND, env=node.settings()) != 0:
        raise Stop("frontend/package-lock.json could not be written: npm's reason is above.")
    lock = json.loads(LOCK.read_text("utf-8"))
    lock["packages"] = portable(lock["packages"])
    LOCK.write_text(json.dumps(lock, indent=2, ensure_ascii=False) + "\n", "utf-8", newline="\n")


def portable(packages: dict[str, Any]) -> dict[str, Any]:
    """Return the lock's packages without registry addresses and with every optional build.

    A registry that lacks the builds for other systems, as a mirror may, makes npm leave them out,
    and `npm ci` then refuses the lock. Their names and versions are known, so they are entered;
    they have no hash, and are fetched only on the systems that they are for.
    """
    complete = {path: dict(package) for path, package in packages.items()}
    for package in complete.values():
        if not package.get("link"):
            package.pop("resolved", None)
    for package in packages.values():
        for name, version in package.get("optionalDependencies", {}).items():
            if not any(path.endswith(f"node_modules/{name}") for path in complete):
                complete[f"node_modules/{name}"] = _build(name, version, dev=package.get("dev"))
    return dict(sorted(complete.items()))


def _build(name: str, version: str, *, dev: bool | None) -> dict[str, Any]:
    """Return the entry of a build for one system, which its name tells: `x-darwin-arm64`."""
    words = re.split(r"[-/]", name)
    systems = [word for word in words if word in SYSTEMS]
    processors = [word for word in words if word in PROCESSORS]
    if not (systems or processors):
        raise Stop(
            f"npm left the optional package {name} out of the lock, and its name does not tell for "
            "which system it is: lock again with a registry that has it."
        )
    # npm's own order, so that its next run changes nothing.
    entry = {"version": version, "cpu": processors, "dev": dev, "optional": True, "os": systems}
    return {key: value for key, value in entry.items() if value}
