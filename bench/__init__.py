"""How fast npqstats is, as ratios to the plainest program that does the same: `python -m bench`."""
