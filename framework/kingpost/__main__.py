"""``python -m kingpost`` is the `kingpost` command."""

from kingpost.cli import main

if __name__ == "__main__":
    main()
