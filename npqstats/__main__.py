"""Lets `python -m npqstats` do what `npqstats` does."""

from npqstats.cli import main

main()
