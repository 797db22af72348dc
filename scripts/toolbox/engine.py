"""The Docker engine, where one answers: what the composed stacks are tested on."""

import shutil
import subprocess


def answers() -> bool:
    """Say whether an engine answers, and has Compose."""
    if shutil.which("docker") is None:
        return False
    return all(_succeeds(words) for words in (["info"], ["compose", "version"]))


def _succeeds(words: list[str]) -> bool:
    try:
        code = subprocess.run(["docker", *words], capture_output=True, timeout=30, check=False)
    except subprocess.TimeoutExpired:
        return False
    return code.returncode == 0
