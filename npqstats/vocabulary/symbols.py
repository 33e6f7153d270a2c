"""What stands in a cell instead of a number. A symbol is never zero."""

SYMBOLS: dict[str, str] = {
    "low": "not 0, rounds to 0",
    "k": "not 0, rounds to 0",
    "u": "of low reliability: fewer than 30 people",
    "c": "confidential: withheld by the publisher",
    "x": "not available",
    "z": "not applicable",
}
