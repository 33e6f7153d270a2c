"""A checked text as a page: the text itself, each number marked, with its verdict beside it."""

import html
from collections.abc import Sequence

from npqstats.tables.html import whole
from npqstats.vocabulary.names import capitalised, plain
from npqstats.wording.factcheck import Checked
from npqstats.wording.verdicts import LABELS, MEANING, Verdict, summary

_STYLE = """\
body { font: 16px/1.6 Georgia, "Times New Roman", serif; color: #111; background: #fff; }
body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.4rem; } h2 { font-size: 1.1rem; margin-top: 2rem; }
.text { white-space: pre-wrap; overflow-wrap: anywhere; }
mark { background: #f3f2f1; color: inherit; padding: 0 .15em; border-bottom: 2px solid #111; }
mark.right { border-bottom-style: solid; } mark.reported { border-bottom-style: dashed; }
mark.unknown { border-bottom-style: dotted; }
mark.wrong, mark.mislabelled, mark.superseded, mark.misleading { border: 2px solid #111; background: #ffe9a8; }
mark sup { font: bold .7rem/1 Arial, sans-serif; padding-left: .2em; }
mark a { color: inherit; text-decoration: none; }
ol { padding-left: 2rem; } li { margin: .7rem 0; break-inside: avoid; overflow-wrap: anywhere; }
.label { font: bold .8rem Arial, sans-serif; border: 1px solid #111; padding: 0 .3em; }
.more { color: #444; font-size: .9rem; } code { font-size: .85rem; }
dt { font-weight: bold; } dd { margin: 0 0 .4rem 0; }
@media (min-width: 70rem) {
  body { max-width: 74rem; }
  main { display: grid; grid-template-columns: 40rem 1fr; gap: 2rem; }
}
@media print {
  body { margin: 0; max-width: none; }
  main { display: block; }
  mark { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
}
"""


def page(texts: Sequence[Checked]) -> str:
    """Write some texts as a page: each number marked with its place in the list beside it and its verdict in words."""
    body = "\n".join(_section(text, n) for n, text in enumerate(texts, 1))
    used = dict.fromkeys(one.verdict for text in texts for one in text)
    meanings = "".join(
        f"<dt>{LABELS[name]}</dt><dd>{html.escape(MEANING[name])}</dd>" for name in LABELS if name in used
    )
    total = html.escape(summary(one for text in texts for one in text))
    listed = f"<h2>What the words mean</h2><dl>{meanings}</dl>" if used else ""
    return whole("Checked text", _STYLE, f"<h1>Checked text</h1>\n<p>{total}</p>\n{body}\n{listed}")


def _section(text: Checked, section: int) -> str:
    title = f"<h2>{html.escape(plain(text.name))}</h2>\n" if text.name else ""
    items = "\n".join(_item(one, f"{section}-{n}") for n, one in enumerate(text, 1))
    listed = f"<ol>\n{items}\n</ol>" if len(text) else "<p>Nothing here is a claim about NPQ figures.</p>"
    about = f'<p class="more">{html.escape(capitalised(text.years))}.</p>' if len(text) else ""
    return f'{title}<main>\n<div class="text">{_marked(text, section)}</div>\n<div>{listed}{about}</div>\n</main>'


def _marked(text: Checked, section: int) -> str:
    out, index = [], 0
    for n, one in enumerate(text, 1):
        label = f'<sup><a href="#v{section}-{n}">{n}&nbsp;{LABELS[one.verdict]}</a></sup>'
        out.append(_shown(text.text[index : one.start]))
        out.append(
            f'<mark class="{one.verdict}" id="q{section}-{n}">{_shown(text.text[one.start : one.end])}{label}</mark>'
        )
        index = one.end
    out.append(_shown(text.text[index:]))
    return "".join(out)


def _shown(text: str) -> str:
    """Escape a part of a text, without what turns the order of reading or cannot be printed."""
    return html.escape(
        "".join(
            letter if letter.isprintable() or letter in "\n\t" else "\u00a0" if letter.isspace() else ""
            for letter in text
        )
    )


def _item(one: Verdict, index: str) -> str:
    more = [part for part in (f"Release {one.release}" if one.release else "", ", ".join(one.origins)) if part]
    detail = f'<div class="more">{html.escape("; ".join(more))}</div>' if more else ""
    command = f'<div class="more"><code>{html.escape(one.command)}</code></div>' if one.command else ""
    return (
        f'<li id="v{index}"><a href="#q{index}">{_shown(one.quote)}</a> '
        f'<span class="label">{LABELS[one.verdict]}</span> '
        f"{_shown(one.because)}{detail}{command}</li>"
    )
