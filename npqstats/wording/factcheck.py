"""Check a text: each number in it that could be a claim about NPQs, with a verdict and the reason."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date

from npqstats import __version__
from npqstats.analysis.factcheck.check import findings
from npqstats.analysis.factcheck.judging.surveys import surveys
from npqstats.analysis.factcheck.scanning.dates import day, day_of
from npqstats.analysis.facts import facts
from npqstats.catalogue.catalogue import release
from npqstats.project import Project
from npqstats.vocabulary.periods import day_label
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

    def content(self) -> dict[str, object]:
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
    content = texts[0].content() if len(texts) == 1 else {"texts": [text.content() for text in texts]}
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def factcheck(project: Project, texts: Iterable[tuple[str, str]], as_of: str | date | None = None) -> list[Checked]:
    """Check texts, each with its name, as `npqstats.factcheck` does, in a project that is up to date."""
    asked = as_of if isinstance(as_of, date) else day(as_of) if as_of else None
    cells, answers = facts(project), surveys(project)
    newest = release(cells.newest_release).label
    checked = []
    for name, text in texts:
        when = asked or day_of(text)
        verdicts = tuple(verdict(finding, cells) for finding in findings(text, cells, answers, as_of=when))
        means = f"read as of {day_label(when)}" if when else f"the newest year of the {newest} release"
        years = f"'last year' is {means}"
        checked.append(Checked(text=text, name=name, verdicts=verdicts, years=years, release=cells.newest_release))
    return checked
