"""How numbers are rounded and written: the one place for both."""

from decimal import ROUND_HALF_UP, Decimal

MINUS = "\u2212"
"""The minus sign for people; machine formats keep the hyphen."""
MISSING = "\u2013"
"""Stands where no figure is known."""


def rounded(value: float, decimals: int = 0) -> Decimal:
    """Round half away from zero, on the decimal text of the value.

    >>> [str(rounded(value, places)) for value, places in ((2.5, 0), (0.125, 2), (39.65, 1), (1.005, 2))]
    ['3', '0.13', '39.7', '1.01']
    """
    return Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def decimals_of(unit: str) -> int:
    """Decimals that a figure in `unit` is printed with: one for percentages, none for counts."""
    return 1 if unit in ("%", "pp") else 0


def number(value: float | None, unit: str = "") -> str:
    """Write a figure for people: commas from 1,000; one decimal for `%` and `pp`; a dash for None.

    >>> number(43840), number(5.0, "%"), number(None)
    ('43,840', '5.0%', '–')
    """
    if value is None:
        return MISSING
    text = f"{rounded(value, decimals_of(unit)) + 0:,f}".replace("-", MINUS)  # + 0: there is no minus zero
    return f"{text}%" if unit == "%" else text


def signed(value: float | None, unit: str = "") -> str:
    """Write a change for people, rises with a plus sign; nothing for None; no sign where it rounds to nothing.

    >>> signed(-14022), signed(167.6, "%"), signed(-2.84, "pp"), signed(0.04, "%")
    ('−14,022', '+167.6%', '−2.8', '0.0%')
    """
    if value is None:
        return ""
    size = rounded(abs(value), decimals_of(unit))
    sign = "" if size == 0 else "+" if value > 0 else MINUS
    return sign + number(float(size), unit)


def ordinal(rank: int) -> str:
    """Write a rank.

    >>> ordinal(1), ordinal(12), ordinal(23), ordinal(111)
    ('1st', '12th', '23rd', '111th')
    """
    teen = rank % 100 in (11, 12, 13)
    return f"{rank}{'th' if teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(rank % 10, 'th')}"
