"""A number in a text, with the figures that its sentence may mean by it."""

from functools import cached_property

from npqstats.analysis.factcheck.judging.asks import asks
from npqstats.analysis.factcheck.judging.derived import Ask, answer, fits
from npqstats.analysis.factcheck.judging.findings import Finding, Known
from npqstats.analysis.factcheck.judging.slips import Slips
from npqstats.analysis.factcheck.reading.said import Said
from npqstats.analysis.factcheck.scanning.quantity import Quantity
from npqstats.analysis.facts import Value
from npqstats.catalogue.catalogue import NO_RELEASE
from npqstats.vocabulary.measures import MEASURES


class Case:
    """What is to be judged, for the rules that do."""

    def __init__(self, slips: Slips, q: Quantity, said: Said, *, is_whole: bool) -> None:
        """Take a number, what is said of it, and whether another number is said to be a part of it."""
        self.slips, self.facts, self.q, self.said, self.is_whole = slips, slips.facts, q, said, is_whole
        self.blank = Finding(quantity=q, said=said)

    @cached_property
    def meant(self) -> list[Ask]:
        """The figures that the sentence may mean."""
        return asks(self.said, self.q, self.facts, self.is_whole)

    @cached_property
    def answers(self) -> list[tuple[Ask, Value | None]]:
        """Each of them, with its value where there is one."""
        return [(ask, answer(self.facts, ask)) for ask in self.meant]

    @cached_property
    def known(self) -> list[Known]:
        """Those that have a value."""
        return [(ask, value) for ask, value in self.answers if value is not None]

    @cached_property
    def fitting(self) -> list[Known]:
        """Those that the number is."""
        return [known for known in self.known if self.fits(*known)]

    def of(self, known: Known) -> "Case":
        """Return the case as if the sentence meant a figure and no other."""
        other = Case(self.slips, self.q, self.said, is_whole=self.is_whole)
        other.meant, other.answers = [known[0]], [known]
        return other

    @property
    def own(self) -> tuple[Ask | None, Value | None]:
        """The first of them, with its value where one is known."""
        return next(iter(self.known), (next(iter(self.meant), None), None))

    def fits(self, ask: Ask, value: Value | None) -> bool:
        """Whether a figure is the number."""
        return value is not None and fits(self.q, ask, value, self.said)

    def notes(self, ask: Ask, value: Value) -> tuple[str, ...]:
        """List the codes of what a reader should know of a figure."""
        series, measure = ask.series, MEASURES[ask.series.measure]
        sizes = {f"{abs(size):.1f}" for size in (value.value, *value.also)} if value.also else set()
        releases = {fact.release for fact in value.facts}
        notes = {
            "cohort": measure.has_unfinished and ask.kind in ("value", "points", "pct", "change"),
            "still-running": measure.has_unfinished
            and ask.kind in ("sum", "pooled")
            and any(self.facts.was_unfinished(year, value) for year in ask.years),
            "rounded-subtraction": ask.kind == "points" and len(sizes) > 1,
            "census": series.measure == "workforce-share" and series.basis == "in-year",
            "older-release": not releases <= {self.facts.newest_release, NO_RELEASE},
            "official-text": any(fact.evidence == "official-text" for fact in value.facts),
        }
        return tuple(note for note, is_so in notes.items() if is_so)
