"""A chart as files: .svg, .png, .alt.txt and .csv, all or none, the same bytes each time."""

import re
from collections.abc import Mapping
from html import escape
from pathlib import Path

from npqstats.charts.ahead import Pictures, here
from npqstats.charts.chart import Chart
from npqstats.charts.frame import drawing
from npqstats.charts.look import LOOKS, Look
from npqstats.charts.sizes import PRESS, Size
from npqstats.errors import UsageError
from npqstats.store.atomic import write_files
from npqstats.tables.machine import csv
from npqstats.tables.sheet import with_text
from npqstats.vocabulary.names import plain

SUFFIXES = (".svg", ".png", ".alt.txt", ".csv")
_OPENING = re.compile(r'<svg [^>]*width="[^"]*" height="[^"]*"[^>]*>')


def contents(
    chart: Chart, size: Size = PRESS, look: Look = LOOKS["light"], pictures: Pictures = here
) -> dict[str, bytes]:
    """Draw a chart and give what its files hold, by suffix.

    Args:
        chart: What to draw.
        size: In pixels of a web page.
        look: The theme.
        pictures: What makes SVG and PNG of a drawing.
    """
    svg, png = pictures(drawing(chart, size, look), plain(chart.title), plain(chart.alt))
    return {
        ".svg": described(svg, chart, size).encode(),
        ".png": png,
        ".alt.txt": chart.text_alternative.encode(),
        ".csv": csv(with_text(chart.data)),
    }


def described(svg: str, chart: Chart, size: Size) -> str:
    """Give a drawing its size in pixels, its title and its text alternative."""
    wide, high = size
    opening = (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" role="img" '
        f'width="{wide}" height="{high}" viewBox="0 0 {wide} {high}">\n'
        f" <title>{escape(plain(chart.title))}</title>\n <desc>{escape(plain(chart.alt))}</desc>"
    )
    _, _, body = svg.partition("<svg ")
    return '<?xml version="1.0" encoding="utf-8"?>\n' + _OPENING.sub(lambda _: opening, f"<svg {body}", count=1)


def stem(out: str | None, kind: str) -> Path:
    """Settle where the files of a chart go: a folder, or a path to which the suffixes are put.

    Args:
        out: As a user writes it; a suffix of ours at its end is dropped.
        kind: Names the files where `out` is a folder or None.

    Raises:
        UsageError: The folder does not exist.
    """
    path = Path(out or ".")
    if path.is_dir():
        return path / kind
    if (out or "").endswith("/") or not path.parent.is_dir():
        raise UsageError(f"{out} is in a folder that does not exist.", "Name a folder that is there.")
    ending = next((suffix for suffix in SUFFIXES if path.name.endswith(suffix) and path.name != suffix), "")
    return path.with_name(path.name.removesuffix(ending))


def save(contents: Mapping[str, bytes], stem: Path) -> list[Path]:
    """Write the files of a chart beside each other, all or none.

    Args:
        contents: By suffix, as `contents` gives.
        stem: Folder and name without suffix.

    Raises:
        DataError: One cannot be written; what stood there before still stands.
    """
    paths = {stem.with_name(stem.name + suffix): content for suffix, content in contents.items()}
    write_files(paths)
    return list(paths)
