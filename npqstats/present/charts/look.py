"""The colours of the Government Analysis Function's accessible palette, for a light page and for a dark one."""

from dataclasses import dataclass

from npqstats.vocabulary.names import unknown


@dataclass(frozen=True, kw_only=True)
class Look:
    """The colours of one theme; every pair that touches differs by at least 3 to 1, text from its ground by 4.5."""

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
