"""`tiercel import-tiers`: move members to tiers by a CSV file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

import click

from ..compiler.report.cells import visible
from ..reasons.effect_words import said
from ..reasons.evaluators import evaluator
from ..runtime import Outcome, Program, Store, format_instant
from .csv_rows import Row, read_rows
from .ending import DONE, WRONG, NotDone, WrongInput
from .files import FILE, expect_one_stdin, read_bytes
from .printing import print_errors
from .programs import compile_program
from .state import ledger_of, opened_state
from .times import read_time


@click.command()
@click.argument("file", type=FILE)
@click.argument("tiers", metavar="TIERS.csv", type=FILE)
@click.option(
    "--state",
    metavar="DIR",
    type=click.Path(file_okay=False, readable=False),
    required=True,
    help="The folder that `tiercel run --state` keeps.",
)
@click.option(
    "--at",
    metavar="MOMENT",
    help="When the import takes place; if left out, when the latest event of the state did.",
)
def command(file: str, tiers: str, state: str, at: str | None) -> int:
    """Move members to the tiers that TIERS.csv names, in the state of the program FILE (- for standard input).

    The file has exactly the columns email and vip_tier, in any order; vip_tier is the name of a tier, letter
    for letter. Anything else is refused whole. Prints a line per row: members only rise, and get neither
    rewards nor e-mail by it.

    No clock is read. The same file at the same moment is one import: giving it again changes nothing.
    """
    expect_one_stdin(file, tiers)
    compilation = compile_program(file)
    if compilation.module is None:
        print_errors(compilation)
        return WRONG
    rows = read_rows(tiers, read_bytes(tiers))
    program = evaluator(compilation)
    stated = None if at is None else read_time(at, program.tables.timezone, "--at")
    with opened_state(state, compilation, program) as store:
        instant = _latest(store) if stated is None else stated
        event = _event(rows, format_instant(instant, program.tz))
        (outcome,) = (each for batch in store.batches(ledger_of(program, store), [event]) for each in batch)
    return _print(outcome, rows, program)


def _latest(store: Store) -> int:
    latest = store.last_clock()
    if latest is None:
        raise NotDone("the state has no members, and so no time to take: give --at")
    return latest


def _event(rows: list[Row], at: str) -> str:
    """The import as an event whose id is a digest of what it says: twice the same is the same event."""
    content = {"type": "tiers.imported", "at": at, "rows": [row._asdict() for row in rows]}
    digest = sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
    return json.dumps({"id": f"import-{digest[:32]}", **content})


def _print(outcome: Outcome, rows: list[Row], program: Program) -> int:
    if outcome["outcome"] == "rejected":
        raise WrongInput(f"{outcome['reason']}: {outcome['message']}")
    if outcome["outcome"] == "duplicate":
        click.echo("this import was applied before; nothing changes")
        return DONE
    names = {tier.id: tier.name for tier in program.tables.tiers}
    for row, effects in zip(rows, _per_row(outcome["effects"]), strict=True):
        email = visible(row.email)
        for earlier in effects[:-1]:
            click.echo(f"{email}: {said(earlier, names)}, before the import")
        click.echo(f"{email}: {said(effects[-1], names)}")
    return DONE


def _per_row(effects: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """The effects of each row: what its moment brought about first, and last the one of the import."""
    group: list[dict[str, Any]] = []
    for effect in effects:
        group.append(effect)
        if effect["kind"] in ("import_skipped", "import_held") or effect.get("cause") == "import":
            yield group
            group = []
