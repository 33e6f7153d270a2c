"""Observations as Parquet on disk, what they were built from, and how a new build replaces the old one."""
