"""What the cells say of a number in a text: a verdict with the code of its reason."""

from dataclasses import dataclass, replace

from npqstats.analysis.factcheck.judging.derived import Ask, Beside
from npqstats.analysis.factcheck.judging.slips import Slip
from npqstats.analysis.factcheck.judging.surveys import Answered
from npqstats.analysis.factcheck.reading.said import Said
from npqstats.analysis.factcheck.scanning.quantity import Quantity
from npqstats.analysis.factcheck.scanning.ranking_phrases import Phrase
from npqstats.analysis.facts import Value

Known = tuple[Ask, Value]
"""A figure that a sentence may mean, and its value."""
_REASONS = {
    "right": "fits target",
    "reported": "old-suite survey",
    "mislabelled": "something-else unsaid-measure places academic-year year-of-start summed-courses"
    " stated-points stated-per-cent survey-other survey-people",
    "superseded": "revised outgrown",
    "misleading": "unfinished small-base not-dropout summed-people unlike",
    "wrong": "survey-wrong other-figure direction stated-direction stated-order arithmetic",
}
_VERDICTS = {reason: verdict for verdict, reasons in _REASONS.items() for reason in reasons.split()}
"""The verdict of each reason; of all others it is `unknown`."""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What the cells say of one number."""

    quantity: Quantity
    said: Said
    verdict: str = "unknown"
    reason: str = "no-row"
    """A code that `wording.verdicts` puts into a sentence."""
    ask: Ask | None = None
    """What the sentence speaks of."""
    value: Value | None = None
    """The figure of it."""
    other_ask: Ask | None = None
    """What the number is, where that is something else."""
    other: Value | None = None
    parts: tuple[str, ...] = ()
    """Which parts differ: measure, funding, year, basis, area, group, unit."""
    notes: tuple[str, ...] = ()
    """Codes of what a reader should know besides."""
    stated: tuple[float, ...] = ()
    """Numbers of the sentence itself that do not go together."""
    phrase: Phrase | None = None
    """What sets the figure among others, for a claim in words; its `quantity` is these words."""
    beside: tuple[Beside, ...] = ()
    """The figures that it is ranked among."""
    against: Beside | None = None
    """The one that decides."""
    answered: Answered | None = None
    """The answers in a survey that it is held against."""

    def ruled(
        self,
        reason: str,
        own: tuple[Ask | None, Value | None] = (None, None),
        named: Slip | None = None,
        notes: tuple[str, ...] = (),
    ) -> "Finding":
        """Return the finding with a reason and its verdict.

        Args:
            reason: The code; what is right is `reported` where the figure is.
            own: What the sentence speaks of, and its figure.
            named: What the number is, where that is something else, and in which parts.
            notes: Codes of what a reader should know besides.
        """
        verdict = _VERDICTS.get(reason, "unknown")
        if verdict == "right" and own[1] is not None and own[1].is_reported:
            verdict = "reported"
        ask, value, parts = named or (None, None, ())
        return replace(
            self,
            verdict=verdict,
            reason=reason,
            ask=own[0],
            value=own[1],
            other_ask=ask,
            other=value,
            parts=parts,
            notes=notes,
        )

    def unread(self, own: Known, words: tuple[str, ...]) -> "Finding":
        """Leave open a number that is a figure of which the sentence says more than it can confirm."""
        return replace(self, said=self.said._replace(unread=words)).ruled("unread", own)
