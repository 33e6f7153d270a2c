"""The parts of MADE-UP nations, as data: whose labels a made-up release has, and how much falls to each group.

`BOROUGHS` has invented authorities, `ENGLAND` the real ones under labels as in the sister files of the 2024/25 release,
`NEXT_YEAR` what may befall its labels a year later. Every share is invented.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from npqstats.vocabulary.areas import AREAS, Area, authorities

REGIONS = [
    "North East",
    "North West",
    "Yorkshire and The Humber",
    "East Midlands",
    "West Midlands",
    "East of England",
    "London",
    "South East",
    "South West",
]
"""The regions of England, in the order of their codes from E12000001."""
FUNDINGS = ["Overall", "Funded", "Non-funded"]
Authority = tuple[str, str, str, int]
"""Name, old code, new code, and which of the regions."""
Groups = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True)
class Nation:
    """What a made-up release is of."""

    authorities: list[Authority]
    breakdowns: Groups
    """Each breakdown, its groups, and how much of the nation falls to each."""
    course: str
    """The breakdown that is the courses."""
    detail: str
    """The breakdown that the participants file has and the completions file has not."""
    began: Mapping[str, int] = field(default_factory=dict)
    """The first academic year of the courses that came after 2021/22."""
    ended: Mapping[str, int] = field(default_factory=dict)
    """The last academic year of the courses that ended."""
    never: Mapping[str, str] = field(default_factory=dict)
    """What stands in the rows of a course in years in which it was not there; 0 unless named."""
    subtotals: Mapping[str, Mapping[str, list[str]]] = field(default_factory=dict)
    """Breakdowns whose groups are sums of courses."""
    is_steady: bool = False
    """Whether years, areas and groups keep their figures, but for small revisions, from one release to the next."""
    has_regions: bool = True
    """Whether the rows of authorities name their region."""
    fewest: int = 0
    """An authority's row of fewer starts is withheld."""

    def exists(self, group: str, year: int) -> bool:
        """Say whether a group was there in a year: courses begin and end."""
        return self.began.get(group, 0) <= year <= self.ended.get(group, year)


def breakdowns(listed: str) -> dict[str, dict[str, float]]:
    """Read lines such as `Sex: Female 74, Male 25`; a breakdown may have several."""
    found: dict[str, dict[str, float]] = {}
    for name, groups in (line.split(": ") for line in listed.strip().splitlines()):
        for group, weight in (item.rsplit(" ", 1) for item in groups.split(", ")):
            found.setdefault(name, {})[group] = float(weight)
    return found


BOROUGHS = Nation(
    authorities=[(f"Made-up Borough {n:03}", str(900 + n), f"E06900{n:03}", (n - 1) // 17) for n in range(1, 154)],
    breakdowns=breakdowns("""
Course: NPQ for Senior Leadership 25, NPQ for Headship 11, NPQ for Executive Leadership 3
Course: NPQ for Leading Teaching 18, NPQ for Leading Behaviour and Culture 12
Course: NPQ for Leading Teacher Development 10
Course: NPQ Early Years Leadership 8, NPQ for Leading Literacy 8, NPQ for Leading Primary Mathematics 4
Course: NPQ for SENCO 30
School phase: Primary 48, Secondary 40, Special 6, 16 plus 1, Other 4, Unknown 1
School type: Academies 50, Free schools 4, Local authority maintained schools 38, Independent schools 1
School type: Other types 5, Unknown 2
Age group: Under 30 20, 30 to 39 42, 40 to 49 28, 50 to 59 8, 60 and over 0.5, Unknown 1.5
Sex: Female 74, Male 25, Unknown 1
Ethnicity: Asian 5, Black 2, Mixed 2, Other 1, White 84, Unknown 6
Grade: Classroom teacher 60, Assistant headteacher 16, Deputy headteacher 11, Headteacher 6, Unknown 7
Working hours: Full-time 80, Part-time 11, Unknown 9
Ethnicity detailed: Bangladeshi 1, Black African 1, Black Caribbean 1, Chinese 0.5, Indian 2, Pakistani 2
Ethnicity detailed: White and Asian 1, White and Black 1, White British 78, White Irish 2, Other white 4
Ethnicity detailed: Any other 0.5, Unknown 6
"""),
    course="Course",
    detail="Ethnicity detailed",
    began={
        "NPQ Early Years Leadership": 202223,
        "NPQ for Leading Literacy": 202223,
        "NPQ for Leading Primary Mathematics": 202324,
        "NPQ for SENCO": 202425,
    },
)


def _authorities(year: int, renamed: Mapping[str, str]) -> list[Authority]:
    def code(area: Area) -> str:
        held = [code for code in area.codes if (code.since or 0) <= year < (code.until or year + 1)]
        return held[-1].code

    regions = [area.id for area in AREAS.values() if area.level == "Regional"]
    return [
        (renamed.get(area.name, area.name), area.id, code(area), regions.index(area.region or ""))
        for area in authorities(year)
    ]


ENGLAND = Nation(
    authorities=_authorities(2024, {}),
    breakdowns=breakdowns("""
Course: NPQ for Senior Leadership (NPQSL) 25, NPQ for Headship (NPQH) 11, NPQ for Executive Leadership (NPQEL) 3
Course: NPQ Leading Teaching (NPQLT) 18, NPQ Leading Behaviour and Culture (NPQLBC) 12
Course: NPQ Leading Teacher Development (NPQLTD) 10, NPQ Leading Literacy (NPQLL) 8
Course: NPQ Early Years Leadership (NPQEYL) 8, NPQ for Leading Primary Mathematics (NPQLPM) 4, NPQ for SENCO 30
School phase: Other 7, Primary 47, Secondary 42, Unknown 4
School type: Academies 50, Free schools 4, Local authority maintained schools 37, Other types 5, Special schools 4
School phase*type: Other - Academies 2, Other - Free schools 1, Other - Local authority maintained schools 1
School phase*type: Other - Other types 2, Other - Special schools 4, Primary - Academies 22, Primary - Free schools 1
School phase*type: Primary - Local authority maintained schools 26, Primary - Other types 0.2
School phase*type: Secondary - Academies 30, Secondary - Free schools 3
School phase*type: Secondary - Local authority maintained schools 7, Unknown 0.8
Age group: 25 to 29 17, 30 to 39 42, 40 to 49 27, 50 to 59 8, 60 and over 0.5, Under 25 4, Unknown 1.5
Gender: Female 74, Male 25, Unknown 1
Ethnicity: Any Other ethnic group 1, Any other Mixed background 2, Asian or Asian British 5
Ethnicity: Black or Black British 2, Unknown 6, White 84
Working pattern: Full time 80, Part time 11, Unknown 9
Role: Assistant headteacher 16, Classroom teacher 60, Deputy headteacher 11, Headteacher 6, Unknown 7
"""),
    course="Course",
    detail="School phase*type",
    began={
        "NPQ Early Years Leadership (NPQEYL)": 202223,
        "NPQ Leading Literacy (NPQLL)": 202223,
        "NPQ for Leading Primary Mathematics (NPQLPM)": 202324,
        "NPQ for SENCO": 202425,
    },
    never={"NPQ for SENCO": "c", "NPQ Early Years Leadership (NPQEYL)": "z"},
    subtotals={
        "Course group": {
            "Leadership": [
                "NPQ for Senior Leadership (NPQSL)",
                "NPQ for Headship (NPQH)",
                "NPQ for Executive Leadership (NPQEL)",
                "NPQ Early Years Leadership (NPQEYL)",
                "NPQ for SENCO",
            ],
            "Specialist": [
                "NPQ Leading Teaching (NPQLT)",
                "NPQ Leading Behaviour and Culture (NPQLBC)",
                "NPQ Leading Teacher Development (NPQLTD)",
                "NPQ Leading Literacy (NPQLL)",
                "NPQ for Leading Primary Mathematics (NPQLPM)",
            ],
        }
    },
    is_steady=True,
    has_regions=False,
    fewest=10,
)
"""As many rows as the published files of 2024/25 have."""

NEW_COURSE = "NPQ Leading Inclusive Practice"
ENDED_COURSE = "NPQ for Executive Leadership (NPQEL)"
RENAMED = {"Gender": "Sex", "School phase": "Phase of education"}
"""Breakdowns of `ENGLAND` and their names in `NEXT_YEAR`."""
NEXT_YEAR = replace(
    ENGLAND,
    authorities=_authorities(
        2025,
        {
            "Bristol, City of": "Bristol",
            "Herefordshire, County of": "Herefordshire",
            "St. Helens": "St Helens",
        },
    ),
    breakdowns={
        RENAMED.get(name, name): {**groups, NEW_COURSE: 6.0} if name == ENGLAND.course else groups
        for name, groups in ENGLAND.breakdowns.items()
    },
    began={**ENGLAND.began, NEW_COURSE: 202526},
    ended={ENDED_COURSE: 202425},
    never={**ENGLAND.never, NEW_COURSE: "z"},
    subtotals={
        "Course group": {
            **ENGLAND.subtotals["Course group"],
            "Specialist": [*ENGLAND.subtotals["Course group"]["Specialist"], NEW_COURSE],
        }
    },
)
"""2025/26: a new course and one that ended, areas with other codes and names, breakdowns under other names."""
