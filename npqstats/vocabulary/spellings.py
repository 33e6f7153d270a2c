"""How a label about a course is read: its significant words in one spelling each, and the codes in it."""

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from npqstats.vocabulary.names import clean

_TABLE = tomllib.loads(Path(__file__).with_name("spellings.toml").read_text("utf-8"))
_SPELLING = {
    phrase: word for word, phrases in _TABLE["spellings"].items() for phrase in (word.replace("-", " "), *phrases)
}
_PHRASES = re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, _SPELLING), key=len, reverse=True))})\b")
_LEGACY = re.compile(_TABLE["reading"]["legacy"])
FILLERS, REMARKS, REFUSALS, COURSE_LIKE, SUBTOTALS, UNKNOWN = (
    frozenset(_TABLE["reading"][name])
    for name in ("fillers", "remarks", "refusals", "course_like", "subtotals", "unknown")
)

_MARKS = re.compile("[*†‡§¶^#™®]|[¹²³⁰⁴-⁹₀-₉]+")
_NOTES = re.compile(
    r"\[[^\[\]]{0,8}\]|\[\s*(?:foot)?notes? [^\[\]]{1,6}\]"  # [1], [note 1]
    r"|\(\s*(?:(?:see )?(?:foot)?notes? )?(?:\d{1,2}(?:\s*[,;]\s*\d{1,2})*|[a-z])\s*\)"  # (1), (a), (note 2)
    r"|\b(?:see )?(?:foot)?notes? \d{1,2}$"
    r"|(?<=[a-z)\]])[\s,]*\b\d{1,2}(?:\s*,\s*\d{1,2})*$|(?<=[a-z])\d{1,2}(?:\s*,\s*\d{1,2})*$"
)
_SINCE = re.compile(r"\b(?:(?:new|introduced|started|starting|launched|available|offered|only) )*(?:from|since|in)"
                    r"(?: [a-z]{3,9})? \d{4}(?:[-/]\d{2,4})?(?: onwards?)?$")  # fmt: skip
_DASH = "[-\u2010-\u2015\u2212]"
_PARTS = re.compile(rf"[()\[\]{{}}:;|,\u2013\u2014]|\s/+\s|\s{_DASH}+\s?|{_DASH}+\s")


_PLURAL = frozenset({"NPQS"})
"""A code that is the plural of NPQ, too: a code only in capitals, alone or in brackets."""


@dataclass(frozen=True)
class Reading:
    """A label taken apart."""

    words: frozenset[str]
    """Significant words, each in one spelling, without the codes."""
    codes: frozenset[str]
    """Codes of courses, in capitals."""
    bracketed: frozenset[str]
    """Those of the codes that are in brackets of their own."""
    says_npq: bool
    is_legacy: bool
    """Whether it says that it is of the suite of 2017."""


def tokens(label: str) -> list[str]:
    """Split a label into words in lower case, without footnote marks and punctuation."""
    return re.findall(r"[^\W_]+", _without_notes(label))


def _without_notes(label: str) -> str:
    text = _MARKS.sub(" ", clean(label))
    text = clean(unicodedata.normalize("NFKC", text)).casefold().replace("’", "'").replace("&", " and ")
    text = re.sub(r"\b((?:[a-z]\.){2,})", lambda match: match[1].replace(".", ""), text)
    text = re.sub(r"\bsen\s?\(d\)\s?|\bsen/d\b\s?", lambda m: "send" + (" " if m[0].endswith((" ", "d")) else ""), text)
    text = re.sub(r"'s\b|'", "", text)
    before = ""
    while before != text:
        before, text = text, clean(_NOTES.sub(" ", text))
    return text


@lru_cache(maxsize=4096)
def read(label: str, codes: frozenset[str]) -> Reading:
    """Take a label apart.

    Args:
        label: As published or typed.
        codes: What counts as the code of a course, in capitals.
    """
    text = _without_notes(label)
    is_legacy = _LEGACY.search(text) is not None
    text = clean(_SINCE.sub(" ", _LEGACY.sub(" ", text)))
    bracketed = {found.upper() for found in re.findall(r"[(\[]\s*([a-z]+)\s*[)\]]", text)} & (codes - _PLURAL)
    words: list[str] = []
    for part in _PARTS.split(text):
        of_part = re.findall(r"[^\W_]+", part)
        if not all(word in REMARKS or word.isdigit() for word in of_part):
            words += of_part
    spelt = _PHRASES.sub(lambda match: _SPELLING[match[0]], " ".join(words)).split()
    found = {word.upper() for word in spelt} & codes
    found |= {f"NPQ{after}".upper() for word, after in pairwise(spelt) if word == "npq"} & codes
    if re.search(r"^NPQS$|\(NPQS\)", clean(_MARKS.sub(" ", label))):
        found |= codes & _PLURAL
        bracketed |= codes & _PLURAL
    used = {code.lower() for code in found} | {code.lower().removeprefix("npq") for code in found}
    kept = {word for word in spelt if word not in FILLERS and word not in used}
    if {"sen", "coordinator"} <= kept or "senco" in kept:
        kept = kept - {"sen", "coordinator"} | {"senco"}
    return Reading(
        words=frozenset(kept),
        codes=frozenset(found),
        bracketed=frozenset(bracketed),
        says_npq="npq" in spelt or any(code.startswith("NPQ") for code in found),
        is_legacy=is_legacy,
    )


_LEADS = frozenset({"leader", "leadership", "leading"})


def loosely(words: frozenset[str]) -> frozenset[str]:
    """Reduce words to what tells NPQs apart: who leads is beside the point, and heads are in headship."""
    return frozenset("headship" if word in ("head", "headteacher") else word for word in words - _LEADS)
