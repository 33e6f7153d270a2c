"""The yardstick of `--help`: about the smallest Typer program that has commands."""

import typer

app = typer.Typer()


@app.command()
def first(word: str) -> None:
    """Print a word."""
    typer.echo(word)


@app.command()
def second(word: str) -> None:
    """Print a word as well."""
    typer.echo(word)


if __name__ == "__main__":
    app()
