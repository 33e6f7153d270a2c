"""What a sentence says of its numbers themselves: whom they leave out, that they are disputed, made up or a plan."""

import re

from npqstats.analysis.factcheck.reading.said import NO_LIMITS
from npqstats.analysis.factcheck.reading.setting import Setting
from npqstats.vocabulary.areas import ENGLAND
from npqstats.vocabulary.claims import words
from npqstats.vocabulary.patterns import Pattern, lazy

_COMMENTS = lazy(
    r"(?:[,;(]|\s[\u2013\u2014-])\s*(?:and\s+|but\s+)?(?:"
    r"(?:(?:al|even\s+)?though|albeit|but|if)\s+(?:only\s+|just\s+|mainly\s+|mostly\s+)?(?:for|in|among|amongst|at|from|of)\s[^;.()\d]+"
    r"|(?:(?:(?:al|even\s+)?though|because|since|as|if|when|where)\s+)?(?:that|this|these|those|it|they|which)\s*"
    r"(?:(?:['\u2019]s|\sis|\sare|\swas|\swere)\s+(?:just|only|merely)\s+(?:the|our|one|an?)\b|(?:['\u2019]s|\sis|\sare|\swas|\swere)\s+(?:[^;.()\d]{3,40}?\s(?:alone|only|on\s+(?:its|their)\s+own)\b|(?:(?:just|only|all|merely|purely|solely|mainly|mostly)\s+)*(?:for|in|of|from|at|among|about|applications|registrations|an?\s+(?:forecast|projection|estimate|target|guess|prediction))\b)"
    r"|\s(?:only\s+|just\s+)?(?:cover|refer|relat|count|includ|exclud|omit|appl(?:y|ies)|tak(?:e|es)\s+in|leav(?:e|es)\s+out|concern|describ)\w*)[^;.()\d]*"
    r"|(?:an?|the)\s+(?:(?!\w+est\b|most\b|least\b|record\b|first\b|best\b|worst\b)[\w-]+\s+)?(?:figure|number|total|rate|count|tally|proportion|share|pattern|level)\s+(?:for|of|among|in"
    r"|(?:that|which)\s+(?:only\s+|just\s+)?(?:cover|refer|relat|count|includ|exclud|omit|appl(?:y|ies)|tak(?:e|es)\s+in|leav(?:e|es)\s+out|concern|describ|measur|represent)\w*)\s[^;.()\d]+"
    r"|(?:after|once|when|if|with|because|since|as)\s+(?:[^;.()\d]{0,60}?\b(?:remov|includ|exclud|omit|stripp|taken\s+(?:away|out|off)|left\s+out|leav\w*\s+out|adjust|correct|discount|duplicat|weight)\w*)[^;.()\d]*"
    r"|(?:(?:al|even\s+)?though\s+)?(?:all|none|every\s+one)\s+of\s+them\s(?![^;.()\d]*\b(?:fund|scholarship|paid))[^;.()\d]+"
    r"|(?:(?:al|even\s+)?though|but)\s+(?:[^;,.()\d]{0,40}?\b(?:disput|den(?:y|ie)|contest|reject|doubt|disagree|disbeliev)\w*\s+(?:it|that|this|them)\b|nobody\s+believes|[^;,.()\d]{0,40}?\botherwise\b|[^;,.()\d]{0,40}?\b(?:forecast|projection|estimate|guess)\b)[^;.()\d]*"
    r"|(?:setting|leaving|putting)\s+[^;.()\d]{0,40}?aside\b[^;.()\d]*|setting\s+aside\b[^;.()\d]*|(?:adding|throwing|lumping|rolling)\s+in\b[^;.()\d]*|(?:minus|plus|less)\s[^;.()\d]+"
    r"|(?:so|as)\s+long\s+as\b[^;.()\d]*|(?:provided|assuming|supposing)\b[^;.()\d]*|holding\s+[^;.()\d]{2,60}\s+constant|not\s+(?:including|counting)\b[^;.()\d]*"
    r"|only\s+(?:where|when|if|for|in|among)\b[^;.()\d]*|an?\s+cumulative\b[^;.()\d]*|(?:[\w-]+\s+){1,2}(?:only|alone)|after\s+(?:\w+\s+)?(?:adjust|correct|weight)\w*\b[^;.()\d]*"
    r"|(?:[\w-]+,?\s+)that\s+is|as\s+the\s+(?:\w+\s+){0,3}(?:scenario|model|simulation|projection|forecast)\b[^;.()\d]*"
    r"|with\s+(?:the|their|each|every)\s+(?:school|employer|trust|teacher)s?\s+(?:footing|paying|meeting|covering|funding)\b[^;.()\d]*"
    r"|(?:which|that)\s+(?:turned\s+out|proved|(?:was|were)\s+later\s+shown)\s+to\s+be\b[^;.()\d]*|(?:though\s+)?nobody\s+[^;,.()\d]{2,40}\b(?:confirm|verif|prove|check|source)\w*[^;.()\d]*"
    r"|according\s+to\s+[^;.()\d]*?\b(?:projections?|forecasts?|models?|modelling|estimates?|plans?|predictions?)\b[^;.()\d]*|if\s+only|provisional\b[^.()\d]*|before\s+[^;.()\d]*?\b(?:wrong|corrected|mistaken|error)\b[^;.()\d]*"
    r"|(?:at\s+least,?\s+)?[^;.()\d]{3,80}?\b(?:is|are|was|were|as)\s+(?:mistaken|misleading|wrong|in\s+error|misinformed|incorrect|inaccurate|untrue|nonsense)\b"
    r"|so\s+(?:the\s+)?(?:plan|hope|theory|story|forecast)s?\s+(?:goes|went|is|was)\b[^;.()\d]*|despite\s+being\s+(?:an?\s+)?[^;.()\d]*"
    r")\s*(?=[.;?!)\u2013\u2014]|$)",
    re.IGNORECASE,
)
"""What a sentence says of its numbers themselves after them all: whom they leave out, that they are disputed."""


_LIMITED = lazy(
    r"[,(\u2013\u2014]\s*(?:not\s+(?:including|counting)|after\s+(?:\w+\s+)?(?:adjust|correct|weight)\w*|(?:[\w-]+\s+){1,2}only(?=\s*[)\u2013\u2014])|[\w-]+,\s+that\s+is)\b"
    r"[^,;.()\d\u2013\u2014]*[,)\u2013\u2014]"
    r"|[,(\u2013\u2014]\s*(?:in|at|across|among)\s+(?:[^,;.()\d\u2013\u2014]{3,40}?\s(?:alone|only)|(?:our|my)\s+[\w\s-]{3,40}?)\s*[,)\u2013\u2014]"
    r"|[,(\u2013\u2014]\s*(?:the|an?|in\s+the)\s+(?:[\w\u2019']+\s+){0,3}(?:target|forecast|goal|estimate|projection|scenario|plan)\s*[,)\u2013\u2014]"
    r"|[,(\u2013\u2014]\s*(?:an?|the)\s+(?:figure|number|total|count|tally|claim|assertion)\s+(?:that\s+|which\s+)?[^,;.()\d\u2013\u2014]{2,50}?\b(?:reject|disput|den(?:y|ie)|contest|disown|dismiss|challeng)\w*\s*[,)\u2013\u2014]"
    r"|[,(\u2013\u2014]\s*(?:the\s+)?[\w\s-]{3,30}\shad\s+(?:predicted|forecast|hoped|expected|planned|projected|promised)\s*[,)\u2013\u2014]"
    r"|^\W*(?:target|forecast|projection|estimate|plan|budget|goal)s?\b[^.;\d]{0,30}:|^\W*extrapolat"
    r"|^\W*(?:restrict(?:ed|ing)?|limit(?:ed|ing)?|confin(?:ed|ing)|speaking\s+(?:solely|only|purely))\b[^;.\d]*?(?:,|\bthat\b)"
    r"|^\W*(?:after|when|once|with|by|if)\s+[^,;.\d]*\b(?:stripp|remov|lump|adjust|discount|weight|disregard)\w*[^,;.\d]*,",
    re.IGNORECASE,
)
"""What limits the numbers after it: `, not including those with a scholarship,`, `Restrict it to part-timers and`."""
_INSERTED = lazy(
    r"\s[(\u2013\u2014]\s?(?:in|at|across|among|within|for)\s[^()\d\u2013\u2014;.]{3,70}\s?[)\u2013\u2014]",
    re.IGNORECASE,
)
"""Where or among whom it is, between dashes: `the number of NPQs started – in schools that had failed – fell`."""
_HEARSAY = Pattern(
    r"\b(?:fiction|fantasy|fabrication|disown(?:ed|s)?|debunked|(?:threw|thrown)\s+out|typo|misprint|typing\s+error|slip\s+of\s+the\s+pen|hunch|rumou?rs?|hearsay|unfounded|baseless"
    r"|pigs\s+might\s+fly|shred\s+of\s+evidence|(?:very\s+much|seriously|I|we)\s+doubt|withdrawn\s+(?:its|their|the)\s+claim|(?:was|were)\s+(?:later\s+|since\s+|soon\s+)?(?:pulled|retracted)"
    r"|(?:simulated|modelled|hypothetical|counterfactual)\s+(?:\w+\s+)?(?:scenario|model|world|figures?)|that\s+was\s+(?:the|a)\s+(?:forecast|plan|hope|estimate|projection|target)"
    r"|(?:since|later|subsequently|quietly)\s+(?:been\s+)?(?:withdrawn|withdrew|revised|corrected|retracted|denied|amended)(?!\s+(?:to|up|down)\b)"
    r"|(?:disput|contest|reject|question|challeng|rubbish|dismiss)(?:es?|s|ed|ing)?\s+(?:the|this|any|a)\s+(?:claim|idea|suggestion|notion|figure|story|assertion)s?"
    r"|according\s+to\s+(?:an?\s+|the\s+|some\s+)?(?:provisional|preliminary|unconfirmed|unverified|old|early|draft|leaked|anonymous|internal)"
    r"|estimat(?:e|es|ed|ing)\s+that"
    r"|or\s+so\s+the\s+(?:plan|story|forecast|theory))\b|\bsaid\s+no\s[^,.;]{0,40}\bever\b|[\u2013\u2014-]\s+as\s+if\s*[.!?]",
    cues="fiction|fantasy|fabrication|disown|debunk|threw out|thrown out|typo|misprint|typing|slip of|hunch"
    "|rumo|hearsay|unfound|baseless|pigs|shred|doubt|withdrawn|pulled|retract|simulat|modelled|hypothe"
    "|counterf|according|that was|or so|said no|as if|since|later|subseq|quietly|disput|contest|reject"
    "|question|challeng|rubbish|dismiss|estimat",
)
"""What says of a number that it is not one: that it was made up, withdrawn or simulated."""
_THAT = lazy(r"^\W*[^.;:\d]{3,160}?\b(?:that|how)\b,?\s", re.IGNORECASE)
"""Who says what follows, in which way."""
_UNSAID = lazy(
    r"\b(?:between\s+them|(?:its|their|our)\s+partners|modelling|models?|simulations?|scenarios?|ambition|aspiration|intention|aim|objective|pledge|promise|understanding|condition|assumption|premise|proviso"
    r"|cannot|nowhere|never|refus\w+|reject\w*|withdr[ae]w\w*|retract\w*|disput\w+|challeng\w+|rebut\w*|odds\s+with|contrary\s+to|disagree\w*|mistaken\w*|assertion|rumour|contracted)\b|\b(?:can|do|does|did)n['\u2019]t\b",
    re.IGNORECASE,
)
_BUT_SAID = lazy(
    r"\b(?:cannot|can['\u2019]t|could\s+not|never)\s+(?:be\s+)?(?:den|disput|doubt|stress|emphasi|overstat|help|ignor|forg|repeat|escape|hid)\w*|\b(?:undisputed|indisputabl\w+)|\bcannot\s+have\s+escaped|\bnever\s+mind"
    r"|\b(?:don|doesn|didn|can)['\u2019]t\s+(?:forget|mind|need|look|miss|worry|panic|be|say|know|deny|shoot|all|let|help)",
    re.IGNORECASE,
)
"""By which it is not said to be so: `I cannot accept that`; but `it cannot be denied that`."""
_ANNOUNCES = lazy(
    r"\b(?:what\s+(?:comes|follows)|comes?\s+next|next\s+(?:number|figure|sentence|section|line|row|comes?)|follow(?:s|ing)?|below|set\s+out\s+next|hereafter|throughout|reproduced|as\s+follows"
    r"|this\s+(?:[\w-]+\s+)?(?:table|chart|section|paragraph|panel)|the\s+(?:(?:next|following)\s+\w+|(?:table|chart|panel)\s+(?:below|beneath|here|gives?|shows?|is)|breakdown|sample|tally)|our\s+(?:sample|model|scenario|version)|(?:bottom|top|first|last|second)\s+(?:row|line)|this\s+one|the\s+rest\s+of\s+this|(?:let|allow)\s+(?:us|me)\b[^.;]*?\b(?:turn|look|consider|take)|turning\s+to|now\s+for"
    r"|(?:begins?|starts?|open)\s+with|(?<!\bway\sto\s)(?<!\byou\s)look\s+(?:now\s+)?at|looks?\s+like\s+this|separately|this\s+would\s+be|saying\s+this|no\s+basis|(?:we|I)\s+define|business\s+case|years\s+[^.;]{0,30}?\s?run\s+from|now\s+consider|consider\s+(?:now|only)"
    r"|tells?\s+a\s+different\s+story|imagine|suppose|picture\s+an?|regret\s+the|blueprint|claims?\s+(?:has|have|is|are)\s+(?:been\s+)?(?:doing|going)"
    r"|(?:here|this|these)\s+(?:is|are)\s+(?:what|how|the)|these\s+(?:are|figures|numbers)|like\s+this|from\s+here\s+on|here\s+they\s+are|(?:picture|story|position|situation|numbers?|figures?|totals?|amounts?|results?)\s+(?:for|in|among|at|below|shown|scaled)"
    r"|(?:its|their|our|her|his|these)\s+(?:own\s+)?(?:figures|numbers|results|statistics|version|tally|sample)|(?:gave|asked\s+for)\s+figures|(?:was|were)\s+asked\s+about|for\s+(?:its|their|her|his)\s+(?:figures|numbers|data|results))\b"
    r"|^\W*first,",
    re.IGNORECASE,
)
"""What speaks of the numbers to come: `The numbers that follow are`."""
_OF_WHAT_FOLLOWS = Pattern(
    r"\b(?:none\s+of|myths?|projections?|forecasts?|estimates?|imagine|suppose|picture\s+an?|lump(?:s|ed)?|(?:re)?weighted|sample|nothing\s+else|solely|errors?|promises?|targets?|plans?"
    r"|planned|average|leav(?:es?|ing)\s+out|exclud(?:es?|ing)|omit(?:s|ting)?|includes?(?!\s+(?:all|every))|relates?\s+to|refers?\s+to|asked\s+(?:one|a|an|our)\b|false|untrue|unit\s+of\s+analysis|invented|made\s+up|hypothetical|believe\s+a\s+word|only)\b",
    cues="none|myth|projection|forecast|estimate|imagine|suppose|picture|lump|weighted|sample|nothing|solely"
    "|error|promise|target|plan|average|leav|exclud|omit|includ|relate|refer|asked|false|untrue|unit of"
    "|invented|made up|hypothe|believe|only",
)
"""What is said of them there, so that they are no plain figures."""
_PARTS = ("course", "group")
_NO_PARTS = ("topic", "counted", "funding", "measure", "coverage", "year", "span", "direction", "academic", "harmless")
"""The kinds of phrases that do not say by themselves of whom a number is."""


def caveats(at: Setting) -> list[str]:
    """List what a sentence says of its numbers, so that they are no plain figures."""
    if not at.inside:
        return []
    text, last = at.text, at.inside[-1].end
    found = [match.span() for match in [_COMMENTS.search(text, last, at.end)] if match]
    found = [span for span in found if not any(span[0] < end and start < span[1] for start, end in at.so_far)]
    told = [text[start:end] for start, end in found]
    told += [match[0] for match in [_LIMITED.search(at.told)] if match and not _leaves_out(at)]
    told += [match[0] for match in _HEARSAY.finditer(text, at.start, at.end)]
    told += [match[0] for match in _unsaid(at)]
    for match in _INSERTED.finditer(at.told):
        told += _unknown(at, at.start + match.start(), at.start + match.end())[:1]
    return [one.strip(" ,;()\u2013\u2014-.!?") for one in told]


def _unsaid(at: Setting) -> list[re.Match[str]]:
    """Find what makes it something that is not said to be so, before its first number."""
    lead = _THAT.match(at.text[at.start : at.inside[0].start])
    match = _UNSAID.search(lead[0]) if lead and not _BUT_SAID.search(lead[0]) else None
    return [match] if match else []


def _leaves_out(at: Setting) -> bool:
    """Whether a course is left out, of which there are figures: `Leaving out SENCOs, 19,281 were started`."""
    return bool(at.passage.within(at.start, at.end, "without"))


def announced(at: Setting) -> list[str]:
    """What the sentence before says of the numbers to come: `The numbers that follow are projections.`."""
    start, end = at.sentence_before
    sentence = at.text[start:end]
    is_apart = "\n\n" in at.text[end : at.start] or any(char.isdigit() for char in sentence)
    if is_apart or _ANNOUNCES.search(sentence) is None:
        return []
    is_of_payer = bool(at.passage.within(start, end, "funding"))
    if (of_what := _OF_WHAT_FOLLOWS.search(sentence)) and not (is_of_payer and of_what[0] == "only"):
        return [of_what[0]]
    kinds = {m.kind for m in at.passage.within(at.start, at.end, *_PARTS)}
    named = at.passage.within(start, end, *_PARTS)
    parts = [m.text for m in named if m.kind not in kinds and m.value != "all" and m.value not in NO_LIMITS]
    return (parts or _unknown(at, start, end))[:2]


def _unknown(at: Setting, start: int, end: int) -> list[str]:
    """List the words of a sentence without numbers that may limit those to come, as `deputies` may."""
    reading = words().reading
    plain = reading["plain"] | reading["announcing"] | reading["adjectives"] | reading["function"] | reading["speakers"]
    named = at.passage.within(start, end, *_NO_PARTS, "group", "area")
    read = [(m.start, m.end) for m in named if m.kind in _NO_PARTS or m.value in (ENGLAND[0], *NO_LIMITS)]
    return [
        at.text[index : index + len(word)]
        for index, word in at.passage.tokens.listed(start, end)
        if word.isalpha()
        and plain.isdisjoint((word, word.removesuffix("'s")))
        and not any(first <= index < last for first, last in read)
    ]
