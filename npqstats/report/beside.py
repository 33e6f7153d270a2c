"""A place beside its region and England, line by line."""

from dataclasses import replace

import polars as pl

from npqstats.errors import UsageError
from npqstats.report.contents import Exhibit
from npqstats.report.setting import Setting
from npqstats.tables.comparison import comparison
from npqstats.vocabulary.periods import label


def beside(setting: Setting, slug: str) -> Exhibit:
    """Give the headline lines of a place, each followed by those of its region and of England.

    Raises:
        UsageError: There is no row of the place for these years.
    """
    names, tables = [setting.place_name], [setting.compare()]
    for other in setting.around():
        try:
            tables.append(other.compare())
        except UsageError:
            continue
        names.append(other.place_name)
    wanted = tables[0].get_column("line").to_list()
    order = {line: place for place, line in enumerate(wanted)}
    parts = [
        table.filter(pl.col("line").is_in(wanted)).with_columns(
            place=pl.col("line").replace_strict(order, return_dtype=pl.Int32),
            line=pl.col("line") + pl.lit(f", {name}"),
        )
        for name, table in zip(names, tables, strict=True)
    ]
    table = pl.concat(parts).sort("place", maintain_order=True).drop("place")
    first, *others = names
    words = f"{first} beside {' and '.join(others)}" if others else first
    title = f"{words}: {label(table.item(0, 'before_period'))} to {label(table.item(0, 'after_period'))}"
    command = setting.command("compare", *setting.years)
    return Exhibit(slug=slug, table=table, sheet=replace(comparison(table), title=title, foot=[]), command=command)
