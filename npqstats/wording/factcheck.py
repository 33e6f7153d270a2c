"""Check a text: each number in it that could be a claim about NPQs, with a verdict and the reason."""

import csv
import html
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from npqstats import __version__
from npqstats.analysis.factcheck.check import findings
from npqstats.analysis.factcheck.surveys import Survey
from npqstats.analysis.facts import facts
from npqstats.catalogue.catalogue import REPORTED, SURVEY, release
from npqstats.listeners import Say, silent
from npqstats.project import Project
from npqstats.store.build import ready
from npqstats.wording.verdicts import Verdict, summary, verdict


@dataclass(frozen=True, kw_only=True)
class Checked:
    """A text with a verdict for each of its numbers."""

    text: str
    """As read: the offsets of the verdicts are into it."""
    name: str = ""
    """The file that it is from."""
    verdicts: tuple[Verdict, ...] = ()
    years: str = ""
    """What `last year` was taken to mean."""
    release: str = ""
    """The newest release that it was held against."""

    def __iter__(self) -> Iterator[Verdict]:
        """Go through the verdicts."""
        return iter(self.verdicts)

    def __len__(self) -> int:
        """How many numbers have a verdict."""
        return len(self.verdicts)

    def needs_work(self, *, strict: bool = False) -> bool:
        """Whether anything is wrong, mislabelled, superseded or misleading; where strict, unknown as well."""
        return any(one.needs_work or (strict and one.verdict == "unknown") for one in self.verdicts)

    @property
    def summary(self) -> str:
        """The verdicts, counted."""
        return summary(self.verdicts)

    def __str__(self) -> str:
        """Print the summary and a line for each number."""
        lines = [f"{one.quote}: {one.verdict}. {one.because}" for one in self.verdicts]
        return "\n".join([self.summary, *lines])

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><td>{html.escape(one.quote)}</td><td>{one.verdict}</td><td>{html.escape(one.because)}</td></tr>"
            for one in self.verdicts
        )
        return f"<table><caption>{html.escape(self.summary)}</caption>{rows}</table>"

    def document(self) -> dict[str, object]:
        """Return what the JSON has: `quantities`, and what they were held against."""
        return {
            "file": self.name or None,
            "release": self.release,
            "years": self.years,
            "summary": self.summary,
            "quantities": [asdict(one) | {"origins": list(one.origins)} for one in self.verdicts],
            "made_by": f"npqstats {__version__}",
        }


def document(texts: Sequence[Checked]) -> str:
    """Write checked texts as JSON: an object with `quantities`; for several texts one with `texts` of such objects."""
    content = texts[0].document() if len(texts) == 1 else {"texts": [text.document() for text in texts]}
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def factcheck(
    text: str,
    *,
    as_of: str | date | None = None,
    name: str = "",
    project: Project | Path | str | None = None,
    say: Say = silent,
) -> Checked:
    """Return a verdict for each number in a text that could be a claim about NPQs.

    Args:
        text: The text itself, not the name of a file.
        as_of: The day of the text, such as 2025-07-11, by which `last year` is read; None: the date at its head, else
            the newest release.
        name: What to call the text.
        project: Where the data are; none: found as `npqstats.project.locate` does.
        say: Told what was built.

    Returns:
        The text with its verdicts, in order; no verdict for what is no claim: dates, money, ages, references.

    Raises:
        UsageError: The day is none.
    """
    from npqstats.analysis.factcheck.dates import day, day_of

    found = ready(project, say=say)
    when = as_of if isinstance(as_of, date) else day(as_of) if as_of else day_of(text)
    cells = facts(found)
    verdicts = [verdict(finding, cells) for finding in findings(text, cells, surveys(found), as_of=when)]
    newest = release(cells.newest_release).label
    years = (
        f"'last year' is read as of {when:%-d %B %Y}"
        if when
        else f"'last year' is the newest year of the {newest} release"
    )
    return Checked(text=text, name=name, verdicts=tuple(verdicts), years=years, release=cells.newest_release)


def surveys(project: Project) -> list[Survey]:
    """Read the survey answers beside the reported figures; they are never mixed with the cells."""
    path = project.raw / REPORTED / f"{SURVEY}.csv"
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return [
        Survey(
            row["asked"],
            row["population"],
            row["answer"],
            row["value"],
            row["publisher"],
            row["title"],
            row["published"],
            n,
        )
        for n, row in enumerate(rows, 2)
    ]
