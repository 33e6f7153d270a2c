"""The yardstick of `compare`: the libraries, the same Parquet, a filter and one Rich table.

python -m bench.bare PROJECT
"""

import sys
from pathlib import Path

import polars as pl
import typer
from rich.console import Console
from rich.table import Table

app = typer.Typer()


@app.command()
def compare(project: Path) -> None:
    """Print the national starts of 2023/24 and 2024/25."""
    stored = project / "data" / "processed" / "observations" / "**" / "*.parquet"
    rows = (
        pl.scan_parquet(stored, hive_partitioning=True)
        .filter(
            pl.col("time_period").is_in([202324, 202425]),
            pl.col("geographic_level") == "National",
            pl.col("funding") == "all",
            pl.col("breakdown") == "overall",
            pl.col("measure") == "starts",
        )
        .select("release", "dataset", "time_period", "value")
        .collect()
    )
    if rows.is_empty():
        sys.exit("bench.bare: no national starts of the two years in the Parquet: have its columns changed?")
    table = Table(*rows.columns)
    for row in rows.iter_rows():
        table.add_row(*map(str, row))
    Console().print(table)


if __name__ == "__main__":
    app()
