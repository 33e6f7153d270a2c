"""Observations as Parquet on disk, what they were built from, and how a new build takes the old one's place."""
