"""The publisher's breakdowns and groups under one name each, through renamings."""

import re
import tomllib
from collections.abc import Collection
from functools import cache
from pathlib import Path

from npqstats.vocabulary.names import clean, folded, slug

OVERALL = "overall"
"""The slug of a total: as breakdown and as group."""
_TABLE = tomllib.loads(Path(__file__).with_name("breakdowns.toml").read_text("utf-8"))
BREAKDOWNS: dict[str, tuple[str, ...]] = {entry["slug"]: tuple(entry["names"]) for entry in _TABLE["breakdown"]}
"""The names of every breakdown by its slug, as printed or typed, the newest printed one first."""
_ROLE_WORDS = frozenset(_TABLE["role_words"])
_DASHES = re.compile("[\u2010-\u2015\u2212\ufe58\ufe63\uff0d-]")
_FOOTNOTE = re.compile(r"\s*(?:\[[\w ,]{1,8}\]|\((?:note )?\d{1,2}\)|[*†‡§¹²³⁴-⁹]+)$")


@cache
def _by_name() -> dict[str, str]:
    return {folded(name): known for known, names in BREAKDOWNS.items() for name in (known, *names)}


def canonical(label: str, among: Collection[str] = ()) -> str:
    """Find the slug of a breakdown by any name it has had; the same for files and for users.

    Args:
        label: As published or as typed, with or without a footnote mark.
        among: Labels or slugs of every breakdown in the same file or data. Where two names of one breakdown are both
            there, they are two breakdowns: the first in the vocabulary has the shared slug, the other that of its name.

    Returns:
        The slug; for a breakdown that is not known, its label as words joined by hyphens.

    >>> canonical("Age Category"), canonical("School phase*type"), canonical("Region of birth")
    ('age', 'phase-and-type', 'region-of-birth')
    >>> [canonical(label, ("Role", "Grade")) for label in ("Role", "Grade")]
    ['role', 'grade']
    """
    own = _plain_slug(label)
    known = _by_name().get(folded(own))
    if known is None:
        return own
    printed = {other for other in map(_plain_slug, among) if _by_name().get(folded(other)) == known}
    order = [folded(name) for name in (known, *BREAKDOWNS[known])]
    is_second = own in printed and any(order.index(folded(other)) < order.index(folded(own)) for other in printed)
    return own if is_second else known


def _plain_slug(label: str) -> str:
    text = clean(label)
    return slug(_FOOTNOTE.sub("", text)) or slug(text) or group_slug(text)


def label_of(breakdown: str) -> str:
    """The newest printed name of a breakdown; for one that is not known, its slug as words.

    >>> label_of("age"), label_of("region-of-birth")
    ('Age group', 'Region of birth')
    """
    return BREAKDOWNS.get(breakdown, (breakdown.replace("-", " ").capitalize(),))[0]


def is_role_breakdown(label: str) -> bool:
    """Whether a breakdown is by what people do at school, where Headship is a role and no course.

    >>> is_role_breakdown("Job role"), is_role_breakdown("NPQ course")
    (True, False)
    """
    return not _ROLE_WORDS.isdisjoint(re.findall(r"[^\W_]+", clean(label).casefold()))


def group_slug(label: str) -> str:
    """Return the slug of a group: the same for labels that look the same, and for no other.

    Case, white space, invisible characters and the kind of dash do not count; any other punctuation does, for it may be
    all that tells two groups apart. Words are joined by hyphens, a dash of the label's own is an underscore.

    >>> [group_slug(label) for label in ("Full  time", "Primary - Academies", "<30", ">30", "30+")]
    ['full-time', 'primary-_-academies', '<30', '>30', '30+']
    """
    words = clean(clean(label).casefold().replace("_", " "))
    return _DASHES.sub("_", words).replace(" ", "-")
