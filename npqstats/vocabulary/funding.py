"""Who paid, and over what span a figure is counted: the two labels that every figure carries."""

from npqstats.vocabulary.names import folded, unknown

FUNDING: dict[str, str] = {
    "all": "funded and non-funded together",
    "funded": "paid by a DfE scholarship",
    "non-funded": "paid by the school or the participant",
}

BASIS: dict[str, str] = {
    "in-year": "counted within the one year",
    "cumulative": "counted once since autumn 2021, when the reformed NPQs began",
}

SERIES_BEGAN = 202122
"""First year of the reformed NPQs: there, cumulative and in-year figures are the same."""

_FUNDING_NAMES = {
    "all": ("all", "overall", "total"),
    "funded": ("funded", "dfe funded", "scholarship funded"),
    "non-funded": (
        *("non-funded", "not funded", "unfunded", "self-funded", "school-funded"),
        *("school-paid", "self-paid", "school or self paid"),
    ),
}
_BASIS_NAMES = {
    "in-year": ("in-year", "discrete", "yearly"),
    "cumulative": ("cumulative", "since 2021"),
}
FUNDING_BY_NAME = {folded(name): code for code, names in _FUNDING_NAMES.items() for name in names}
BASIS_BY_NAME = {folded(name): code for code, names in _BASIS_NAMES.items() for name in names}


def funding(name: str) -> str:
    """Find a kind of funding by any of its names.

    Raises:
        UsageError: Nothing is called so.

    >>> funding("school-paid")
    'non-funded'
    """
    if folded(name) not in FUNDING_BY_NAME:
        raise unknown("funding", name, FUNDING)
    return FUNDING_BY_NAME[folded(name)]


def basis(name: str) -> str:
    """Find a basis by any of its names: `in-year` (published as Discrete) or `cumulative`.

    Raises:
        UsageError: Nothing is called so.
    """
    if folded(name) not in BASIS_BY_NAME:
        raise unknown("basis", name, BASIS)
    return BASIS_BY_NAME[folded(name)]
