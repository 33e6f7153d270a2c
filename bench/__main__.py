"""Measure npqstats against the plainest programs that do the same, and say where it is too slow.

    python -m bench [WORD ...]

A word picks the checks that have it in their names; without one, all run but `each` and `memory`, which take minutes.
Ends with status 1 when a bound is broken or there is no such check, and 2 when a command that it measures fails.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.measure import ROOT, Command, CommandFailedError, Result, Run, race, run

TINY: Command = ("-m", "bench.two_commands", "--help")
GIBIBYTE = 2**30
LONG = {"each", "memory"}
SENTENCE = "NPQ starts fell from 43,840 in 2023/24 to 29,818 in 2024/25, a drop of 32.0%, while non-funded ones rose.\n"


class Bench:
    """Two projects to measure on, in a folder that goes afterwards: the rows here, and a MADE-UP full-size release."""

    def __init__(self, folder: Path) -> None:
        """Make the projects and build them."""
        self.here, self.full, self.folder = folder / "here", folder / "full", folder
        shutil.copytree(ROOT / "data" / "raw", self.here / "data" / "raw")
        run(("-m", "tests.made_up", self.full / "data" / "raw" / "2024-25"))
        (folder / "text.txt").write_text(SENTENCE * 52, "utf-8")  # 1,000 words
        for project in (self.here, self.full):
            run(_npqstats(project, "build"))

    def help(self) -> list[Result]:
        """Time the help page."""
        return [race("npqstats --help / two commands' --help", ("-m", "npqstats", "--help"), TINY, 1.2)]

    def idle(self) -> list[Result]:
        """Time a build and a report that have nothing to do."""
        run(_npqstats(self.here, "report"))
        return [
            race(f"{what}, nothing changed / two commands' --help", _npqstats(self.here, what), TINY, 1.0)
            for what in ("build", "report")
        ]

    def compare(self) -> list[Result]:
        """Time a comparison of two years."""
        bare = ("-m", "bench.bare", self.full)
        return [race("compare, full size / bare script", self._compare(), bare, 1.2)]

    def chart(self) -> list[Result]:
        """Time a chart with its files."""
        ours = _npqstats(self.full, "chart", "trend", "--out", self.folder / "ours")
        bare = ("-m", "bench.one_line", self.full, self.folder / "bare")
        return [race("chart, full size / bare script", ours, bare, 1.3)]

    def report(self) -> list[Result]:
        """Time a report of England."""
        chart = _npqstats(self.here, "chart", "trend", "--out", self.folder / "ours")
        return [
            race(
                "report, the rows here / one chart",
                _npqstats(self.here, "report"),
                chart,
                6,
                runs=2,
                before_each=lambda: shutil.rmtree(self.here / "reports", ignore_errors=True),
            )
        ]

    def each(self) -> list[Result]:
        """Time the reports of all authorities, once."""
        one = run(_npqstats(self.full, "report", "--area", "Made-up Borough 020"))
        every = run(_npqstats(self.full, "report", "--each", "local-authority"))
        return [_once("report --each local-authority / one area's", every, one, 40)]

    def factcheck(self) -> list[Result]:
        """Time the check of a text of 1,000 words: one sentence many times, and a MADE-UP article."""
        texts = {"a sentence 52 times": self.folder / "text.txt", "an article": ROOT / "bench" / "article.txt"}
        return [
            race(f"factcheck of 1,000 words, {what} / compare", self._npqstats("factcheck", path), self._compare(), 1.5)
            for what, path in texts.items()
        ]

    def find(self) -> list[Result]:
        """Time the search of a number that is nowhere, and of one that is in many figures."""
        return [
            race(f"find {number} / compare", self._npqstats("find", number), self._compare(), 1.5)
            for number in ("41,274", "32%")
        ]

    def build(self) -> list[Result]:
        """Time the build of a full-size release."""
        raw, processed = self.full / "data" / "raw", self.full / "data" / "processed"
        bare = ("-m", "bench.plain_ingest", raw, self.folder / "plain")
        ours = _npqstats(self.full, "build")
        return [
            race(
                "build of 3,396 rows / bare Polars",
                ours,
                bare,
                2,
                before_each=lambda: shutil.rmtree(processed, ignore_errors=True),
            )
        ]

    def memory(self) -> list[Result]:
        """Weigh the build of 1 and of 4 million rows."""
        few, many = (self._weighed(copies) for copies in (377, 4 * 377))
        size = f"{few.peak / 2**20:,.0f} MiB"
        return [
            Result(
                "memory of 4 M rows / of 1 M rows", f"{many.peak / 2**20:,.0f} MiB", size, many.peak / few.peak, 1.25
            ),
            Result("memory of 4 M rows / 1 GiB", f"{many.peak / 2**20:,.0f} MiB", "1,024 MiB", many.peak / GIBIBYTE, 1),
        ]

    def _weighed(self, copies: int) -> Run:
        """Build a participants file that is the full-size one so many times, each time under other groups."""
        project = self.folder / f"copies-{copies}"
        header, *rows = (
            (self.full / "data/raw/2024-25/npq_participants.csv").read_text("utf-8").splitlines(keepends=True)
        )
        (project / "data" / "raw" / "2024-25").mkdir(parents=True)
        with (project / "data" / "raw" / "2024-25" / "npq_participants.csv").open("w", encoding="utf-8") as file:
            file.write(header)
            for copy in range(copies):
                for row in rows:
                    cells = row.split(",")
                    cells[11:13] = ["Made-up breakdown", f"{cells[11]} {cells[12]} {copy}"]
                    file.write(",".join(cells))
        try:
            return run(_npqstats(project, "build"))
        finally:
            shutil.rmtree(project)

    def _npqstats(self, *words: str | Path) -> Command:
        return _npqstats(self.full, *words)

    def _compare(self) -> Command:
        return self._npqstats("compare", "2023-24", "2024-25")


def _npqstats(project: Path, *words: str | Path) -> Command:
    return ("-m", "npqstats", "--project", project, *words)


def _once(what: str, ours: Run, yardstick: Run, bound: float) -> Result:
    return Result(what, str(ours), str(yardstick), ours.seconds / yardstick.seconds, bound)


def main(words: list[str]) -> int:
    """Run the checks asked for, print what each found, and return the exit status."""
    table = Table("ours / yardstick", "ours", "yardstick", "ratio", "at most", "")
    statuses, failures = {0}, []
    with tempfile.TemporaryDirectory(prefix="npqstats-bench-") as folder:
        bench = Bench(Path(folder))
        checks: list[Callable[[], list[Result]]] = [
            *(bench.help, bench.idle, bench.compare, bench.chart, bench.report, bench.each),
            *(bench.factcheck, bench.find, bench.build, bench.memory),
        ]
        names = [check.__name__ for check in checks]
        if unknown := [word for word in words if not any(word in name for name in names)]:
            sys.exit(f"There is no check {unknown[0]!r}; the checks are {', '.join(names)}.")
        for check in checks:
            name = check.__name__
            if not any(word in name for word in words) if words else name in LONG:
                continue
            print(f"{check.__name__} ...", file=sys.stderr)
            try:
                for found in check():
                    verdict = "ok" if found.is_ok else "too much"
                    table.add_row(
                        found.what, found.ours, found.yardstick, f"{found.ratio:.2f}", f"{found.bound:g}", verdict
                    )
                    statuses.add(int(not found.is_ok))
            except CommandFailedError as error:
                failures.append(f"{check.__name__}: {error}")
                statuses.add(2)
    Console(width=None if sys.stdout.isatty() else 140).print(table)
    print(*failures, sep="\n", file=sys.stderr)
    return max(statuses)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
