"""Put the front end's assets where the proxy serves them: ``publish.py BUILT PUBLISHED``.

Their names hold a hash of their content, and those of older releases stay for a month: a page that
was opened before a deployment still finds the parts that it loads later.
"""

import shutil
import sys
import time
from pathlib import Path

KEPT_SECONDS = 30 * 24 * 3600


def publish(built: Path, published: Path) -> None:
    """Copy what is new, mark what is in use, remove what no release of the last month used.

    Each file appears whole: the proxy never sends half of one.
    """
    for source in sorted(file for file in built.rglob("*") if file.is_file()):
        target = published / source.relative_to(built)
        if target.exists():
            target.touch()
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        draft = target.with_name(f".{target.name}.draft")
        shutil.copyfile(source, draft)
        draft.replace(target)
    oldest = time.time() - KEPT_SECONDS
    for file in [file for file in published.rglob("*") if file.is_file()]:
        if file.stat().st_mtime < oldest:
            file.unlink()


if __name__ == "__main__":
    publish(Path(sys.argv[1]), Path(sys.argv[2]))
