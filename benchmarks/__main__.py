"""`python -m benchmarks`: every ratio of the performance page, measured now; the table goes to standard output."""

from __future__ import annotations

import platform
import sys

import click

from . import analysing, checking, deciding, folding
from .measure import Row

PARTS = {"decision": deciding.rows, "fold": folding.rows, "check": checking.rows, "analysis": analysing.rows}


@click.command(help=__doc__)
@click.option("--only", type=click.Choice(list(PARTS)), help="One part alone.")
@click.option("--rounds", type=click.IntRange(3), default=15, show_default=True, help="Rounds of each part.")
def main(only: str | None, rounds: int) -> None:
    """Measure and print."""
    click.echo(
        f"Python {platform.python_version()}, {platform.machine()}, medians of {rounds} rounds, CPU time"
    )
    click.echo("")
    click.echo("| what | ratio | bar | reached | figures |")
    click.echo("|---|---:|---:|---|---|")
    for name, rows in PARTS.items():
        if only in (None, name):
            for row in rows(rounds):
                click.echo(_line(row))
    sys.stdout.flush()


def _line(row: Row) -> str:
    sign = "≤" if row.at_most else "≥"
    reached = "yes" if row.reached else "**no**"
    return f"| {row.what} | {row.ratio:.2f} | {sign} {row.bar:g} | {reached} | {row.figures} |"


if __name__ == "__main__":
    main(prog_name="python -m benchmarks")
