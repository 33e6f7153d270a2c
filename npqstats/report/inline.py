"""A chart within a page: one drawing whose colours follow the page's theme, whose ids are its own."""

import re
from dataclasses import fields
from xml.etree import ElementTree

from npqstats.charts.chart import Chart
from npqstats.charts.look import LOOKS, Look
from npqstats.charts.text import drawable

_SPACE = "{http://www.w3.org/2000/svg}"
_LINK = "{http://www.w3.org/1999/xlink}href"
_REFERENCE = re.compile(r"#([\w.-]+)")
_UPRIGHT = re.compile(r"rotate\(-?0 ")
_DROPPED = {"font-family"}
"""The page's own fonts are taken; the picture leaves room for the widest."""
_GAP = 4
"""Pixels kept between the plot and the header or foot that the page writes itself."""

_PREFIX = "--chart-"
_PAINTS = {"fill", "stroke"}

Element = ElementTree.Element


def inline(svg: bytes, chart: Chart, slug: str) -> str:
    """Make a drawing fit to stand in a page.

    Title, subtitle, notes and source are taken out, for the page writes them as text that flows. Styles become
    attributes, so that the page may forbid styles it does not know and set colours by theme.

    Args:
        svg: The chart in the light theme.
        chart: What was drawn.
        slug: Put before every id; tells the charts of a page apart.
    """
    root = ElementTree.fromstring(svg)
    width, height = (float(root.get(side, "0")) for side in ("width", "height"))
    top, bottom = _bared(root, chart, height)
    parents = {child: parent for parent in root.iter() for child in parent}
    for style in root.findall(f".//{_SPACE}style"):
        parents[style].remove(style)
    for element in root.iter():
        _plainly(element)
    _unpaint(root)
    used = {found for element in root.iter() for value in element.attrib.values() for found in _pointed_at(value)}
    for element in root.iter():
        _name(element, used, slug)
    for name in ("title", "desc"):
        for element in root.findall(name):
            element.set("id", f"{slug}-{name}")
    root.attrib |= {
        "viewBox": f"0 {top:g} {width:g} {bottom - top:g}",
        "width": f"{width:g}",
        "height": f"{bottom - top:g}",
        "aria-labelledby": f"{slug}-title {slug}-desc",
        "stroke-linejoin": "round",
        "class": " ".join(_palettes(root)),
    }
    _drop_empty(root)
    return ElementTree.tostring(root, encoding="unicode")


def colours(theme: str) -> dict[str, str]:
    """Give the colours of a theme by the names that the page knows them by, such as `--chart-series-1`."""
    found: dict[str, str] = {}
    for field in fields(Look):
        value = getattr(LOOKS[theme], field.name)
        values = {field.name: value} if isinstance(value, str) else _numbered(field.name, value)
        found |= {f"{_PREFIX}{name}": colour for name, colour in values.items()}
    return found


def rules() -> str:
    """Write the style rules that give a drawing of the light theme the colours of the page's theme.

    A colour that stands in two palettes is of the first one, but in a drawing that uses the second.
    """
    seen: set[str] = set()
    lines = []
    for name, colour in colours("light").items():
        within = f".chart .{_palette(name)}" if colour in seen else ".chart"
        lines += [f'{within} [{paint}="{colour}"] {{ {paint}: var({name}) }}' for paint in sorted(_PAINTS)]
        seen.add(colour)
    return "\n".join(lines)


def _numbered(name: str, values: tuple[str, ...]) -> dict[str, str]:
    return {f"{name}-{number}": value for number, value in enumerate(values, start=1)}


def _palette(name: str) -> str:
    return name.removeprefix(_PREFIX).partition("-")[0]


def _palettes(root: Element) -> list[str]:
    """Name the palettes of which a drawing uses a colour that no other palette has."""
    light = colours("light")
    palettes: dict[str, set[str]] = {}
    for name, colour in light.items():
        palettes.setdefault(colour, set()).add(_palette(name))
    used = {element.get(paint, "") for element in root.iter() for paint in _PAINTS}
    own = [next(iter(found)) for colour, found in palettes.items() if len(found) == 1 and colour in used]
    return sorted(set(own))


def _bared(root: Element, chart: Chart, height: float) -> tuple[float, float]:
    """Take header and foot out; give where the plot begins and ends, from the top.

    A drawing that does not begin with the chart's own header and foot is left whole.
    """
    texts = list(root.iter(f"{_SPACE}text"))
    header = _spelling(texts, chart.title + chart.subtitle)
    foot = _spelling(texts[header:], chart.credit)
    if not header or not foot:
        return 0, height
    parents = {child: parent for parent in root.iter() for child in parent}
    top = max(float(text.get("y", "0")) for text in texts[:header]) + _GAP
    highest = min(texts[header : header + foot], key=lambda text: float(text.get("y", "0")))
    bottom = float(highest.get("y", "0")) - _size(highest) - _GAP / 2
    for text in texts[: header + foot]:
        parents[text].remove(text)
    return top, bottom


def _spelling(texts: list[Element], ending: str) -> int:
    """Count the lines from the first up to the one that ends as told; none if none does."""
    wanted, said = _squashed(drawable(ending)), ""
    for count, text in enumerate(texts, start=1):
        said += _squashed(text.text or "")
        if said.endswith(wanted):
            return count
    return 0


def _squashed(text: str) -> str:
    return "".join(text.split())


def _size(text: Element) -> float:
    found = re.search(r"font-size: ([\d.]+)px", text.get("style", ""))
    return float(found[1]) if found else 0


def _plainly(element: Element) -> None:
    """Write an element as HTML has it: no name spaces, no style but attributes, no needless breaks and turns."""
    element.tag = element.tag.removeprefix(_SPACE)
    if _LINK in element.attrib:
        element.set("href", element.attrib.pop(_LINK))
    for declaration in element.attrib.pop("style", "").split(";"):
        name, _, value = (part.strip() for part in declaration.partition(":"))
        if value and name not in _DROPPED:
            element.set(name, value)
    if _UPRIGHT.match(element.get("transform", "")):
        del element.attrib["transform"]
    if "d" in element.attrib:
        element.set("d", " ".join(element.get("d", "").split()))


def _unpaint(root: Element) -> None:
    """Leave the colours of a marker to the places that use it: rules of the page do not reach into its copies."""
    shapes = {f"#{shape.get('id')}": shape for shape in root.iter() if "id" in shape.attrib}
    for copy in root.iter("use"):
        for paint in _PAINTS & copy.attrib.keys():
            shapes[copy.get("href", "")].attrib.pop(paint, None)


def _name(element: Element, used: set[str], slug: str) -> None:
    """Put the slug before the id of an element that others point to, and before the ids that it points to."""
    if element.attrib.get("id") in used:
        element.set("id", f"{slug}-{element.get('id')}")
    else:
        element.attrib.pop("id", None)
    for name, value in element.attrib.items():
        if _pointed_at(value):
            element.set(name, _REFERENCE.sub(rf"#{slug}-\1", value))


def _pointed_at(value: str) -> list[str]:
    """Find the ids that an attribute points to."""
    is_colour = re.fullmatch(r"#[0-9a-f]{6}", value)
    return _REFERENCE.findall(value) if value.startswith(("#", "url(#")) and not is_colour else []


def _drop_empty(root: Element) -> None:
    """Drop groups that hold nothing any more, and the line breaks between elements."""
    for element in list(root.iter()):
        element.tail = None
        if len(element) and not (element.text or "").strip():
            element.text = None
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag in ("g", "defs") and not len(child):
                parent.remove(child)
