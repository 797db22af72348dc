"""The command under its other name."""

from .conftest import Run


def test_runs_ours(run: Run) -> None:
    """The console script of the other name does what ours does."""
    output = run(
        """
        import sys
        from kingpost import install_as_fastapi
        install_as_fastapi()
        import fastapi.cli
        sys.argv = ["fastapi", "--help"]
        try:
            fastapi.cli.main()
        except SystemExit as exc:
            print("ended", exc.code)
        """
    )

    assert "routes" in output
    assert output.endswith("ended 0")


def test_says_what_is_missing(run: Run) -> None:
    """Whoever takes the command away is told how to get it."""
    output = run(
        """
        from kingpost import install_as_fastapi
        install_as_fastapi()
        import fastapi.cli
        fastapi.cli.cli_main = None
        try:
            fastapi.cli.main()
        except RuntimeError as exc:
            print("To use the fastapi command, please install" in str(exc))
        """
    )

    assert output.endswith("True")
