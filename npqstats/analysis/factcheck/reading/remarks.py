"""What a sentence says by the way, without a number: to whose surprise, against which odds, why, and who says it."""

import re

from npqstats.vocabulary.patterns import lazy

_END = r"(?=[,.;?!)\u2013\u2014]|$)"
_FEELINGS = (
    r"(?:surprise|shock|dismay|annoyance|delight|joy|relief|disappointment|alarm|frustration|horror|anger|fury|disgust"
    r"|embarrassment|consternation|chagrin|regret|concern|satisfaction|disbelief)"
)
_THINGS = (
    r"(?:point|fact|trend|pattern|finding|picture|reality|reminder|change|shift|turn|development|outcome|result|message"
    r"|theme|sign|symptom|concern|worry|problem|move|story|matter|blow|figure|number|statistic|total|level|rate)"
)
_OPENING = (
    r"(?:to\s+(?:put|quote|give|set|be|cut|recap|sum|add|take|use|repeat|remind|illustrate|explain|start|begin|end|finish|spell|state|save|return|turn|borrow)\b"
    r"|by\s+way\s+of\b|for\s+anyone\b|for\s+those\s+(?:keeping|counting|wondering|new|unfamiliar|following|who\s+(?:like|missed|want|care))\b"
    r"|for\s+readers\s+who\b|in\s+the\s+interests?\s+of\b|never\s+mind\b|without\s+(?:wishing|wanting)\b|long\s+story\s+short\b|lest\b|just\s+so\b|so\s+that\s+(?:we|you|everyone)\b|love\s+(?:it|them)\b|like\s+it\s+or\b|(?:re)?turning\s+(?:now\s+)?to\s+(?:the\s+)?(?:[\w-]+\s+){0,2}?(?:training|development|item|agenda|figures|numbers|statistics|data|qualifications|NPQs|courses|policy|matter|subject|question|uptake)\b|moving\s+on(?=,)"
    r"|against\s+(?:a|the|this|that)\s+(?:[\w-]+\s+)?(?:backdrop|background)\b|if\s+(?:memory|anyone|(?:I|we)\s+(?:may|might|can|could)|you['\u2019]ll|you\s+(?:ask|like|want|need|missed|blinked|doubt|wonder|are|were|have|had|thought|remember|prefer))\b|in\s+case\b|did\s+you\s+know\b|given\s+(?:the|all|how)\b)"
)
"""What opens a sentence before it comes to the matter: `By way of background,`."""
_REMARKS = lazy(
    rf"(?:^\W*|,\s+)(?:much\s+|rather\s+|somewhat\s+|a\s+little\s+)?to\s+(?:the|general|widespread|their|some|our)\s+(?:\w+\s+)?{_FEELINGS}\b(?:\s+(?:of|to|among|in|at)\s+[^,;.\d]{{3,60}}?)?{_END}"
    r"|^\W*in\s+the\s+(?:[\w-]+\s+)?(?:words|language|prose|jargon|parlance)\s+of\s[^,;.\d]{3,60},"
    r"|^\W*\w+\s+(?:as|though)\s+(?:it|this|that)\s+(?:may|might|will|must)\s[^,;.\d]{3,80},"
    r"|,\s+(?:bless\s+(?:him|her|them|us|their|my|your|its)\b|(?:quite\s+)?\w+ly,?\s+in\s+(?:my|our)\s+(?:view|opinion|book)|if\s+(?:I|we|you)(?:['\u2019]ll)?\s+(?:may|might|forgive|pardon|excuse|will)|for\s+(?:those|anyone|anybody|readers)\s+(?:keeping|counting|wondering|of)|no\s+(?:word|messing|less|kidding|lie))\b[^;.()\d]{0,60}(?=[.,;?!]|$)"
    r"|^\W*(?:under|with)\s+(?:the|these|those|this)\s+(?:[\w-]+\s+){0,3}?(?:rules?|regime|arrangements|policy|formula|plans|changes|administration)(?=,)"
    rf"|(?:^\W*|,\s+)(?:perhaps|maybe|no\s+doubt|hardly)\s+(?:not\s+)?(?:\w+ly|surprising){_END}"
    rf"|(?:^\W*|,?\s+)(?:in\s+spite\s+of|despite|notwithstanding)\s+[^,;.()\d]{{3,90}}?{_END}"
    r"|,\s+(?:after|once|because|now\s+that|although|though|even\s+(?:as|though)|just\s+as|at\s+a\s+time\s+when|in\s+a\s+year\s+when|whatever|however\s+much|so)"
    r"\s+[^;.()\d]{8,160}(?=[.;?!]|$)"
    rf"|(?:^\W*|,\s+)in\s+what\s+[^,;.\d]{{3,50}}?\s+(?:called|calls?|described\s+as|describes?\s+as|dubbed|labelled|branded|termed|saw\s+as)\s+[^,;.\d]{{3,80}}?{_END}"
    rf"|^\W*(?:up\s+and\s+down|(?:across|throughout)\s+the\s+length\s+and\s+breadth\s+of)\s+the\s+(?:land|country|nation){_END}"
    rf"|,\s+(?:an?|another|the\s+(?:latest|sort\s+of|kind\s+of))\s+(?:[\w-]+\s+){{0,2}}?{_THINGS}\s+(?:not|that|which|of\s+(?:the|our)\s+times|few|many|nobody|the|unions?|ministers?|critics|for)\b[^;.()\d]*(?=[.;?!]|$)"
    r"|(?:^\W*|,\s+)as\s+[^,;:.()\d]{3,60}?\s(?:have|has|puts?)\s+it(?=[,.])"
    rf"|^\W*{_OPENING}[^;:.()\d]{{0,90}}?,(?=\s)"
    r"|,\s+something\s+[^;.()\d]{5,120}(?=[.;?!]|$)|,\s+if\s+you\s+(?:please|like|will|can\s+believe\s+it)\b"
    r"|\s[\u2013\u2014-]\s(?:an?|the|which|and|not|yes|no|something|or)\s[^;.()\d\u2013\u2014]{3,140}(?=[.;?!]|$)"
    r"|\s[(\[](?:sic|sources?|see|per\s+the|so|yes|no|not\s+that|I|we|(?:my|our)\s+(?:emphasis|italics|analysis|calculations?|sums)|as"
    r"|the\s+(?:workings|details|figures|data|tables?|source|emphasis)|italics|emphasis|thank|sorry|more\s+on)\b[^()\[\]\d]{0,80}[)\]]"
    r"|,\s+(?:ladies\s+and\s+gentlemen|(?:dear\s+|gentle\s+)?readers?|folks|friends|colleagues|comrades|conference|my\s+lords|mr\s+speaker"
    r"|madam\s+deputy\s+speaker|minister)(?=[,.])"
    r"|,?\s+(?:we\s+were\s+told\s+)?in\s+(?:the\s+other|another)\s+place\b"
    r"|,\s+(?:it\s+(?:seems|appears|turns\s+out|emerged|transpires)|we\s+are\s+told|as\s+it\s+happens|as\s+you\s+(?:may|might|will)\s+\w+|apparently|alas|sadly|remarkably)(?=[,.])"
    r"|\s\((?:the|its|a|our)\s+(?:[\w-]+\s+){1,3}?(?:year|one|cohort|figure)\s+(?:before|after|since)\s+[^)\d]{3,60}\)",
    re.IGNORECASE,
)
"""What a sentence says by the way: `to the dismay of unions`, `despite the cuts`, `a point not lost on heads`."""
_LOOSE = lazy(
    r"\s[(\[](?:[\w\u2019'-]+,?\s+){2,14}[\w\u2019'-]+[!?]?[)\]](?=[.;?!]|$)"
    r"|,?\s+and,?\s+(?:[\w-]+,\s+)?(?:there|we|I|you|they|nobody|everyone|good|it|our|my|no\s+wonder|rightly|why)\s[^;.()\d]{5,140}(?=[.;?!]|$)"
    r"|,?\s+(?:hence|to\s+(?:use|borrow|quote|give|coin)|what\s+[^,;.()\d]{3,40}?\scalls?|runs?\s+the|reads?\s+the|whichever|wherever|whoever"
    r"|in\s+the\s+(?:\w+\s+)?(?:words|language|prose|jargon|parlance))\s[^;.,()\d]{3,100}(?=[.,;?!]|$)"
    r"|,\s+for\s+the\s+(?:avoidance\s+of\s+doubt|record)(?=[,.\s])|,\s+(?:my|our)\s+[\w-]+\s+(?:tells?|told|reckons?|says?|informs?)\s+(?:me|us)(?=[,.\s])"
    r"|\s[(\[](?:not|bless|pause|our|my|or|and|which|who|yes|thank|please|do|never|the)\s[^()\[\]\d]{2,80}[)\]]",
    re.IGNORECASE,
)
"""What it says by the way where nothing is named in it that a number could be of: `and there was cake`."""
_SAID_BY = lazy(
    r"^\W*(?:(?!\b(?:were|was|fell|rose|started|share|number|proportion|percentage|rate|total|schools|courses)\b)[^;:.()\d]){3,140}?"
    r"(?<!\bteachers)(?<!\bpeople)(?<!\bstaff)(?<!\bleaders)(?<!\bheads)(?<!\bthose)(?<!\byear)(?<!\ball)\s+that,?\s"
    r"(?=(?:the|an?|in|of|by|since|last|only|just|some|about|around|nearly|almost|over|more|fewer|NPQs?|starts|completions?|teachers|people|schools|participants)\b|\d)"
    r"|^\W*as\s+[^,;:.()\d]{3,60}?\s(?:had\s+|have\s+|has\s+)?(?:feared|predicted|warned|expected|noted|said|reported|hoped|pointed\s+out|observed|put\s+it|have\s+it|has\s+it)(?=,)",
    re.IGNORECASE,
)
"""Who says what follows: `Heads' leaders were quick to note that`, `As headteachers had feared,`."""
_LIMITS = lazy(
    r"\b(?:alone|itself|together|both|cohorts?|combin|exclud|remov|omit|left\s+out|leav|strip|discount|adjust|correct|includ|count|revis|round|without|only|tak(?:e|ing|en)\s+(?:out|away|off)|set\s+aside"
    r"|ignor|weight|except|apart\s+from|rather|not\s+(?:in|of|by|for|all|everyone|every|the)\b|mostly|mainly|share|proportion|compar|than|against(?!\s+(?:a|the|this|that)\s+(?:[\w-]+\s+)?back)"
    r"|most\s+of|all\s+of|none\s+of|half|double|twice|third|quarter|peak|record|high|low|target|first\s+time|estimat|project|forecast|plan\s|planned|provisional"
    r"|fall|fell|rise|rose|drop|increas|declin|decreas|higher|lower|fewer|more\b(?!\s+or\s+less)|up\s+on|down\s+on|nobody\s+(?:start|took|complet)|funded|eligib|applied|applicants?|registr|provider\s+data|survey)",
    re.IGNORECASE,
)
"""What makes more of a remark than that: it says which are counted, or sets a number beside others."""
_DENIES = lazy(
    r"\b(?:nobody|no\s+one|none|nothing|never|not|nor|neither|cannot|unlikely|untrue|false|wrong|myth|if|whether|would|could|should|might|may|den(?:y|ies|ied)|only|than|surveys?|polls?|targets?|(?:exclud|includ|count|compar|estimat|project|forecast|plan)\w*)\b|n['\u2019]t\b",
    re.IGNORECASE,
)
"""What makes it somebody who does not say so: `Nobody can show that`."""


def remarks(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Find what a sentence says by the way, from start to end of a text."""
    told = text[start:end]
    found = (match.span() for match in _REMARKS.finditer(told) if not _LIMITS.search(match[0]))
    return [(start + first, start + last) for first, last in found]


def loose(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Find what may be said by the way, if it names nothing that a number could be of."""
    found = (match for match in _LOOSE.finditer(text, start, end) if not _LIMITS.search(match[0]))
    return [match.span() for match in found]


def said_by(text: str, start: int, end: int) -> tuple[int, int]:
    """Find who says what a sentence says; an empty span where it does not say so."""
    match = _SAID_BY.match(text[start:end])
    is_told = match is not None and not _DENIES.search(match[0])
    return (start, start + match.end()) if match and is_told else (start, start)
