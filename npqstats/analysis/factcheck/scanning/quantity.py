"""A number in a text, and the interval in which a figure may lie that prints as this number."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number in a text."""

    start: int
    end: int
    quote: str
    kind: str
    """count; percent (a percentage or a fraction); points; factor (of an earlier figure); all or none."""
    value: float
    """In its unit: 30,000 for `30k`, 20 for `one in five`, 2 for `doubled`."""
    low: float
    high: float
    """A figure fits when it lies between these."""
    digits: int = 1
    """Significant digits: how much the number alone tells of which figure is meant."""
    hedge: str = ""
    """The kind of words before it: about, below, above or none."""
    direction: int = 0
    """1 for `doubled`, -1 for `halved`, else 0."""
    decimals: int = 0
    is_word: bool = False
    """Whether it is written in words."""
    is_fraction: bool = False
    """Whether it is a fraction or a multiple, which no figure has to meet exactly."""

    @property
    def unit(self) -> float:
        """The size of the last digit of a whole number that is not nought: 1,000 of 44,000."""
        digits = f"{self.value:.0f}"
        return 10.0 ** (len(digits) - len(digits.rstrip("0")))

    def fits(self, value: float) -> bool:
        """Whether a figure prints as this number."""
        slack = 1e-9 + abs(value) * 1e-12
        # What is exactly half-way rounds up: 4.5 prints as 5, not as 4.
        most = self.high + slack if self.hedge or self.is_fraction else self.high - slack
        return self.low - slack <= value <= (most if self.hedge == "under" else max(most, self.value))
