"""`tiercel run`: apply events to customers, and print what each brought about."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from itertools import islice

import click

from ..reasons.evaluators import evaluator
from ..runtime import Ledger, Outcome, Store
from .ending import DONE, WRONG
from .event_lines import EventLines
from .files import FILE, STDIN, expect_one_stdin, expect_other_file, expect_writable, whole_file
from .printing import count, print_errors
from .programs import compile_program
from .state import ledger_of, opened_state
from .times import read_time

BATCH = 500  # lines written at once; with a state, also what is committed at once

Batch = list[Outcome]


@click.command()
@click.argument("file", type=FILE)
@click.option(
    "--events",
    metavar="EVENTS",
    type=FILE,
    required=True,
    help="Events, a JSON object a line; - reads standard input.",
)
@click.option(
    "--customers",
    metavar="OUT",
    type=FILE,
    help="Write the members as they are after the last event, a JSON object a line.",
)
@click.option(
    "--state",
    metavar="DIR",
    type=click.Path(file_okay=False, readable=False),
    help="Keep members, orders and event ids in a folder, from one run to the next.",
)
@click.option(
    "--not-after",
    metavar="MOMENT",
    help="Reject events after it (in-the-future); a bare date means the end of its day.",
)
@click.option("--strict", is_flag=True, help="Exit with 1 if an event was rejected.")
def command(
    file: str, events: str, customers: str | None, state: str | None, not_after: str | None, strict: bool
) -> int:
    """Apply events to the customers of the program FILE (- for standard input), in order.

    Prints one JSON object a line for every event: "outcome" is "applied" with its "effects", "duplicate", or
    "rejected" with a "reason" and a "message". Blank lines are skipped.

    With --state a run that was interrupted can be given again: nothing is counted twice, and only the outcomes
    of its last lines are printed again.
    """
    expect_one_stdin(file, events)
    if customers is not None:
        _expect_writable(customers, file, events)
    compilation = compile_program(file)
    if compilation.module is None:
        print_errors(compilation)
        return WRONG
    program = evaluator(compilation)
    last = None
    if not_after is not None:
        last = read_time(not_after, program.tables.timezone, "--not-after", end=True)
    with (
        opened_state(state, compilation, program) if state is not None else nullcontext() as store,
        EventLines(events) as lines,
    ):
        ledger = ledger_of(program, store, last)
        rejected = _print_outcomes(
            _batches(ledger, store, lines, lambda: _write_customers(customers, ledger))
        )
    if rejected:
        print(f"{count(rejected, 'event was', 'events were')} rejected", file=sys.stderr)
    return WRONG if rejected and strict else DONE


def _expect_writable(customers: str, *inputs: str) -> None:
    if customers == STDIN:
        raise click.UsageError("--customers needs a file: standard output is for the outcomes")
    expect_other_file(customers, *inputs)
    expect_writable(customers)


def _batches(
    ledger: Ledger, store: Store | None, lines: Iterable[str], before_end: Callable[[], None]
) -> Iterator[Batch]:
    """Outcomes in batches. Of a state, a batch is committed when the next one is asked for."""
    if store is not None:
        yield from store.batches(ledger, lines, BATCH, before_end)
        return
    outcomes = (ledger.apply_line(line) for line in lines if line and not line.isspace())
    while batch := list(islice(outcomes, BATCH)):
        yield batch
    before_end()


def _print_outcomes(batches: Iterable[Batch]) -> int:
    """Write out each batch before the next is asked for, and count the rejected events."""
    encode = json.JSONEncoder(check_circular=False).encode
    rejected = 0
    for batch in batches:
        if batch:
            sys.stdout.write("\n".join(map(encode, batch)) + "\n")
            sys.stdout.flush()
        rejected += sum(outcome["outcome"] == "rejected" for outcome in batch)
    return rejected


def _write_customers(path: str | None, ledger: Ledger) -> None:
    if path is None:
        return
    with whole_file(path) as stream:
        for member in ledger.members():
            stream.write(json.dumps(ledger.summary(member)).encode() + b"\n")
