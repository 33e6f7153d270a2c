"""The yardstick of ingest: Polars from CSV to Parquet as text, with nothing read into it.

python -m bench.plain_ingest CSV PARQUET
"""

import sys

import polars as pl

if __name__ == "__main__":
    pl.scan_csv(sys.argv[1], infer_schema=False).sink_parquet(sys.argv[2])
