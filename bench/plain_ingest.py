"""The yardstick of ingest: Polars from each CSV to Parquet as text, with nothing read into it.

python -m bench.plain_ingest RAW FOLDER
"""

import sys
from pathlib import Path

import polars as pl

if __name__ == "__main__":
    raw, folder = map(Path, sys.argv[1:])
    folder.mkdir(exist_ok=True)
    for file in sorted(raw.rglob("*.csv")):
        pl.read_csv(file, infer_schema=False).write_parquet(folder / f"{file.stem}.parquet")
