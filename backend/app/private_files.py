"""Files that their owner alone may read."""

import os
import secrets
from pathlib import Path


def _link(draft: Path, path: Path) -> None:
    """Give *draft* the name *path* if it is free: of two processes one wins."""
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    except OSError:
        # A file system without hard links, as a shared folder of a virtual machine.
        draft.replace(path)


def write_private(path: Path, content: str, *, keep: bool = False) -> None:
    """Write *content* to *path* with mode 0600, all of it or nothing.

    Args:
        path: The file; its folder is made when it is missing.
        content: What to write.
        keep: Leave a file alone that is there already, also one that another process wrote
            a moment ago.
    """
    if keep and path.exists():
        return
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(content)
        if not keep:
            draft.replace(path)
        else:
            _link(draft, path)
    finally:
        draft.unlink(missing_ok=True)
