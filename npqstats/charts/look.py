"""The colours of the Government Analysis Function's accessible palette, for a light page and for a dark one."""

from dataclasses import dataclass

from npqstats.vocabulary.names import unknown


@dataclass(frozen=True, kw_only=True)
class Look:
    """The colours of one theme; text differs from its ground by at least 4.5 to 1, lines and bars from theirs by 3."""

    ground: str
    text: str
    quiet: str
    """Text of less weight: subtitle, axes, notes."""
    grid: str
    series: tuple[str, str, str, str]
    """Lines and bars in their order; never more than four, never told apart by colour alone."""
    steps: tuple[str, str, str, str]
    """One hue from little to much; neighbours differ by less than 3 to 1, so that each has an outline and its value."""
    context: str
    """Marks that stand behind the others, always with a label or an outline."""
    outline: str
    shade: str
    """A band behind the plot."""


LOOKS = {
    "light": Look(
        ground="#ffffff",
        text="#0b0c0c",
        quiet="#3d3d3d",
        grid="#d9d9d9",
        series=("#12436d", "#f46a25", "#801650", "#28a197"),
        steps=("#d3e6f7", "#6bace6", "#2073bc", "#12436d"),
        context="#bfbfbf",
        outline="#6f777b",
        shade="#f0f1f2",
    ),
    "dark": Look(
        ground="#14181c",
        text="#f3f2f1",
        quiet="#cfd3d6",
        grid="#3b4248",
        series=("#6bace6", "#f58a50", "#e091c0", "#4fc4ba"),
        steps=("#1b3a57", "#2a6aa5", "#6bace6", "#d3e6f7"),
        context="#6f777b",
        outline="#a6adb2",
        shade="#21272d",
    ),
}
"""Themes by name. In print and on a light page: the palette itself; on a dark page: lighter tints of it."""


def look(name: str) -> Look:
    """Find a theme.

    Raises:
        UsageError: There is none of that name.
    """
    if name not in LOOKS:
        raise unknown("theme", name, LOOKS)
    return LOOKS[name]


def contrast(colour: str, other: str) -> float:
    """Give the contrast ratio of two colours, 1 to 21, as WCAG 2.2 defines it.

    >>> round(contrast("#ffffff", "#12436d"), 2)
    10.25
    """
    light, dark = sorted((_luminance(colour), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))
