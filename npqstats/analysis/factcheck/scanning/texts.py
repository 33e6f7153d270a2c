"""Texts out of files: plain text and Markdown as they are; HTML, .docx and PDF as a reader sees them."""

import io
import re
import zipfile
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

from npqstats.errors import DataError
from npqstats.vocabulary.patterns import lazy

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

MOST_BYTES = 30_000_000
"""Larger files are not read: an article has some thousand characters."""
MOST_UNPACKED = 100_000_000
MOST_PAGES = 500
MOST_DEPTH = 1000
_MOST_COLUMNS = 30
_HIDDEN = ["script", "style", "template", "noscript", "svg", "head", "iframe", "object", "nav", "select", "form"]
_BLOCK_TAGS = """
address article aside blockquote dd details div dl dt fieldset figcaption figure footer header hr main ol p pre
section summary table caption ul body html
"""
_BLOCKS = frozenset(_BLOCK_TAGS.split())
_TAG = lazy(r"</?[A-Za-z!][^<>]{0,2000}>")
_VOID = lazy(
    r"<(?:br|img|hr|meta|link|input|source|wbr|col|area|base|embed|track|p|li|td|th|tr|dt|dd|option)\b", re.IGNORECASE
)
_BROKEN = (
    *(AttributeError, TypeError, ValueError, LookupError, ArithmeticError, OSError, RecursionError, MemoryError),
    *(NotImplementedError, zipfile.BadZipFile),
)
"""What a library may raise of a damaged file."""
_HEADINGS = {f"h{n}": n for n in range(1, 7)}


def read(path: Path) -> str:
    """Read the text of a file; what kind of file it is, its first bytes say, else its suffix.

    Raises:
        DataError: The file cannot be read, is too large, or is not what it seems to be.
    """
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise DataError(f"{path} has {size:,} bytes.", f"Files of up to {MOST_BYTES:,} bytes are read.")
        content = path.read_bytes()
    except OSError as error:
        raise DataError(
            f"{path} cannot be read: {error.strerror or error}.",
            "Name an existing file, or give the passage itself with --text.",
        ) from error
    return of_bytes(content, str(path), path.suffix.lower())


def of_bytes(content: bytes, name: str, suffix: str = "") -> str:
    """Read the text of a file's content.

    Raises:
        DataError: It is damaged, or of a kind that is not read.
    """
    if content.startswith(b"%PDF") or suffix == ".pdf":
        return _guarded(_pdf, content, name, "PDF")
    if suffix == ".docx" or content.startswith(b"PK\x03\x04"):
        return _guarded(_docx, content, name, ".docx file")
    text = _decoded(content, name)
    if suffix in (".html", ".htm", ".xhtml") or re.match(
        r"\s*<(?:!doctype\s+html|html|head|body)\b", text[:500], re.IGNORECASE
    ):
        return html(text)
    return text


def _decoded(content: bytes, name: str) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace").replace("\r\n", "\n")
    if b"\x00" in content[:4096]:
        raise DataError(f"{name} is not a text.", "Plain text, Markdown, HTML, .docx and PDF are read.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _guarded(reader: Callable[[bytes], str], content: bytes, name: str, kind: str) -> str:
    """Run a reader of a library; whatever a damaged file makes it raise, say so in one line."""
    try:
        return reader(content)
    except DataError as error:
        raise DataError(f"{name}: {error.message}", error.hint) from error
    except _BROKEN as error:
        raise _damaged(name, kind, error) from error
    except Exception as error:
        if type(error).__module__.split(".")[0] not in ("pypdf", "docx", "lxml", "zlib"):
            raise
        raise _damaged(name, kind, error) from error


def _damaged(name: str, kind: str, error: Exception) -> DataError:
    reason = str(error).strip().splitlines()
    return DataError(
        f"{name} is not a {kind} that can be read{f': {reason[0][:120]}' if reason else ''}.",
        "Save it again, or as plain text.",
    )


def _pdf(content: bytes) -> str:
    import logging

    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    reader = PdfReader(io.BytesIO(content))
    if reader.is_encrypted and not reader.decrypt(""):
        raise DataError("the PDF is encrypted.", "Save it without a password.")
    if len(reader.pages) > MOST_PAGES:
        raise DataError(f"the PDF has {len(reader.pages):,} pages.", f"Up to {MOST_PAGES} pages are read.")
    return "\n\n".join(page.extract_text() for page in reader.pages)


def _docx(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        size = sum(member.file_size for member in archive.infolist())
        if size > MOST_UNPACKED or len(archive.infolist()) > 5000:
            raise DataError(f"it unpacks to {size:,} bytes.", f"Up to {MOST_UNPACKED:,} bytes are unpacked.")
        if "word/document.xml" not in archive.namelist():
            raise DataError("it is not a Word document.", "Plain text, Markdown, HTML, .docx and PDF are read.")
    from docx import Document
    from docx.table import Table

    parts = []
    for item in Document(io.BytesIO(content)).iter_inner_content():
        if isinstance(item, Table):
            parts.append(
                "\n".join(
                    "".join(f"| {cell.text.replace(chr(10), ' ')} " for cell in row.cells) + "|" for row in item.rows
                )
            )
        elif item.text.strip():
            style = (item.style.name if item.style is not None else "") or ""
            parts.append(
                f"# {item.text}"
                if style.startswith(("Heading", "Title"))
                else f"- {item.text}"
                if "List" in style
                else item.text
            )
    return "\n\n".join(parts)


def html(source: str) -> str:
    r"""Return the text of a page as a reader sees it: a blank line between blocks, rows of tables with bars.

    >>> html("<h1>Starts</h1><p>They fell to <b>29,818</b>.</p><script>alert(1)</script>")
    '# Starts\n\nThey fell to 29,818.'
    """
    if _depth(source) > MOST_DEPTH:
        return re.sub(r"\n{3,}", "\n\n", unescape(_TAG.sub("\n", source))).strip()
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(source)
    for node in tree.css(", ".join(_HIDDEN)):
        node.decompose()
    for mark in tree.css("sup"):
        if not mark.text().strip().isalpha():
            mark.decompose()  # A footnote's mark is no part of the number before it.
    out: list[str] = []
    if tree.body is not None:
        _walk(tree.body, out)
    text = re.sub(r"[ \t\u00a0]*\n[ \t]*", "\n", re.sub(r"[ \t]{2,}", " ", "".join(out)))
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def _depth(source: str) -> int:
    """Say how deep the elements of a page lie at most, roughly: parsers take very long over very deep pages."""
    depth = deepest = 0
    for match in _TAG.finditer(source):
        tag = match[0]
        depth += -1 if tag.startswith("</") else 0 if tag.endswith("/>") or tag[1:2] == "!" or _VOID.match(tag) else 1
        deepest = max(deepest, depth)
    return deepest


def _walk(root: "LexborNode", out: list[str]) -> None:
    """Write the text below a node, without recursion: pages nest as deep as they like."""
    stack: list[tuple[LexborNode | None, str]] = [(root, "")]
    while stack:
        node, after = stack.pop()
        if node is None:
            out.append(after)
            continue
        tag = node.tag or ""
        if tag == "-text":
            out.append(re.sub(r"[^\S\u00a0\u2009\u202f]+", " ", node.text_content or ""))
            continue
        before, closing = _cell(node) if tag in ("td", "th") else _marks(tag)
        out.append(before)
        children = []
        child = node.child
        while child is not None:
            children.append(child)
            child = child.next
        stack.append((None, closing))
        stack.extend((child, "") for child in reversed(children))


def _cell(node: "LexborNode") -> tuple[str, str]:
    """Mark a cell; a head over several columns is written over each of them."""
    span = str((node.attributes or {}).get("colspan") or "1")
    more = min(int(span), _MOST_COLUMNS) - 1 if span.isdigit() else 0
    text = " ".join(node.text().split())
    return ("| ", " " + "|  " * more) if re.search(r"\d[,.]\d", text) else (f"| {text} " * more + "| ", " ")


def _marks(tag: str) -> tuple[str, str]:
    if tag in _HEADINGS:
        return "\n\n# ", "\n\n"
    if tag == "br":
        return "\n", ""
    if tag == "li":
        return "\n- ", "\n"
    if tag == "tr":
        return "\n", "|"
    return ("\n\n", "\n\n") if tag in _BLOCKS else ("", "")
