"""`tiercel evaluate`: what one order earns, and why."""

from __future__ import annotations

import json
from typing import Any

import click

from ..compiler.model.condition import Condition, references
from ..compiler.model.tree import Program as Model
from ..reasons.evaluators import evaluator
from ..reasons.explanation import explain
from ..runtime import Customer, Program, format_instant, parse_instant, read_json
from .ending import DONE, WRONG, WrongInput
from .files import FILE, expect_one_stdin, read_bytes, shown_name
from .member import joined_at, read_member
from .printing import print_errors
from .programs import compile_program
from .times import read_time

NO_TIME = parse_instant("2000-01-01T00:00:00Z")


@click.command()
@click.argument("file", type=FILE)
@click.option(
    "--order",
    metavar="ORDER.json",
    type=FILE,
    required=True,
    help="The order, as in an order.paid event, or such an event; - reads standard input.",
)
@click.option(
    "--customer",
    metavar="CUSTOMER.json",
    type=FILE,
    help="The member who pays; without it, one who has just joined.",
)
@click.option("--at", metavar="MOMENT", help="When the order is paid.")
@click.option(
    "--format",
    "layout",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to print it.",
)
def command(file: str, order: str, customer: str | None, at: str | None, layout: str) -> int:
    """Evaluate one order under the program FILE (- for standard input), and say why it earns what it earns.

    Every rule is listed with what it earned, step by step, or with what kept it from matching: the clause, its
    line, and the values it read. Then what happens to the tier, and what the next tiers still need.

    CUSTOMER.json is a member as `tiercel run --customers` writes one, or as the runtime keeps one, or as little as
    {"tier": "maple", "spend": "120.00", "orders": 2}; further keys: points_earned, lifetime (the three metrics),
    balance, joined, attributes, tags, country. What is left out is nothing, and lifetime is as the metrics are;
    a tier that is left out is the one that the metrics reach. A tier above that was given to the member, and in one
    below the member is held by hand.

    No clock is read. MOMENT is an instant or a time in the program's time zone. It can be left out where the
    order or the member says a time, or where the program has nothing that depends on one.
    """
    expect_one_stdin(file, order, customer)
    compilation = compile_program(file)
    if compilation.module is None or compilation.program is None:
        print_errors(compilation)
        return WRONG
    explanation = _explanation(compilation.program, evaluator(compilation), order, customer, at)
    if layout == "json":
        click.echo(json.dumps(explanation, indent=2))
    else:
        from ..reasons.explained import explained

        click.echo("\n".join(explained(explanation, compilation.program)))
    return WRONG if explanation["outcome"] == "rejected" else DONE


def _explanation(
    model: Model, program: Program, order: str, customer: str | None, at: str | None
) -> dict[str, Any]:
    body, paid_at = _order(order)
    stated = paid_at if at is None else read_time(at, program.tables.timezone, "--at")
    member = _member(customer, model, program, stated)
    instant = member.clock if stated is None else stated
    event = {
        "id": "evaluated",
        "type": "order.paid",
        "at": format_instant(instant, program.tz),
        "customer": member.key,
        "order": {"id": "evaluated", **body},
    }
    explanation = explain(model, program, member, event)
    if stated is None and instant == NO_TIME and "at" in explanation:
        explanation["at"] = None
    return explanation


def _order(path: str) -> tuple[dict[str, Any], int | None]:
    """The order of a file, and if it is a whole event, its instant."""
    raw = read_object(path)
    if "type" not in raw:
        return raw, None
    body, at = raw.get("order"), raw.get("at")
    if raw["type"] != "order.paid" or not isinstance(body, dict) or not isinstance(at, str):
        raise WrongInput(f"`{shown_name(path)}` is an event, and not an `order.paid`")
    try:
        return body, parse_instant(at)
    except ValueError as error:
        raise WrongInput(f"`{shown_name(path)}`: at: {error}") from None


def _member(path: str | None, model: Model, program: Program, at: int | None) -> Customer:
    """The member of a file, or a new one, at an instant; at none, at a time at which all times are the same."""
    given = {} if path is None else read_object(path)
    if at is None and "clock" not in given:
        if depends_on_time(model):
            raise click.UsageError(
                "the program has rules, campaigns or conditions that depend on time: give --at"
            )
        at = NO_TIME if "joined" not in given else joined_at(program, given["joined"])
    return read_member(program, given, at)


def depends_on_time(program: Model) -> bool:
    """Whether the moment of an order can change what it earns, for a member about whom no time is known."""
    timed = any(rule.active and (rule.starts or rule.ends) for rule in program.rules)
    launches = program.vip is not None and program.vip.launches is not None
    names = {name.path for condition in _conditions(program) for name in references(condition.term)}
    reads = not names.isdisjoint(("customer.joined", "customer.days_since_joined"))
    return timed or launches or reads or bool(program.campaigns)


def _conditions(program: Model) -> list[Condition]:
    exclude = program.exclude
    stated = [exclude.customers, exclude.orders] if exclude else []
    stated += [tier.when for tier in program.tiers] + [rule.when for rule in program.rules]
    return [condition for condition in stated if condition is not None]


def read_object(path: str) -> dict[str, Any]:
    """A file with one JSON object. Raises `WrongInput`."""
    try:
        value = read_json(read_bytes(path).decode("utf-8-sig"))
    except ValueError as error:
        why = "not UTF-8" if isinstance(error, UnicodeDecodeError) else str(error)
        raise WrongInput(f"`{shown_name(path)}`: {why}") from None
    if not isinstance(value, dict):
        raise WrongInput(f"`{shown_name(path)}`: not a JSON object")
    return value
