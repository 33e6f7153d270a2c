"""Kinds of damage to a participants file of MADE-UP figures: what must be refused, and what must be told.

Refused is what leaves a cell's value or a row's identity unknown; told is what contradicts itself and can be read.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from npqstats.errors import DataError
from npqstats.ingest import recognise
from npqstats.ingest.ingest import Ingested, ingest
from npqstats.ingest.raw import RawFile, raw_files
from npqstats.store.build import build
from tests.conftest import Folder
from tests.made_up import write_release
from tests.nations import ENGLAND

pytestmark = pytest.mark.slow

Table = list[list[str]]
Change = Callable[[Table], object]
"""Changes a table in place."""
NAME = "2024-25/npq_participants.csv"


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Table:
    paths = write_release(tmp_path_factory.mktemp("sound"), nation=ENGLAND)
    return list(csv.reader(io.StringIO(paths["npq-participants"].read_text("utf-8"))))


def written(table: Table) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(table)
    return text.getvalue().encode()


def taken(folder: Folder, content: bytes) -> Ingested:
    folder.put(NAME, content)
    (file,) = raw_files(folder.project.raw, folder.project.raw / NAME)
    return ingest(file, recognise.layout(file), lambda _: None)


def at(
    table: Table,
    level: str = "National",
    area: str = "",
    funding: str = "Overall",
    breakdown: str = "Overall",
    group: str = "",
    year: str = "202324",
) -> list[str]:
    """The first row of these labels."""
    for row in table[1:]:
        is_there = (row[0], row[2], row[10], row[11]) == (year, level, funding, breakdown)
        if is_there and area in ("", row[6], row[7]) and group in ("", row[12]):
            return row
    raise AssertionError((level, area, funding, breakdown, group, year))


COLUMN = {
    "period": 0, "identifier": 1, "level": 2, "country_code": 3, "country": 4, "region_code": 5, "region": 6, "la": 7,
    "old": 8, "new": 9, "funding": 10, "breakdown": 11, "group": 12, "starts": 13, "people": 14, "matched": 15,
    "share": 16, "teachers": 17,
}  # fmt: skip
LEEDS = {"level": "Local authority", "area": "Leeds"}
LONDON = {"level": "Regional", "area": "London"}


def put(column: str, text: str | Callable[[str], str], **where: str) -> Change:
    """Change one cell."""

    def change(table: Table) -> None:
        row = at(table, **where)
        row[COLUMN[column]] = text if isinstance(text, str) else text(row[COLUMN[column]])

    return change


def every(column: str, text: Callable[[str], str]) -> Change:
    """Change every cell of a column."""

    def change(table: Table) -> None:
        for row in table[1:]:
            row[COLUMN[column]] = text(row[COLUMN[column]])

    return change


def without(is_gone: Callable[[list[str]], bool]) -> Change:
    """Remove rows."""

    def change(table: Table) -> None:
        table[1:] = [row for row in table[1:] if not is_gone(row)]

    return change


def header(change_names: Callable[[list[str]], list[str]]) -> Change:
    def change(table: Table) -> None:
        table[0] = change_names(table[0])

    return change


def again(**cells: str) -> Change:
    """Repeat the row of Leeds, with other cells."""

    def change(table: Table) -> None:
        row = list(at(table, **LEEDS))
        for column, text in cells.items():
            row[COLUMN[column]] = text
        table.append(row)

    return change


def shift(table: Table) -> None:
    row = at(table, **LEEDS)
    row[13:] = row[14:] + row[13:14]


def swap_areas(table: Table) -> None:
    leeds, bradford = at(table, **LEEDS), at(table, level="Local authority", area="Bradford")
    leeds[8:10], bradford[8:10] = bradford[8:10], leeds[8:10]


def sideways(table: Table) -> None:
    row = at(table, **LEEDS)
    row[5:] = ["", *row[5:-1]]


def rounded(digits: int) -> Callable[[str], str]:
    return lambda cell: str(round(int(cell), -digits)) if cell.isdigit() else cell


def times(factor: float) -> Callable[[str], str]:
    return lambda cell: str(int(float(cell) * factor)) if cell.replace(".", "").isdigit() else cell


def plus(number: int) -> Callable[[str], str]:
    return lambda cell: str(int(cell) + number)


VALUES = [
    *(
        "29,818",
        "29 818",
        "29\u00a0818",
        "29\u202f818",
        "29.818,0",
        "29'818",
        "4,5",
        "2.98E+04",
        "2.98e4",
        "3E4",
        "1e3",
    ),
    *("29818%", "£29818", "$5", "29818 people", "~29818", "c. 29818", "29818*", "29818[1]", "29818 (r)", "(29818)"),
    *("0029818", "+29818", "'29818", "29818.", ".5", "29818.5", "-29818", "\u221229818", "-0", "0x747A", "29_818"),
    *("#REF!", "#N/A", "#VALUE!", "#DIV/0!", "NULL", "null", "None", "NaN", "nan", "inf", "-inf", "Infinity", "NA"),
    *("n/a", "N/A", "-", "--", "..", ".", ":", "~", "*", "?", "x x", "tbc", "suppressed", "C", "Z", "LOW", "Low", "K"),
    *("", " ", "\u00a0", "\u200b", "\u0662\u0669", "\uff12\uff19", "2²", "½", "01/02/2024", "Jan-24", "2024-01-02"),
    *("1,2", "29;818", "True", "TRUE", "=29818", "=SUM(A1)", "29818 29818", "999999999999", "298180000", "29818.25.1"),
    *("l0", "O", "29O", "29I", "2981B", "≈5", "<5", ">5", "5-10", "5 to 10", "c5", "zz", "cz"),
]
RATES = [
    "4,5",
    "4.5%",
    "104.5",
    "450",
    "-4.5",
    "4.5E+00",
    "4..5",
    "4.5.1",
    ".45",
    "04.5",
    "4 .5",
    "",
    "NaN",
    "£4",
    "inf",
]
TEXTS: list[tuple[str, str, dict[str, str]]] = [
    *(
        ("period", text, LEEDS)
        for text in ("", "2023", "2023/24", "2023-24", "202325", "202423", "20232024", "202324.0")
    ),
    *(
        ("period", text, LEEDS)
        for text in ("2.02324E5", "202526", "203031", "202021", "201920", "AY2324", "Jan-24", "189900")
    ),
    *(("identifier", text, LEEDS) for text in ("", "Calendar year", "Financial year", "Autumn term", "Academic")),
    *(
        ("level", text, LEEDS)
        for text in ("", "National", "Regional", "LA", "School", "Ward", "National total", "#REF!")
    ),
    *(("level", text, LONDON) for text in ("National", "Local authority", "Region of England")),
    *(("level", text, {}) for text in ("Regional", "Local authority", "Country")),
    *(("country_code", text, LEEDS) for text in ("W92000004", "E92000002", "E9200001", "England")),
    *(("country", text, LEEDS) for text in ("Wales", "Engl\ufffdnd", "United Kingdom", "E92000001")),
    *(("country_code", text, {}) for text in ("", "K02000001")),
    *(("country", text, {}) for text in ("", "Wales")),
    *(("region_code", text, LONDON) for text in ("", "E12000001", "E12000008", "E06000001", "E92000001")),
    *(("region", text, LONDON) for text in ("", "South East", "North West", "Leeds", "L\ufffdndon")),
    *(("region", text, {}) for text in ("London", "North East")),
    *(("region_code", text, {}) for text in ("E12000007", "E12000001")),
    *(("la", text, {}) for text in ("Leeds", "Camden")),
    *(("la", text, LONDON) for text in ("Camden", "Leeds")),
    *(("new", text, LONDON) for text in ("E09000007", "E08000035")),
    *(("la", text, LEEDS) for text in ("", "Bradford", "London", "#N/A", "LeedsÂ", "Leeds\ufffd")),
    *(("old", text, LEEDS) for text in ("380", "202", "933")),
    *(("new", text, LEEDS) for text in ("E08000032", "E09000007", "E12000003", "E06000066")),
    *(("funding", text, LEEDS) for text in ("", "Levy", "Partly funded", "Fundet", "0", "c", "Fun")),
    *(("breakdown", text, LEEDS) for text in ("", "NULL", "#REF!", " ")),
    *(("group", text, LEEDS) for text in ("", "NaN", "#N/A", " ", "25-Mar", "Primary", "Female", "NPQ for Headship")),
    ("group", "10/12/2024", {"breakdown": "Age group"}),
    ("group", "Oct-12", {"breakdown": "Age group"}),
    ("group", "30 to 39 \ufffd", {"breakdown": "Age group"}),
    ("group", "30 â€“ 39", {"breakdown": "Age group"}),
    ("group", "40 to 49", {"breakdown": "Age group", "group": "30 to 39"}),
    ("group", "Female", {"breakdown": "Gender", "group": "Male"}),
]


FILES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "only blank lines": lambda _: b"\n\n\n",
    "header only": lambda text: text.partition(b"\n")[0] + b"\n",
    "no header": lambda text: text.partition(b"\n")[2],
    "cut short within a row": lambda text: text[:-30],
    "cut short after a comma": lambda text: text[: text.rindex(b",", 0, -20) + 1],
    "a line without its end": lambda text: text.replace(b"\n202324", b"202324", 1),
    "semicolons": lambda text: text.replace(b",", b";"),
    "tabs": lambda text: text.replace(b",", b"\t"),
    "bars": lambda text: text.replace(b",", b"|"),
    "UTF-16": lambda text: text.decode().encode("utf-16"),
    "UTF-16 without a mark": lambda text: text.decode().encode("utf-16-le"),
    "Latin-1": lambda text: text.replace(b"Leeds", "Léeds".encode("latin-1")),
    "NUL bytes": lambda text: text.replace(b"Leeds", b"Le\0ds", 1),
    "NUL block": lambda text: text + bytes(512),
    "open quote": lambda text: text.replace(b"Leeds", b'"Leeds', 1),
    "line break in a cell": lambda text: text.replace(b"Leeds", b'"Le\neds"', 1),
    "one comma too many": lambda text: text.replace(b"Leeds", b"Leeds,", 1),
    "one comma too few": lambda text: text.replace(b"Leeds,", b"Leeds", 1),
    "old Mac line ends": lambda text: text.replace(b"\n", b"\r"),
    "a title above the header": lambda text: b"NPQ participants\n" + text,
    "a note below the rows": lambda text: text + b"Source: DfE\n",
    "a total below the rows": lambda text: text + b"Total,,,,,,,,,,,,,1,1,1,1,1\n",
    "the file twice": lambda text: text + text,
    "rows twice": lambda text: text + text.partition(b"\n")[2],
    "a page of HTML": lambda _: b"<!DOCTYPE html><html><body>Sign in</body></html>\n",
    "a JSON answer": lambda _: b'{"errors": [{"message": "not found"}]}\n',
    "a zip named CSV": lambda _: b"PK\x03\x04" + bytes(200),
    "a gz named CSV": lambda _: b"\x1f\x8b\x08" + bytes(200),
}
HEADERS: dict[str, Change] = {
    "a column renamed": header(lambda names: ["npq_begun" if name == "npq_starts" else name for name in names]),
    "a column in words": header(lambda names: ["NPQ starts" if name == "npq_starts" else name for name in names]),
    "two columns with one name": header(lambda names: [*names[:14], names[13], *names[15:]]),
    "a blank name": header(lambda names: [*names[:13], "", *names[14:]]),
    "the period renamed": header(lambda names: ["year", *names[1:]]),
    "funding renamed": header(lambda names: ["funded" if name == "funding" else name for name in names]),
    "a misspelt name": header(lambda names: ["npq_strats" if name == "npq_starts" else name for name in names]),
    "all names in words": header(lambda names: [name.replace("_", " ").title() for name in names]),
}
ROWS: dict[str, Change] = {
    "a row repeated": again(),
    "a row repeated with another value": again(starts="7"),
    "a row repeated in capitals with another value": again(la="LEEDS", starts="7"),
    "a row repeated with a space and another value": again(funding="Overall ", starts="7"),
    "values shifted by one": shift,
    "a row shifted by one": sideways,
    "codes of two authorities exchanged": swap_areas,
    "a row cut short": lambda table: at(table, **LEEDS).__delitem__(slice(14, None)),
    "a row too long": lambda table: at(table, **LEEDS).append("5"),
    "columns exchanged on a row": lambda table: at(table, **LEEDS).__setitem__(
        slice(11, 14), ["120", "Overall", "Overall"]
    ),
}


def spoilt(change: Change) -> Callable[[Table], bytes]:
    def content(table: Table) -> bytes:
        change(table)
        return written(table)

    return content


def of_bytes(change: Callable[[bytes], bytes]) -> Callable[[Table], bytes]:
    return lambda table: change(written(table))


REFUSED: dict[str, Callable[[Table], bytes]] = {
    **{f"starts {text!r}": spoilt(put("starts", text)) for text in VALUES},
    **{f"share {text!r}": spoilt(put("share", text)) for text in RATES},
    **{
        f"{column} {text!r} of {where or 'England'}": spoilt(put(column, text, **where))
        for column, text, where in TEXTS
    },
    **{name: of_bytes(change) for name, change in FILES.items()},
    **{name: spoilt(change) for name, change in (HEADERS | ROWS).items()},
}
"""Damage after which a value or a row cannot be known."""
TOLD: dict[str, Change] = {
    "a group above its total": put("starts", "99999", breakdown="Role"),
    "funded above all": put("starts", "99999", funding="Funded"),
    "non-funded above all in Leeds": put("people", "4000", funding="Non-funded", **LEEDS),
    "participants above starts": put("people", plus(900)),
    "matched above participants": put("matched", plus(9000)),
    "matched above teachers": put("teachers", "100", **LEEDS),
    "twice as many starts as people": put("starts", times(3)),
    "funded and non-funded miss all": put("starts", plus(-40), funding="Funded"),
    "funded and non-funded miss all in Leeds": put("starts", plus(3), **LEEDS),
    "people together below all": put("people", plus(900), **LONDON),
    "a course one too many": put("starts", plus(1), breakdown="Course"),
    "a course too few": put("starts", plus(-10), breakdown="Course"),
    "a role too few": put("starts", plus(-10), breakdown="Role"),
    "a phase with a digit missing": put("starts", lambda cell: cell[:-1], breakdown="School phase"),
    "a phase with digits exchanged": put("starts", lambda cell: cell[1] + cell[0] + cell[2:], breakdown="School phase"),
    "a region with a digit missing": put("starts", lambda cell: cell[:-1], **LONDON),
    "a region too large": put("starts", times(1.1), **LONDON),
    "an authority too large": put("starts", times(10), **LEEDS),
    "an authority with a digit missing": put("starts", lambda cell: cell[:-1], **LEEDS),
    "teachers of an authority a tenth": put("teachers", lambda cell: cell[:-1], **LEEDS),
    "teachers of the nation a tenth": put("teachers", lambda cell: cell[:-1]),
    "teachers of one funding": put("teachers", plus(7), funding="Funded"),
    "a share that contradicts its counts": put("share", "9.9"),
    "a share as a fraction": put("share", "0.071"),
    "a share of participants": put("share", "8.5"),
    "shares in another unit": every("share", lambda cell: str(float(cell) / 100) if cell[0].isdigit() else cell),
    "a share above all likelihood": put("share", "61", **LEEDS),
    "a whole share for a fraction": put("share", "7"),
    "starts and people exchanged in every row": lambda table: [
        row.__setitem__(slice(13, 15), [row[14], row[13]]) for row in table[1:]
    ],
    "people copied from starts": lambda table: [row.__setitem__(14, row[13]) for row in table[1:]],
    "a year copied to the next": lambda table: [
        row.__setitem__(slice(13, 18), at(table, year="202223")[13:18])
        for row in table[1:]
        if row is at(table, year="202324")
    ],
    "starts rounded to tens": every("starts", rounded(1)),
    "starts rounded to hundreds": every("starts", rounded(2)),
    "people rounded to fives": every("people", lambda cell: str(5 * round(int(cell) / 5)) if cell.isdigit() else cell),
    "starts withheld everywhere": every("starts", lambda _: "c"),
    "shares withheld everywhere": every("share", lambda _: "c"),
    "the total for England withheld": put("starts", "c"),
    "the newest total withheld": put("people", "x", year="202425"),
    "starts all zero": every("starts", lambda cell: "0" if cell.isdigit() else cell),
    "a total that is zero": put("starts", "0"),
    "no London": without(lambda row: row[6] == "London" and row[2] == "Regional"),
    "no London in one year": without(lambda row: (row[0], row[2], row[6]) == ("202324", "Regional", "London")),
    "no regions": without(lambda row: row[2] == "Regional"),
    "no authorities": without(lambda row: row[2] == "Local authority"),
    "no Leeds": without(lambda row: row[7] == "Leeds"),
    "no Leeds in one year": without(lambda row: (row[0], row[7]) == ("202324", "Leeds")),
    "no Leeds for funded": without(lambda row: (row[10], row[7]) == ("Funded", "Leeds")),
    "no 2022/23": without(lambda row: row[0] == "202223"),
    "no newest year": without(lambda row: row[0] == "202425"),
    "no oldest year": without(lambda row: row[0] == "202122"),
    "no non-funded rows": without(lambda row: row[10] == "Non-funded"),
    "no rows of all funding": without(lambda row: row[10] == "Overall"),
    "no ages in one year": without(lambda row: (row[0], row[11]) == ("202324", "Age group")),
    "no ages of funded": without(lambda row: (row[10], row[11]) == ("Funded", "Age group")),
    "no group of 30 to 39": without(lambda row: row[12] == "30 to 39"),
    "no group of 30 to 39 in one year": without(lambda row: (row[0], row[12]) == ("202324", "30 to 39")),
    "no courses": without(lambda row: row[11] == "Course"),
    "one course gone": without(lambda row: "NPQSL" in row[12]),
    "one course gone in one year": without(lambda row: row[0] == "202324" and "NPQSL" in row[12]),
    "no total for England": without(lambda row: row[2] == "National" and row[11] == "Overall"),
    "no total for England in one year": without(
        lambda row: (row[0], row[2], row[11]) == ("202324", "National", "Overall")
    ),
    "the last row gone": lambda table: table.pop(),
    "half of the rows gone": lambda table: table.__delitem__(slice(len(table) // 2, None)),
    "a row of Leeds under a second spelling": again(la="LEEDS"),
    "a row of Leeds with a space": again(la="Leeds "),
    "a row of Leeds with an invisible character": again(la="Lee\u200bds"),
    "a label with a space": put("group", "Male ", breakdown="Gender", group="Male"),
    "a label in capitals": put("group", "MALE", breakdown="Gender", group="Male"),
    "a breakdown in capitals": put("breakdown", "GENDER", breakdown="Gender"),
    "a breakdown with two spaces": put("breakdown", "Age  group", breakdown="Age group"),
    "funding in capitals": put("funding", "FUNDED", funding="Funded"),
    "funding with a space": put("funding", "Funded ", funding="Funded"),
    "a level in capitals": put("level", "NATIONAL"),
    "an unknown code of an authority": put("new", "E08009999", **LEEDS),
    "an unknown name of an authority": put("la", "Leedes", **LEEDS),
    "an unknown 3-digit code": put("old", "999", **LEEDS),
    "an authority in another region": put("region_code", "E12000007", **LEEDS),
    "an unknown region": put("region", "Londinium", **LONDON),
    "spaces round a number": put("starts", lambda cell: f" {cell} "),
    "a hard space behind a number": put("starts", lambda cell: f"{cell}\u00a0"),
    "a number as a decimal": put("starts", lambda cell: f"{cell}.0"),
    "numbers as decimals everywhere": every("starts", lambda cell: f"{cell}.0" if cell.isdigit() else cell),
    "a jump by a thousand": put("starts", times(1000), breakdown="Role", year="202223"),
}
"""Damage that contradicts something in the file, and can be read."""


@pytest.mark.parametrize("name", REFUSED)
def test_damage_that_leaves_a_value_or_a_row_unknown_is_refused(folder: Folder, sound: Table, name: str) -> None:
    content = REFUSED[name]([list(row) for row in sound])
    with pytest.raises(DataError) as error:
        taken(folder, content)
    assert NAME in error.value.message


@pytest.mark.parametrize("name", TOLD)
def test_damage_that_contradicts_itself_is_told(folder: Folder, sound: Table, name: str) -> None:
    table = [list(row) for row in sound]
    TOLD[name](table)
    found = taken(folder, written(table)).disagreements
    assert found
    assert all(one.source == NAME and one.line > 1 and one.column for one in found)


def test_a_file_of_fewer_rows_than_were_published_is_cut_short(folder: Folder, sound: Table) -> None:
    folder.put(NAME, written([row for row in sound if row[11] != "Age group"]))
    (found,) = build(folder.project).manifest.all_disagreements()
    assert (found.rule, found.what) == ("whole-file", "2,568 rows, and 2,652 were published: cut short")


def test_the_sound_file_is_read_without_a_word(folder: Folder, sound: Table) -> None:
    assert taken(folder, written(sound)).disagreements == []


def test_the_real_sister_files_are_passed_over(folder: Folder) -> None:
    real = Path(__file__).parents[2] / "shared" / "real"
    if not real.is_dir():
        pytest.skip("../shared/real is not there")
    for path in real.glob("*.csv"):
        assert recognise.layout(RawFile(path, path.name, "2024-25")).kind == "passed-over"
