"""Queries in SQL over two tables: `current`, one row per fact, and `observations`, one row per published cell."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from npqstats.analysis.columns import OBSERVATIONS, Described
from npqstats.catalogue import observations as table
from npqstats.catalogue.catalogue import dataset_order, newest_first
from npqstats.errors import UsageError
from npqstats.listeners import Say, silent
from npqstats.project import Project
from npqstats.store import parquet
from npqstats.store.build import ready
from npqstats.vocabulary.names import listed, unknown

if TYPE_CHECKING:
    from sqlglot import expressions as exp

TABLES = {
    "current": "one row per fact: the newest release that prints it, official before reported, one data set",
    "observations": "one row per published cell, of every release and data set",
}
"""The tables that a query sees."""
_HINT = f"The tables are {listed(TABLES)}; 'npqstats list columns' has their columns."
_CLOSED = "A query reads these tables alone and opens no file and no connection. " + _HINT
_FACT = [
    *("measure", "funding", "basis", "breakdown", "group", "geographic_level", "location_code", "location_name"),
    *("suite", "time_period", "first_period"),
]
_KIND = ["measure", "funding", "basis", "breakdown", "geographic_level", "suite", "time_period", "first_period"]
_DIALECT = "postgres"
"""The dialect of sqlglot that is closest to the SQL of Polars."""
_READS = re.compile(r"\b(?:read|scan)_[a-z]\w*", re.IGNORECASE)
"""Names of Polars' table functions: refused wherever they occur, even if two parsers should disagree."""


def sql(query: str, *, project: Project | Path | str | None = None, say: Say = silent) -> pl.DataFrame:
    """Run a query over the tables `current` and `observations`.

    Args:
        query: One SELECT or WITH statement, in the SQL of Polars.
        project: Where the data are; None to find them as `npqstats.project.locate` does.
        say: Called with what was built.

    Returns:
        The rows of the query. It changes nothing.

    Raises:
        UsageError: The query cannot be run, names another table, calls a table function, or compares a column with a
            text that is none of its values.
    """
    statement = _parsed(query)
    _check_tables(statement)
    found = ready(project, say=say)

    def run(observations: pl.LazyFrame) -> pl.LazyFrame:
        _check_values(statement, observations)
        return pl.SQLContext(observations=observations, current=current(observations)).execute(query)

    try:
        return parquet.read(found, run)
    except pl.exceptions.PolarsError as error:
        raise _cannot(error) from error


def _cannot(error: Exception) -> UsageError:
    reason = str(error).strip().splitlines() or ["no reason given"]
    return UsageError(f"The query cannot be run: {reason[0].rstrip('.')}.", _HINT)


def _parsed(query: str) -> "exp.Query":
    """Parse a query, refusing all but one SELECT or WITH before anything is planned."""
    import sqlglot
    from sqlglot import expressions as exp
    from sqlglot.errors import SqlglotError
    from sqlglot.tokenizer_core import TokenType

    if _READS.search(query):
        raise UsageError(f"A query cannot call {_READS.search(query)[0]}.", _CLOSED)  # type: ignore[index]
    try:
        tokens = sqlglot.tokenize(query, dialect=_DIALECT)
        while tokens and tokens[-1].token_type is TokenType.SEMICOLON:
            tokens.pop()
        if any(token.token_type is TokenType.SEMICOLON for token in tokens):
            raise UsageError("A query is one statement.", _HINT)
        if not tokens or tokens[0].token_type not in {TokenType.SELECT, TokenType.WITH, TokenType.L_PAREN}:
            said = f"not with {tokens[0].text}" if tokens else "and this one is empty"
            raise UsageError(f"A query begins with SELECT or WITH, {said}.", _CLOSED)
        statement = sqlglot.parse_one(query, dialect=_DIALECT)
    except SqlglotError as error:
        raise _cannot(error) from error
    if not isinstance(statement, exp.Query):
        raise UsageError("A query is a SELECT, or a WITH that ends in one.", _CLOSED)
    return statement


def _check_tables(statement: "exp.Query") -> None:
    """Refuse every source of rows but the two tables and what WITH names."""
    from sqlglot import expressions as exp

    known = {*TABLES, *(with_.alias for with_ in statement.find_all(exp.CTE))}
    for node in statement.find_all(exp.Table):
        if not isinstance(node.this, exp.Identifier):
            raise UsageError(f"A query cannot call a table function, as in {node.sql(_DIALECT)}.", _CLOSED)
        if node.db or node.catalog or node.name not in known:
            raise UsageError(f"There is no table {node.sql(_DIALECT)}.", _CLOSED)
    if found := statement.find(exp.Lateral, exp.UDTF, exp.Command, exp.DDL, exp.DML, exp.Into):
        raise UsageError(f"A query cannot have {found.sql(_DIALECT)}.", _CLOSED)


def _check_values(statement: "exp.Query", observations: pl.LazyFrame) -> None:
    """Refuse a comparison of a column with a text that is none of its values, naming those that are."""
    from sqlglot import expressions as exp

    renamed = {alias.alias for alias in statement.find_all(exp.Alias)}
    values: dict[str, set[str]] = {}
    for name, text in _compared(statement):
        dtype = {**table.PARTITION, **table.SCHEMA}.get(name)
        if name in renamed or not (name in table.PARTITION or isinstance(dtype, (pl.Enum, pl.Categorical))):
            continue
        if name not in values:
            values[name] = _values(name, dtype, observations)
        if text not in values[name]:
            raise unknown(name.replace("_", " "), text, sorted(values[name]))


def stored(query: str) -> dict[str, Described]:
    """Describe the columns that a query can return as they are stored: not what it computes under the same name."""
    made = _computed(_parsed(query))
    return {name: column for name, column in OBSERVATIONS.items() if name not in made}


def _computed(statement: "exp.Query") -> set[str]:
    """List the names that may be those of something computed or renamed, anywhere in a query."""
    from sqlglot import expressions as exp

    names = {alias.alias for star in statement.find_all(exp.Star) for alias in star.find_all(exp.Alias)}
    names |= {column.name for alias in statement.find_all(exp.TableAlias) for column in alias.columns}
    for select in statement.find_all(exp.Select):
        for one in select.expressions:
            if isinstance(one, exp.Alias):
                is_stored = isinstance(one.this, exp.Column) and one.this.name == one.alias
                names |= set() if is_stored else {one.alias}
            elif not isinstance(one, (exp.Column, exp.Star)):
                names |= {column.name for column in one.find_all(exp.Column)}  # Polars names `sum(value)` value.
    return names


def _compared(statement: "exp.Query") -> Iterator[tuple[str, str]]:
    """Find every column that is compared with a text, with the text."""
    from sqlglot import expressions as exp

    for node in statement.find_all(exp.EQ, exp.NEQ, exp.In):
        sides = [node.this, *(node.expressions if isinstance(node, exp.In) else [node.expression])]
        columns = [side.name for side in sides if isinstance(side, exp.Column)]
        texts = [side.name for side in sides if isinstance(side, exp.Literal) and side.is_string]
        yield from ((column, text) for column in columns for text in texts)


def _values(name: str, dtype: object, observations: pl.LazyFrame) -> set[str]:
    if isinstance(dtype, pl.Enum):
        return set(dtype.categories)
    found = observations.select(pl.col(name).cast(pl.String).unique().drop_nulls()).collect()
    return set(found.get_column(name))


def current(observations: pl.LazyFrame) -> pl.LazyFrame:
    """Choose one row per fact by the rules of truth.

    Official cells come before the publisher's text, and that before what others reported; then the newest release,
    then the data sets in the order of the catalogue. A figure that is not official is left out where official rows of
    its kind (measure, funding, basis, breakdown, level and year) are loaded.
    """
    releases = observations.select(pl.col("release").unique()).collect().get_column("release").to_list()
    is_official = pl.col("evidence").cast(pl.String) == "official"
    return (
        observations.filter(is_official | ~is_official.any().over(_KIND))
        .sort(
            parquet.rank("evidence", list(table.EVIDENCE)),
            parquet.rank("release", newest_first(releases)),
            parquet.rank("dataset", dataset_order()),
            pl.col("source").cast(pl.String),
            "line",
            maintain_order=True,
        )
        .unique(_FACT, keep="first", maintain_order=True)
    )
