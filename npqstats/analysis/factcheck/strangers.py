"""Phrases of a sentence that have no part in what was read of its numbers: then more is said than was read."""

from collections.abc import Callable, Sequence

from npqstats.analysis.factcheck.quantities import Quantity
from npqstats.analysis.factcheck.roles import Roles
from npqstats.analysis.factcheck.said import Said
from npqstats.analysis.factcheck.subjects import Subjects
from npqstats.analysis.factcheck.years import Years
from npqstats.vocabulary.areas import ENGLAND
from npqstats.vocabulary.claims import Mention
from npqstats.vocabulary.funding import SERIES_BEGAN

_OUTCOMES = ("complete", "pass", "fail", "dropout", "register", "offer", "target")
_COMPARED_WITH = (" than ", " from ", " on ", " since ", " against ", " compared ")
_BEFORE_TARGET = (" against the ", " with the ", " than the ", " , a ", " ( ")
_SINCE_REFORM = ("workforce-share", "schools-share", "workforce-participants")
"""Measures that are published since the reform, so that a change of them may be one of that."""
_SO_FAR = ("so far", "to date", "ever")
_AT_SCHOOL = (" in ", " at ", " in a ", " in state ", " in a state ")


class Strangers(Roles, Subjects, Years):
    """Finds the phrases that have no part in what was read."""

    def strangers(self, out: Sequence[tuple[Quantity, Said]]) -> list[Mention]:
        """List the phrases of the sentence that have no part in what was read of any of its numbers."""
        return [m for m in self.all if not any(self._has_part(m, q, said) for q, said in out)]

    def beside(self, said: Said, strangers: Sequence[Mention]) -> tuple[str, ...]:
        """List what is said of a number outside its clause: that it was completed, or how it compares."""
        last = max(q.end for q in self.inside)
        later = [m for m in strangers if m.start >= last]
        found = [m for m in strangers if m.value in ("complete", "pass", "dropout")]
        targets = [(m, self.tokens(self.start, m.start)) for m in strangers if m.value == "target"]
        found += [m for m, left in targets if left.endswith(" ( ") or (m in later and left.endswith(_BEFORE_TARGET))]
        if said.role in ("level", "share"):
            moves = [m for m in later if m.kind == "direction"]
            found += [m for m in moves if self.tokens(m.end, m.end + 12).startswith(_COMPARED_WITH)]
        return tuple(m.text for m in found)

    def _has_part(self, m: Mention, q: Quantity, said: Said) -> bool:
        rule = _RULES.get(m.kind)
        return rule is None or rule(self, m, q, said)

    def _has_year(self, m: Mention, q: Quantity, said: Said) -> bool:
        year = self._resolved(m, q)
        is_between = bool(said.years) and year is not None and said.years[0] <= year <= said.years[-1]
        return year is None or is_between or self._is_base(m) or said.role in ("change", "factor")

    def _has_group(self, m: Mention, _: Quantity, said: Said) -> bool:
        return m.value in ("age", said.group) or self._is_no_limit(m)

    def _has_area(self, m: Mention, _: Quantity, said: Said) -> bool:
        return m.value in (ENGLAND[0], said.area)

    def _has_course(self, m: Mention, _: Quantity, said: Said) -> bool:
        return m.value in (said.course, *said.without)

    def _has_funding(self, m: Mention, _: Quantity, said: Said) -> bool:
        return m.value in ("all", said.funding)

    def _has_basis(self, m: Mention, _: Quantity, said: Said) -> bool:
        if m.value != "cumulative" or m.text.lower() in _SO_FAR:
            return True
        if len(said.years) > 1 and said.years[0] == SERIES_BEGAN:
            return True
        if said.role in ("change", "factor"):
            return said.measure in _SINCE_REFORM or bool({said.counted, said.whole} & {"workforce", "schools"})
        return said.basis == "cumulative" or said.is_sum or said.is_perfect

    def _has_direction(self, m: Mention, _: Quantity, said: Said) -> bool:
        is_moved = bool(said.direction or said.end) and m.value != "flat"
        return is_moved or said.role in ("change", "factor")

    def _has_noun(self, m: Mention, _: Quantity, said: Said) -> bool:
        """Whether schools are counted, where they are named as a place: `NPQs were started in schools`."""
        is_place = m.value == "schools" and self.tokens(self.start, m.start).endswith(_AT_SCHOOL)
        return not is_place or "schools" in (said.counted, said.whole) or said.measure.startswith("schools")

    def _has_event(self, m: Mention, _: Quantity, said: Said) -> bool:
        is_hedge = any(self.lead_start(q) <= m.start < q.start for q in self.inside)  # `passed 40,000`
        if is_hedge or m.value not in _OUTCOMES or said.event in ("survey", "opinion"):
            return True
        is_rate = said.measure in ("completion-rate", "pass-rate") or said.whole == "completions"
        is_told = said.is_rest or said.is_of_year or said.role == "target"
        return is_told or m.value == said.event or (is_rate and m.value in ("complete", "pass"))


_RULES: dict[str, Callable[[Strangers, Mention, Quantity, Said], bool]] = {
    "academic": Strangers._has_year,
    "year": Strangers._has_year,
    "group": Strangers._has_group,
    "area": Strangers._has_area,
    "course": Strangers._has_course,
    "funding": Strangers._has_funding,
    "basis": Strangers._has_basis,
    "direction": Strangers._has_direction,
    "counted": Strangers._has_noun,
    "event": Strangers._has_event,
}
"""When a phrase of a kind has a part in what was read of a number; phrases of other kinds always have."""
