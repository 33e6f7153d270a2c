"""Numbers that are what another phrase of their sentence says: no alarm for a reading that chose between two."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from npqstats.analysis.factcheck.derived import Ask, answer, fits
from npqstats.analysis.factcheck.findings import Finding
from npqstats.analysis.factcheck.named_years import year_of
from npqstats.analysis.factcheck.slips import Slip, variations
from npqstats.analysis.factcheck.statement import Statement
from npqstats.analysis.facts import Facts
from npqstats.catalogue.observations import OVERALL


class Named:
    """What a sentence names besides what was read of a number: years, who paid, areas and groups."""

    def __init__(self, statement: Statement) -> None:
        """Take a sentence."""
        said, carried = statement.all, statement.carried
        years = [year_of(statement, m) for m in statement.of("academic", "year")]
        self.years = {year for year in years if year is not None} | {*carried.years}
        self.values = {m.value for m in said}

    def has(self, ask: Ask, parts: Sequence[str]) -> bool:
        """Whether it names the parts of a figure."""
        series = ask.series
        group = series.group.upper() if series.breakdown == "course" else f"{series.breakdown}={series.group}"
        area = series.location if series.level in ("Regional", "National") else f"{series.level}={series.location}"
        is_named = {
            "year": {*ask.years} <= self.years,
            "funding": series.funding in self.values,
            "area": area in self.values,
            "group": series.breakdown != OVERALL and group in self.values,
        }
        return bool(parts) and all(is_named.get(part, False) for part in parts)


def unless_named(judged: Sequence[Finding], statement: Statement, facts: Facts) -> list[Finding]:
    """Leave open an alarm where the sentence names what the number is, and says it of no other number."""
    named = Named(statement)
    read = {finding.ask for finding in judged}
    out = []
    for finding in judged:
        slips = (slip for slip in _meant_instead(finding, facts) if slip[0] not in read and named.has(slip[0], slip[2]))
        slip = next(slips, None)
        out.append(finding if slip is None else _left_open(finding, slip))
    return out


def _left_open(finding: Finding, slip: Slip) -> Finding:
    ask, value, parts = slip
    return replace(finding, verdict="unknown", reason="unclear", other_ask=ask, other=value, parts=parts)


def _meant_instead(finding: Finding, facts: Facts) -> Iterator[Slip]:
    """List what a number that raises an alarm may be instead."""
    if finding.reason == "something-else" and finding.other_ask and finding.other:
        yield finding.other_ask, finding.other, finding.parts
    elif finding.reason == "other-figure" and finding.ask:
        for ask, part in variations(finding.ask, facts):
            value = answer(facts, ask)
            if value is not None and fits(finding.quantity, ask, value, finding.said):
                yield ask, value, (part,)
