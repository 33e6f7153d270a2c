"""Measure npqstats against the plainest programs that do the same, and say where it is too slow.

    python -m bench [help] [idle] [compare] [chart] [report] [ingest] [memory] [--rows N]

Ends with status 1 when a bound is broken, and 2 when a command that it measures fails.
"""

from __future__ import annotations

import argparse
import signal
import sys
from math import isfinite

from rich.console import Console
from rich.table import Table

from bench.checks import CHECKS
from bench.measure import CommandFailedError, Verdict


def main() -> int:
    """Run the checks asked for, print what each found, and give the exit status."""
    parser = argparse.ArgumentParser(prog="python -m bench", description="Time npqstats against yardsticks.")
    parser.add_argument("checks", nargs="*", metavar="CHECK", help=f"any of {', '.join(CHECKS)}; all by default")
    parser.add_argument("--rows", type=int, default=10_000_000, help="rows of the ingest (default: 10 million)")
    asked = parser.parse_args()
    if unknown := [name for name in asked.checks if name not in CHECKS]:
        parser.error(f"no check is called {unknown[0]}; there are {', '.join(CHECKS)}")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # not at once: files are cleaned up
    found: list[Verdict] = []
    failures: list[str] = []
    for name in asked.checks or CHECKS:
        print(f"{name} ...", file=sys.stderr)
        try:
            found.extend(CHECKS[name](asked.rows))
        except CommandFailedError as error:
            failures.append(f"{name}: {error}")
    if found:
        Console(width=None if sys.stdout.isatty() else 160).print(_table(found))
    for failure in failures:
        print(failure, file=sys.stderr)
    return 2 if failures else int(not all(verdict.is_ok for verdict in found))


def _table(found: list[Verdict]) -> Table:
    table = Table("what", "ours", "yardstick", "ratio", "at most", "", "")
    for verdict in found:
        judged = "ok" if verdict.is_ok else "too slow" if " s, " in verdict.ours else "too much"
        ratios = (f"{verdict.ratio:.2f}", f"{verdict.bound:.2f}" if isfinite(verdict.bound) else "told only")
        table.add_row(verdict.what, verdict.ours, verdict.yardstick, *ratios, judged, verdict.remark)
    return table


if __name__ == "__main__":
    sys.exit(main())
