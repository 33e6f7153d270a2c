"""The yardstick of `chart`: Polars reads the same Parquet, Matplotlib draws one line to the same files.

python -m bench.one_line PROJECT FOLDER
"""

import sys
from pathlib import Path

import matplotlib as mpl
import polars as pl
from matplotlib.figure import Figure


def main(project: Path, folder: Path) -> None:
    """Draw the national starts of every year."""
    rows = (
        pl.scan_parquet(project / "data" / "processed" / "observations" / "**" / "*.parquet", hive_partitioning=True)
        .filter(
            pl.col("geographic_level") == "National",
            pl.col("funding") == "all",
            pl.col("breakdown") == "overall",
            pl.col("dataset") == "npq-participants",
            pl.col("measure") == "starts",
        )
        .select("time_period", "value")
        .sort("time_period")
        .collect()
    )
    folder.mkdir(exist_ok=True)
    mpl.rcParams["svg.fonttype"] = "none"
    figure = Figure(figsize=(8, 5), dpi=150)
    axes = figure.subplots()
    axes.plot([str(year) for year in rows["time_period"]], rows["value"].to_list())
    axes.set_title("Starts")
    for suffix in FILES:
        figure.savefig(folder / f"starts{suffix}")
    (folder / "starts.alt.txt").write_text("Starts\n", "utf-8")
    rows.write_csv(folder / "starts.csv")


FILES = (".svg", ".png")
"""The pictures that `npqstats chart` writes."""

if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
