"""One module for each script: `main(arguments)` does the work and returns the exit code."""
