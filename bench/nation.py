"""The parts of the MADE-UP nation, as data: real regions and courses, invented boroughs and shares."""

from __future__ import annotations

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
AREAS = [(f"Made-up Borough {n:03}", str(900 + n), f"E06900{n:03}", (n - 1) // 17) for n in range(1, 154)]
"""Local authorities, as many as England has: name, old code, new code, and which of the regions."""
FUNDINGS = ["Overall", "Funded", "Non-funded"]
BEGAN = {
    "NPQ Early Years Leadership": 202223,
    "NPQ for Leading Literacy": 202223,
    "NPQ for Leading Primary Mathematics": 202324,
    "NPQ for SENCO": 202425,
}
"""The first academic year of the courses that came after 2021/22."""
# Each breakdown, and how much of the nation falls to each of its groups.
_GROUPS = """
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
"""
DETAIL = "Ethnicity detailed"
"""The breakdown that the participants file has and the completions file has not."""
BREAKDOWNS: dict[str, dict[str, float]] = {}
"""Each breakdown, its groups, and how much of the nation falls to each."""
for _breakdown, _listed in (line.split(": ") for line in _GROUPS.strip().splitlines()):
    for _group, _weight in (item.rsplit(" ", 1) for item in _listed.split(", ")):
        BREAKDOWNS.setdefault(_breakdown, {})[_group] = float(_weight)
