"""A report put together: what it says, shows and rests on."""

import polars as pl

from npqstats.analysis import citation, editions
from npqstats.analysis.listings import listing
from npqstats.analysis.places import Place
from npqstats.catalogue import lock
from npqstats.catalogue.catalogue import Layout, Release, catalogue
from npqstats.catalogue.names import REPORTED
from npqstats.errors import UsageError
from npqstats.project import Project
from npqstats.report import sections, sentences
from npqstats.report.contents import Report, Source
from npqstats.report.setting import Setting
from npqstats.store.manifest import Table
from npqstats.wording import wording


def assemble(project: Project, release: str, place: Place | None = None) -> Report:
    """Ask for all that a report holds.

    Args:
        project: With its observations up to date.
        release: The edition.
        place: A region or local authority; None: England.

    Raises:
        UsageError: There is no such release here, or no total for its two years.
    """
    edition = editions.named(release, editions.at_hand(project))
    about = Setting(project=project, release=edition, place=place)
    headline = _headline(about)
    rates = _rates(about)
    return Report(
        project=project,
        release=about.release,
        place=about.place_name,
        title=f"National Professional Qualifications: {about.place_name}, {about.after.label}",
        status=wording.edition(about.release.name),
        headlines=sentences.headlines(about, headline, rates),
        key_figures=sentences.key_figures(about, headline, rates),
        sections=sections.sections(about),
        cautions=sentences.cautions(about, headline),
        disagreements=_disagreements(about),
        sources=_sources(about),
        command=about.command_of_report,
    )


def _headline(about: Setting) -> pl.DataFrame:
    """Compare the two years that the report is about."""
    try:
        return about.compare()
    except UsageError as error:
        other = "Leave out --area" if about.place else "Name another release of 'npqstats list releases'"
        raise UsageError(
            f"The release {about.release.label} has no totals of {about.place_name} for {about.years_in_words} in the "
            "rows at hand, and a report compares them.",
            f"{other}, or add the full files: see 'npqstats fetch --help'.",
        ) from error


def _rates(about: Setting) -> pl.DataFrame | None:
    try:
        return about.trend(measure="completion-rate")
    except UsageError:
        return None


def _disagreements(about: Setting) -> pl.DataFrame:
    """Give what the files of the release disagree about."""
    names = [table.source for table, _ in citation.files(about.project, about.release)]
    return listing("disagreements", project=about.project).filter(pl.col("source").is_in(names))


def _sources(about: Setting) -> list[Source]:
    lines = lock.read(about.project.raw)
    return [
        _source(table, layout, about.release, lines.get(table.source.partition("!")[0]))
        for table, layout in citation.files(about.project, about.release)
    ]


def _source(table: Table, layout: Layout | None, release: Release, line: lock.LockedFile | None) -> Source:
    """Describe a raw file; figures that others reported have no release, date and page of their own."""
    is_official = table.release != REPORTED
    published = f"{release.published:%-d %B %Y}" if release.published and is_official else ""
    page = (layout.page if layout else "") or release.page or catalogue().publication.page
    return Source(
        name=table.source,
        title=citation.titled(table, layout, release),
        release=release.label if is_official else "",
        published=published,
        retrieved=f"{line.fetched_at:%-d %B %Y}" if line and line.fetched_at else "",
        sha256=table.sha256,
        rows=table.rows,
        address=page if is_official else "",
    )
