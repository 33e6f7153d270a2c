"""Remarks beside a true figure change nothing; what is said of the figure itself does."""

from __future__ import annotations

import pytest

from npqstats.analysis.factcheck.check import findings
from npqstats.analysis.facts import Facts, facts
from npqstats.project import Project

TRUE = {
    "29,818 NPQs were started in 2024/25": 1,
    "29,526 people started an NPQ in 2024/25": 1,
    "teachers and leaders started 43,840 NPQs in 2023/24, up from 38,906 the year before": 2,
    "84.6% of courses begun in 2021/22 have been completed": 1,
    "NPQ starts fell from 43,840 to 29,818 in a single year, 2024/25": 2,
}
"""Sentences that the published rows bear out, and how many figures each has."""
BEFORE = (
    "To the dismay of many in the profession,",
    "Under the new funding rules,",
    "Perhaps unsurprisingly,",
    "As headteachers had feared,",
    "Up and down the land,",
    "By way of background,",
    "For anyone keeping score,",
    "Against a backdrop of squeezed school budgets,",
    "Our own analysis of the DfE's spreadsheet suggests that",
    "What worries union leaders most is that",
    "The trust's chief executive, addressing trustees, observed that",
    "It is a matter of public record that",
    "In the interests of transparency,",
    "Turning now to the training item on the agenda,",
    "Long story short,",
    "In the measured words of the statistical release,",
    "Strange as it may sound,",
    "Excuse the capital letters, everybody:",
    "If I may trouble the House with a fact,",
    "To set the scene,",
)
AFTER = (
    ", in spite of the best efforts of providers",
    ", to the surprise of nobody",
    ", after the Treasury withdrew its backing",
    ", in what one head called a body blow",
    ", a point not lost on the opposition",
    ", something the sector has been chewing over ever since",
    ", although the reasons are disputed",
    ", if you please",
    " (the workings are in the annex)",
    " – a point not lost on the opposition benches",
    " (hat tip to an eagle-eyed subscriber)",
    " and there was cake to mark the occasion",
    ", hence the spring in the training manager's step",
    ", and that matters for schools",
    ", bless their cotton socks",
    ", quite properly in my view",
    ", for those keeping score at home",
    " (pass it on)",
    ", as the commentary team might put it",
)
OTHER_BEFORE = (
    "Nobody can show that",
    "If you leave out SENCOs,",
    "Turning to London,",
    "Turning to maths,",
    "To put a figure on women,",
    "For anyone in a special school,",
    "Given the SENCO course alone,",
    "If you look at London and Kent together,",
    "In London, where we work, it is clear that",
    "Restrict the sample to self-funders and one finds that",
    "Speaking solely of the coastal towns,",
    "My hunch, and it is no more than that, is that",
    "We have yet to see a shred of evidence that",
    "Critics dispute the claim that",
    "Extrapolating from a small survey, the union estimates that",
    "Target for the year:",
    "Between them, providers report that",
    "It was the stated ambition of the last government that",
    "Treasury modelling ahead of the review suggested that",
    "I cannot accept the assertion that",
    "Nowhere do the official tables say that",
    "At odds with the published series, the union insists that",
)
OTHER_AFTER = (
    ", after the SENCO course was stripped out",
    ", once courses without funding are taken away",
    ", although that is for London alone",
    ", though only in primary schools",
    ", although none of them in London",
    ", though for part-time staff",
    ", once adjusted for deprivation",
    ", after correction",
    ", a figure that covers secondary schools",
    ", a figure for the early career framework",
    ", although these are applications",
    ", although ministers dispute that",
    ", though nobody believes it",
    ", so the plan goes",
    ", despite being a projection",
    " – all of them women",
    " – and that is in maths alone",
    " (see women)",
    ", but only where the school sits in an education investment area",
    ", setting aside those who deferred",
    ", so long as you don't count faith schools",
    ", adding in trainees on initial teacher training",
    ", holding pupil intake constant",
    ", which I very much doubt",
    ", which turned out to be a typing error",
    ", or at any rate that was the forecast",
    " – a figure the Department has since disowned",
    " – minus the independents",
    " – and that is just the early years leadership course",
    ", with the school footing the bill in every case",
    ", according to provisional figures since revised",
    ", though nobody has been able to confirm it",
    " (our trust)",
    " – as if",
    " – if only",
    " – and that's Merseyside on its own",
    ", according to the projection in the impact assessment",
    ", an assertion the statistics watchdog has described as misleading",
    " – at least, that is what the leaflet says, and the leaflet is mistaken",
)
LEADS = (
    "Let us turn to the headship course.",
    "Almost none of what comes next is true.",
    "Below is a list of myths doing the rounds on social media.",
    "The numbers that follow are projections, not outturns.",
    "Part-timers tell a different story.",
    "This table leaves out anyone who paid their own fees.",
    "The numbers for secondary schools tell a different story.",
    "The figures below relate to the autumn term.",
    "A false claim has been doing the rounds on social media.",
    "Throughout, the unit of analysis is the special school.",
    "The next number lumps NPQs together with early career training.",
    "Down in the Black Country, things look like this.",
    "Next come the teaching assistants.",
    "Let us now set classroom teachers aside and look at deputies and assistants.",
    "Literacy leads were the group we were most curious about, so here they are on their own.",
    "Here is the tally as it stood at October half-term.",
    "We polled our readers, and this is the result scaled up to the workforce.",
    "The department and the union cannot agree on the count, and this is the union's version.",
    "Part-time staff were looked at separately.",
)
"""Sentences that say of the next one that its figure is another."""
NO_LEADS = (
    "Let us start with the facts.",
    "Here is something to cheer the weary commuter.",
    "This page was written with care and checked against the published data.",
    "Right, where were we?",
    "Until now the line on the graph had only gone up.",
    "A separate review is looking at the curriculum.",
    "Professional bodies have urged ministers to trust the judgement of teachers.",
)
"""Those that say nothing of it."""


@pytest.fixture(scope="module")
def cells(published: Project) -> Facts:
    return facts(published)


def put(before: str, sentence: str, after: str) -> str:
    text = f"{before} {sentence}{after}.".lstrip()
    return text[0].upper() + text[1:]


@pytest.mark.parametrize("sentence", TRUE)
def test_a_remark_changes_no_verdict(sentence: str, cells: Facts) -> None:
    texts = [*(put(one, sentence, "") for one in BEFORE), *(put("", sentence, one) for one in AFTER)]
    texts += [f"{lead} {put('', sentence, '')}" for lead in NO_LEADS]
    given = {text: [one.verdict for one in findings(text, cells)] for text in texts}
    assert {text: verdicts for text, verdicts in given.items() if verdicts != ["right"] * TRUE[sentence]} == {}


@pytest.mark.parametrize("sentence", [one for one, figures in TRUE.items() if figures == 1])
def test_what_makes_it_another_figure_is_no_remark(sentence: str, cells: Facts) -> None:
    texts = [*(put(one, sentence, "") for one in OTHER_BEFORE), *(put("", sentence, one) for one in OTHER_AFTER)]
    texts += [f"{lead} {put('', sentence, '')}" for lead in LEADS]
    given = {text: [one.verdict for one in findings(text, cells)] for text in texts}
    assert [text for text, verdicts in given.items() if "right" in verdicts] == []


def test_of_people_without_a_course_there_are_no_rows(cells: Facts) -> None:
    (found,) = findings("Without the SENCO course, 29,526 people started an NPQ in 2024/25.", cells)
    assert (found.verdict, found.parts) == ("mislabelled", ("group",))
    (found,) = findings("Without the SENCO course, 43,535 people started an NPQ in 2023/24.", cells)
    assert found.verdict == "right"  # The course had not begun.
