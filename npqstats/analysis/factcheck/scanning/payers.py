"""Phrases that say who paid: `outside the scholarship scheme`, `had their fees met by the state`."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import chain, product

from npqstats.vocabulary.claims import Mention
from npqstats.vocabulary.patterns import Pattern, lazy

_PAYER = (
    r"(?:the\s+)?(?:government|DfE|department(?:\s+for\s+Education)?|state|Treasury|taxpayers?|ministers|public\s+purse"
    r"|exchequer|Whitehall)"
)
_ITS = r"(?:government(?:['’]s)?|DfE(?:['’]s)?|department(?:['’]s|al)?|state|public|central|Treasury|taxpayers?['’]?)"
_FUNDS = (
    r"(?:funding|money|cash|scholarships?|subsid(?:y|ies)|grants?|bursar(?:y|ies)"
    r"|financ(?:e|ing))"
)
_MONEY = rf"(?:{_FUNDS}|support|backing|help)"
_SCHEME = r"(?:\s+(?:scheme|programme|pot|offer|route|system))?"
_OF = rf"(?:{_ITS}\s+(?:NPQ\s+)?{_MONEY}|(?:NPQ\s+)?(?:funding|scholarships?(?:\s+(?:funding|money))?|subsid(?:y|ies)))"
_PAID = r"(?:pa(?:id|ys|ying)(?:\s+for)?|cover(?:ed|s)|fund(?:ed|s)|financed|bankrolled|subsidised)"
_COST = r"(?:the\s+|their\s+|its\s+)?(?:bill|tab|costs?|fees?)"
_BORE = r"(?:met|meets|bore|borne|footed|picked\s+up)"
_OTHERS = (
    r"(?:schools|trusts|employers|staff|teachers|participants|leaders|heads|individuals|colleagues|themselves|they)"
)
_PAYERS = "government|dfe|department|state|public|central|treasury|taxpayer|minister|exchequer|whitehall"
_MEANS = "fund|scholarship|subsid|money|cash|grant|bursar|financ|support|backing|help"
_PAYING = "pay|paid|cover|fund|financ|bankroll|subsidis|met |meet|bear|bore |borne|foot|pick|bill|tab|cost|fee|expense"
_NON_FUNDED = (
    Pattern(
        r"\b(?:without|outside(?:\s+of)?|outwith|lacking|not\s+on|not\s+under|(?:with|had|have|has|having|got|received|attracted|drew|there\s+was)?\s?\bno"
        r"|(?:did\s+not|didn['’]t|do\s+not|don['’]t)\s+(?:have|get|receive|attract))\s+"
        rf"(?:(?:any|an?|the|our|its|their|that|such|sort|kind|form|part|penny|full|direct|of|from)\s+){{0,4}}(?:{_OF}{_SCHEME}(?:\s+(?:from|of)\s+{_PAYER})?"
        rf"|funded\s+(?:scheme|programme|offer|route)"
        rf"|{_MONEY}\s+from\s+{_PAYER}|(?:that|this|such)\s+{_MONEY})(?:\s+(?:behind|attached(?:\s+to)?)\s*(?:it|them)?)?\b(?!\s+(?:cuts?|would|will|might|could|\w+\s+NPQ))",
        cues=f"without|outside|outwith|lacking|not |no |n't|n’t & {_MEANS}",
    ),
    Pattern(
        r"\b(?:rel(?:y|ied|ying)|depend(?:ed|ing)?|drew|draw|funded|paid|paid\s+for|financed|covered|met)\s+(?:up)?(?:on|from|through|via|by|out\s+of|with)"
        r"\s+(?:their\s+schools?\s+or\s+(?:on\s+)?)?(?:other|their\s+own|its\s+own|alternative|private|non-government|school)\s+(?:sources|means|funds|funding|resources|budgets?|pockets?|money)\b"
        r"|\b(?:pay|paid|paying)\s+(?:for\s+)?their\s+own\s+(?:way|NPQs?|courses?|fees|costs?)(?:\s+or\s+had\s+their\s+school\s+(?:do\s+so|pay))?\b"
        r"|\bat\s+(?:their|its|her|his)\s+own(?:\s+or\s+their\s+schools?['’]?s?)?\s+(?:expense|cost)\b"
        r"|\bat\s+(?:their|the|its|her|his|an?)\s+(?:schools?|employers?|trusts?)['’]s?\s+(?:expense|cost)\b",
        cues="other|own|alternative|private|non-gov|school"
        " & sources|means|fund|resource|budget|pocket|money|way|npq|course|fee|cost|expense",
    ),
    Pattern(
        rf"\b{_OTHERS}(?:(?:,|\s+(?:and|or))\s+(?:the\s+|their\s+)?{_OTHERS}){{0,2}}(?:\s+(?:themselves|had\s+to|have|had|instead))*\s+"
        rf"(?:pa(?:id|y|ys)(?:\s+for)?|(?:{_BORE}|cover(?:ed)?|foot|pick\s+up|meet|bear)\s+{_COST}(?:\s+(?:of|for))?"
        r"|(?:found|put\s+up|stumped\s+up|came\s+up\s+with)\s+the\s+(?:money|cash|funds?|fees?)(?:\s+for)?)\b(?!\s+(?:by|from|through|out\s+of)\b)",
        cues=" pay| paid|bill|tab|cost|fee|money|cash|fund",
    ),
    Pattern(
        rf"\b(?:paid(?:\s+for)?|funded|covered|met|financed)\s+by\s+(?:their\s+|the\s+)?{_OTHERS}"
        rf"(?:(?:,|,?\s+(?:and|or))\s+(?:the\s+|their\s+)?{_OTHERS}){{1,3}}(?:\s+themselves)?\b",
        cues="by & paid|fund|cover|met|financ",
    ),
    Pattern(
        rf"\bnot\s+(?:been\s+)?(?:covered|supported|helped|met|backed|paid\s+for)\s+by\s+(?:(?:an?|any|the)\s+)?{_OF}\b",
        cues="not & by & fund|scholarship|subsid|money|cash|grant|bursar|financ|support|backing|help",
    ),
    Pattern(rf",\s+not\s+{_PAYER}(?=[.;,]|$)", cues=f"not & {_PAYERS}"),
    Pattern(
        rf"\bnot\s+(?:been\s+)?{_PAID}\s+by\s+{_PAYER}",
        cues=f"not & by & {_PAYERS}",
    ),
    Pattern(
        r"\b(?:those|people|teachers|leaders|participants)\s+who\s+paid\s+(?:for\s+(?:(?:their\s+(?:own\s+)?|an?\s+)?(?:NPQs?|courses?|places?|it|them))\s+)?themselves\b"
        r"|\b(?:find|found|finding)\s+the\s+(?:money|cash|fees?)\s+(?:themselves|elsewhere|from\s+(?:their|school))"
        r"|\bself[\s-](?:funded|financed|financing|funding|paid|paying|funders?|payers?)\b",
        cues="find|found|self|themselves",
    ),
)
_FUNDED = (
    Pattern(
        rf"\b{_PAYER}(?:\s+{_FUNDS})?\s+(?:(?:has|have|had|also|now|already|still|again|once)\s+){{0,2}}(?:{_PAID}|{_BORE}(?=\s+{_COST}))(?:\s+{_COST}(?:\s+(?:of|for))?)?\b"
        rf"|\b(?:(?:had|have|has|having|got|get)\s+(?:(?:an?|their)\s+(?:NPQ|course|place|qualification)s?\s+)?)?(?:{_COST}\s+)?(?:(?:was|were|been)\s+)?(?:{_PAID}|{_BORE})\s+by\s+{_PAYER}\b"
        r"|\b(?:paid\s+for|funded|covered|financed|supported)\s+(?:through|via|with|from)\s+(?:an?\s+|the\s+)?(?:DfE\s+|government\s+|state\s+)?scholarships?\b"
        rf"|\b(?:had|have|has)\s+{_PAYER}\s+(?:pay|cover|fund)(?:\s+for)?\b|\bat\s+{_PAYER}['’]s?\s+expense\b",
        cues=f"{_PAYERS}|scholarship & {_PAYING}",
    ),
    Pattern(
        rf"\b(?:with|had|have|has|having|got|get|received|receiving|receive|on|under|through|using|used|(?:made|making)\s+use\s+of|dr(?:ew|awn|awing)\s+on|attracted|drew|carried)\s+(?:(?:an?|the|some|full|help|aid|of)\s+){{0,4}}"
        rf"(?:{_ITS}\s+{_MONEY}|{_MONEY}\s+from\s+{_PAYER}){_SCHEME}\b"
        rf"|\b{_ITS}\s+{_FUNDS}{_SCHEME}\b|\b{_FUNDS}\s+from\s+{_PAYER}\b",
        cues=f"{_PAYERS} & {_MEANS}",
    ),
    Pattern(
        rf"\bwhose\s+(?:NPQs?|courses?|fees|places?|costs)\s+{_PAYER}\s+(?:{_PAID}|met|bore)\b"
        r"|\bscholarships?\s+(?:were|was)\s+(?:enjoyed|received|held|won|claimed|awarded|given|granted)\s+(?:by|to)\b"
        r"|\b(?:[Ff]unding|[Ss]cholarships?)\s+(?:went|w(?:as|ere)\s+(?:given|awarded))\s+to\b"
        rf"|\b(?:had|having|got)\s+(?:it|them|one|theirs)\s+(?:paid\s+for|funded|covered)\s+by\s+{_PAYER}\b"
        r"|\b(?:won|secured|held|were\s+(?:given|awarded))\s+(?:(?:an?|DfE|government|state|NPQ)\s+)*scholarships?\b"
        r"|\bscholarship[\s-](?:holders?|recipients?)\b"
        r"|\b(?:supported|helped|backed)\s+by\s+(?:(?:an?|the|DfE|government|state|NPQ)\s+)*scholarships?\b",
        cues="scholarship|whose|funding|had|having|got & went|given|won|secured|held|were|was|holder|recipient|by |met"
        "|bore|pa|cover|fund|financ|bankroll|subsid",
    ),
)
_LABEL = Pattern(
    r"\b(?:payers?|funders?|(?:paid|funded)(?:\s+for)?\s+by|who\s+pa(?:id|ys)|(?:source\s+of\s+)?funding(?:\s+(?:source|type|status|route|basis))?)\s*[:=]\s*(?:(?:the|an?|with|by)\s+)?"
    rf"(?:(?P<funded>{_ITS}|government-funded|(?:DfE\s+)?scholarships?|funded|yes)|(?P<all>all|any(?:one|body)?|both|either|every(?:one|body)?|overall|total)"
    r"|(?P<others>none|no|non-funded|unfunded|not\s+funded|self|other|others|schools?|own|employers?|teachers?|participants?|trusts?|individuals?|private\w*))\b"
    rf"(?:\s+{_MONEY})?(?!\s*\(|\s+\d)",
    cues="payer|funder|paid|funded|funding|pays",
)
"""A label and who paid: `Payer: government`."""
_ALL_COUNTED = Pattern(
    r"\b(?:count|includ|add)(?:e|ing)?\s+(?:in\s+)?(?:the\s+)(?:non-funded|unfunded|self-funded)\s+(?:(?:ones|courses|starts|NPQs)\s+)?"
    r"(?:too|as\s+well|in)\b"
    r"|(?:^|(?<=[.\n]\s))(?:[Cc]ount|[Ii]nclud|[Aa]dd)(?:e|ing)?\s+(?:in\s+)?(?:the\s+(?:[\d,]+\s+)?|those\s+)(?:(?:ones|courses|starts|NPQs|that|which)\s+)*"
    r"(?:were\s+not\s+funded|without\s+funding|not\s+funded),"
    r"|\b(?:when|once|if|with)\s+(?:the\s+)?(?:courses|NPQs|those|ones|starts)\s+(?:(?:that|which)\s+(?:were|are)\s+)?(?:paid\s+for|funded)\s+by\s+(?:their\s+)?(?:schools|employers|others)\s+(?:(?:are|were)\s+)?(?:counted|included|added)(?:\s+in)?"
    r"|\bwith\s+(?:the\s+)?(?:ones|courses|starts|NPQs|those)\s+(?:that|which)\s+were\s+not\s+funded(?:\s+(?:added|included))?,?\s+(?=it\b|the\s+total\b)",
    cues="count|includ|add|with & fund|paid",
)
"""What makes a number one of all payers: `Count the non-funded ones too and London had 5,367`."""
_THOSE_TOO = Pattern(
    r",?\s+(?:including|counting)\s+(?:the\s+)?(?:those|ones|courses|NPQs|starts|places)\b[^.;:,()\d]{3,60}"
    r"|\b(?:[Ii]f|[Ww]hen|[Oo]nce)\s+(?:we|you|one)\s+(?:counts?|includes?|adds?)\s+(?:in\s+)?(?:the\s+)?(?:those|ones|courses|NPQs|starts|places)\b[^.;:,()\d]{3,60},",
    cues="including|counting|count|include|add",
)
"""Who is counted with the others: `114,423 starts, including those that were not funded`."""
_MORE_WITHOUT = Pattern(
    r"\b(?:funded|paid|scholarships?|grants?)\b[^.;]{0,80}?\d[\d,]*\s+(?:more|fewer|others)\s+(?P<has>without)(?=[.,;]|$)",
    cues="without & funded|paid|scholarship|grant",
)
"""What stands alone for those who had no money: `43 per cent fewer with a scholarship, but 3,797 more without.`"""
_WITH_ALONE = Pattern(
    r"\bwithout\s+(?:an?\s+)?(?:\w+\s+)?(?:scholarships?|funding|grants?)\b[^.;:]{0,40}?\d[\d,]*\s+(?P<has>with)(?=[.,;]|$)",
    cues="without & scholarship|funding|grant & with",
)
"""What stands alone for those who had what others were without: `6,063 without a scholarship, and 23,477 with.`."""
_PART = lazy(r"[^.;:!?|]{10,}")
"""A part of a text that such a phrase does not go beyond."""
_WITH_ONE = Pattern(
    r"\b(?:(?:scholarship|grant|bursary|subsidy)\b(?:(?!\b(?:NPQ|course|qualification)s?\b)[^;:]){0,80}?"
    r"|(?:funding|scholarships?)\b[^:]{0,160}?(?=\swith(?:out)?\sit\b))\s"
    r"(?P<has>(?:with|had|got|received)(?:out)?\s+(?:one|it))\b",
    cues="bursary|funding|grant|scholarship|subsidy",
)
"""What points back to a scholarship: `6,063 started without a scholarship, against 23,477 with one`."""
_THOSE_WITH = Pattern(
    r"\b(?:funding|funded|scholarships?)\b(?:(?!\ban?\s+(?:NPQ|qualification)\b|\n\n)[^:]){0,200}?"
    r"\b(?:those|ones|people|participants|courses|starts)\s+"
    r"(?P<has>with(?:out)?(?:\s+(?:it|one)\b|(?=\s*[.,;)]|\s+(?:was|were|is|are|rose|fell|grew|numbered|made|went|dropped|climbed|shrank|increased|jumped)\b)))",
    cues="funding|funded|scholarship & with",
)
_NONE = lazy(r"\b(?:without|not|none)\b|n['\u2019]t\b", re.IGNORECASE)
_WENT_WITHOUT = Pattern(
    r"\b(?:funding|funded|scholarships?)\b(?:(?!\ban?\s+(?:NPQ|qualification)\b|\n\n)[^:]){0,200}?\b(?P<has>(?:went|go|gone|going|did|do|done)\s+without|(?:some(?:body|one)|staff|they)\s+(?:had|got|received)\s+none)(?=\s*[.,;)]|$)",
    cues="without|none & funding|funded|scholarship",
)
"""What points back to money: `Scholarships are scarcer. Last year 6,063 participants went without.`"""
_THOSE_WHO = Pattern(
    r"\bscholarships?\s+(?:\w+\s+){0,2}?those\s+(?P<has>who\s+(?:did|had|do|have)(?:\s+not|n['’]t))(?=\s*[.,;)])",
    cues="scholarship & those",
)
"""What points back to them: `higher among courses without funding, at 89.5%, than among those with it`."""
_LONGEST = 200
"""Characters that no phrase of the lexicon is longer than."""
_FUNDS_AT_END = lazy(rf"\b(?:{_FUNDS}|support)$", re.IGNORECASE)
_FROM_OTHERS = lazy(
    rf"\s+from\s+(?!{_PAYER}\b|\d|autumn|spring|September|April|January|the\s+(?:start|autumn|year|scheme|outset))\w",
    re.IGNORECASE,
)
"""Whose money is not the state's: `funding from charities`."""
_NOT = lazy(r"(?:\bnot|n['\u2019]t|\bnever)\s+(?:(?:been|yet|being|\w+ly)\s+)*$")
_NEAR = 30
_NAMES_MONEY = lazy(rf"\b{_MONEY}$", re.IGNORECASE)
_OF_SOMEBODY = lazy(r"\b(?:by|on|with|without)\s+an?\s+(?:[\w-]+\s+)?\w+$", re.IGNORECASE)
"""What somebody has, of whom there are fewer: `the number of teachers with a scholarship was cut`."""
_PLACES = lazy(r"\s+(?:places|courses|NPQs|training)\b")
_CUT = lazy(
    r"\s+(?:cuts?\b|(?:(?:was|were|is|are|has|have|had|being|been|largely|all|but|now|then|mostly|since)\s+)*(?:cut|axed|scrapped"
    r"|with(?:drawn|ered)|ended|ending|reduced|removed|pulled|slashed|scaled|pared|trimmed|curbed|r[au]n(?:ning|s)?\s+out|dr(?:y|ies|ied|ying)\s+up|stopped"
    r"|rationed|restricted|limited|narrowed|changed|become\s+(?:harder|scarcer|rarer|tighter)))\b",
    re.IGNORECASE,
)
_CUT_OF = Pattern(
    r"\b(?:cut|cuts|cutting|end|ending|ended|loss|withdrawal|removal|scrapping|scrapped|withdrew|axed|pulled|slashed|reduced|reduction|reductions"
    r"|curbed|rationed|restricted(?!\s+to\b)|changes?|pared|return|waste|use|value)\s+(?:back\s+)?(?:(?:to|of|in|on|for)\s+)?(?:(?:the|its|most|universal|full)\s+)*$",
    cues="return|waste|use|value|axed|change|curbed|cut|end|loss|pared|pulled|rationed|reduc|removal|restricted|scrap|slashed|withdr",
)
"""What makes money a reason for a change, and says nothing of what a number counts: `after state funding was cut`."""


def payers(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Add the phrases that say who paid to those of the lexicon, in the place of what lies within them.

    >>> [m.value for m in payers("6,063 relied on other sources; 23,477 had their fees met by the state.", [])]
    ['non-funded', 'funded']
    """
    found: list[Mention] = []
    others = [m for m in mentions if not (m.kind == "funding" and _is_reason(text, m.start, m.end))]
    starts, taken = [m.start for m in others], set[int]()
    for part, (value, patterns) in product(_PART.finditer(text), (("non-funded", _NON_FUNDED), ("funded", _FUNDED))):
        for match in chain.from_iterable(pattern.finditer(text, *part.span()) for pattern in patterns):
            start, end = match.span()
            beside = others[bisect_left(starts, start - _LONGEST) : bisect_left(starts, end)]
            known = [
                m for m in beside if m.end > start and (m.kind == "funding" or (m.start <= start and end <= m.end))
            ]
            is_longest = all(start <= m.start and m.end <= end for m in known) and taken.isdisjoint((start, end - 1))
            if is_longest and not _is_reason(text, start, end):
                found.append(Mention(start, end, "funding", value, match[0]))
                taken.update(range(start, end))
    found += [
        Mention(*match.span("has"), "funding", "non-funded" if _NONE.search(match["has"]) else "funded", match["has"])
        for match in chain(
            _WITH_ONE.finditer(text) if " one" in text or " it" in text else (),
            *(each.finditer(text) for each in (_THOSE_WITH, _THOSE_WHO, _WENT_WITHOUT, _MORE_WITHOUT)),
        )
    ]
    found += [Mention(*m.span("has"), "funding", "funded", m["has"]) for m in _WITH_ALONE.finditer(text)]
    found = list({(m.start, m.end): m for m in found}.values())
    others = [m for m in others if not (m.kind == "without" and any(one.start == m.start for one in found))]
    paid = [m.start for m in (*others, *found) if m.kind == "funding"]
    too = (match for match in _THOSE_TOO.finditer(text) if any(match.start() < start < match.end() for start in paid))
    for match in chain(_ALL_COUNTED.finditer(text), too):
        others = [m for m in others if m.kind != "funding" or not match.start() <= m.start < match.end()]
        found = [m for m in found if not match.start() <= m.start < match.end()]
        found.append(Mention(*match.span(), "funding", "all", match[0]))
    for match in _LABEL.finditer(text):
        value = next(name for name in ("funded", "all", "others") if match[name])
        others = [m for m in others if not match.start() <= m.start < match.end()]
        found = [m for m in found if not match.start() <= m.start < match.end()]
        found.append(Mention(*match.span(), "funding", value.replace("others", "non-funded"), match[0]))
    return [_denied(text, m) for m in [*(m for m in others if not (m.start in taken and m.end - 1 in taken)), *found]]


def _denied(text: str, m: Mention) -> Mention:
    """Turn who paid round where it is denied: `weren't government-funded`."""
    match = _NOT.search(text, max(0, m.start - _NEAR), m.start) if (m.kind, m.value) == ("funding", "funded") else None
    return Mention(match.start(), m.end, m.kind, "non-funded", text[match.start() : m.end]) if match else m


def _is_reason(text: str, start: int, end: int) -> bool:
    """Whether money is named as what was cut, or as that of others, not as what the state paid for a number."""
    if _FUNDS_AT_END.search(text, start, end) and _FROM_OTHERS.match(text, end):
        return True
    places = _PLACES.match(text, end)  # `as free places dry up`
    end = places.end() if places else end
    is_noun = places is not None or _NAMES_MONEY.search(text, start, end) is not None
    is_noun = is_noun and not _OF_SOMEBODY.search(text, max(0, start - 20), end)
    return is_noun and bool(_CUT.match(text, end) or _CUT_OF.search(text, max(0, start - 60), start))
