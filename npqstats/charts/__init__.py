"""Answers as charts, on Matplotlib's own axes."""
