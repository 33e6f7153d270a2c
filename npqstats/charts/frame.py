"""What stands round every plot: the finding and what is counted above it, notes and source below it."""

from dataclasses import replace

from npqstats.charts.canvas import LARGE, LEADING, PLAIN, SMALL, Canvas
from npqstats.charts.chart import Chart
from npqstats.charts.drawing import Box, Drawing
from npqstats.charts.look import Look
from npqstats.charts.sizes import Size

_MARGIN = 16
_MOST = 0.46
"""How much of the height header and foot may take together; notes that do not fit stand in the other files."""
_ELSEWHERE = "For further notes, see the chart's data."


def drawing(chart: Chart, size: Size, look: Look) -> Drawing:
    """Lay out a chart.

    Args:
        chart: What to draw.
        size: In pixels of a web page.
        look: The theme.
    """
    drawn = Drawing(size, look.ground)
    chart.paint(_framed(chart, Canvas(drawn, look, Box(0, 0, *size))))
    return drawn


def _framed(chart: Chart, canvas: Canvas) -> Canvas:
    margin = canvas.px(_MARGIN)
    room = canvas.size.width - 2 * margin
    top = _header(chart, canvas, margin, room)
    bottom = _foot(chart, canvas, margin, room, highest=top - (1 - _MOST) * canvas.size.height)
    return replace(canvas, plot=Box(margin, bottom, margin + room, top))


def _header(chart: Chart, canvas: Canvas, margin: float, room: float) -> float:
    y = canvas.size.height - margin
    for words, size, is_bold, most, colour in (
        (chart.title, LARGE, True, 3, canvas.look.text),
        (chart.subtitle, PLAIN, False, 3, canvas.look.quiet),
    ):
        lines = canvas.lines(words, room, size=size, bold=is_bold, most=most)
        canvas.words((margin, y), lines, size=size, bold=is_bold, colour=colour, vertical="top")
        y -= canvas.px(size) * LEADING * len(lines) + canvas.px(3)
    return y - canvas.px(8)


def _foot(chart: Chart, canvas: Canvas, margin: float, room: float, highest: float) -> float:
    """Write as many notes as fit, and the source; give how high they reach."""
    step = canvas.px(SMALL) * LEADING
    credit = canvas.lines(chart.credit, room, size=SMALL)
    notes = [canvas.lines(note, room, size=SMALL) for note in chart.notes]
    left = max(1, int((highest - margin) / step)) - len(credit)
    kept = [line for note in notes for line in note]
    if len(kept) > left:
        kept = []
        for note in notes:
            if len(kept) + len(note) >= left:
                break
            kept += note
        kept += canvas.lines(_ELSEWHERE, room, size=SMALL)
    lines = [*kept, *credit]
    y = margin + step * len(lines)
    canvas.words((margin, y), lines, size=SMALL, colour=canvas.look.quiet, vertical="top")
    return y + canvas.px(8)
