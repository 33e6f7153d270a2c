"""Runs the program: `npqstats`, and `python -m npqstats`."""

import sys
import traceback


def main() -> None:
    """Run the program; where one of its libraries cannot be imported, end with the status of a bug."""
    try:
        from npqstats.cli import main as run
    except ImportError:
        traceback.print_exc()
        sys.exit(70)  # Not Python's 1, which says that a check found something.
    run()


if __name__ == "__main__":
    main()
