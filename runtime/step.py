"""One event for one customer: what has to hold before, and what it does. `check` first, then `apply`.

`check` raises `Rejected` and changes nothing; after it, `apply` cannot fail, so an event is either wholly
applied or not at all.
"""

from __future__ import annotations

from collections.abc import Mapping

from .compiled import Compiled
from .customer import Customer
from .effects import Cause, Effect, Rejected
from .events import (
    Activity,
    CustomerGiven,
    Enrolled,
    Event,
    OrderPaid,
    OrderRefunded,
    PointsMoved,
    TierSet,
    TiersImported,
)
from .instants import iso_day
from .moves import check_moves_offered, check_tier_set, import_row, set_tier, skipped
from .orders import earn_activity, earn_activity_event, pay_order
from .refunds import check_lines, refund_order
from .tiers import advance, place
from .values import attribute_values
from .versions import adopt, check_compatible


class UnknownProgram(Exception):
    """A customer or an order remembers a version of the program that was not given."""

    def __init__(self, digest: str) -> None:
        super().__init__(
            f"no program with the digest {digest} was given, and a customer or an order refers to it"
        )
        self.digest = digest


Programs = Mapping[str, Compiled]


def _program(programs: Programs, digest: str) -> Compiled:
    try:
        return programs[digest]
    except KeyError:
        raise UnknownProgram(digest) from None


def check(
    program: Compiled,
    customer: Customer | None,
    event: Event,
    programs: Programs,
    not_after: int | None = None,
) -> None:
    """Raise `Rejected` where the event cannot be applied: membership, then time, then its own conditions.

    Events later than the instant `not_after` are `in-the-future`.
    """
    _check_member(customer, event)
    _check_time(program, customer, event, not_after)
    if event.type == "tiers.imported":
        check_moves_offered(program)
    elif customer is not None:
        _check_own(program, customer, event, programs)


def _check_member(customer: Customer | None, event: Event) -> None:
    if event.type == "customer.enrolled":
        if customer is not None:
            raise Rejected("already-member", f"`{event.customer}` is a member already")
    elif event.type != "tiers.imported" and customer is None:
        raise Rejected("not-a-member", f"`{event.customer}` is not a member")


def _check_time(program: Compiled, customer: Customer | None, event: Event, not_after: int | None) -> None:
    # Of an import's rows each goes by its own member's moment of joining.
    if customer is not None and event.at < customer.joined_at and event.type != "tiers.imported":
        raise Rejected("before-joining", f"`{customer.key}` joined at {program.local(customer.joined_at)}")
    if not_after is not None and event.at > not_after:
        raise Rejected("in-the-future", f"after {program.local(not_after)}")


def _check_own(program: Compiled, customer: Customer, event: Event, programs: Programs) -> None:
    if isinstance(event, OrderPaid):
        _check_paid(program, customer, event)
    elif isinstance(event, OrderRefunded):
        record = customer.records.get(event.order_id)
        if record is None:
            raise Rejected("unknown-order", f"`{customer.key}` has no order `{event.order_id}`")
        check_lines(record, event)
        _program(programs, record.digest)
    elif isinstance(event, TierSet):
        check_tier_set(program, customer, event)
    if customer.digest != program.digest:
        check_compatible(_program(programs, customer.digest), program)


def _check_paid(program: Compiled, customer: Customer, event: OrderPaid) -> None:
    currency = program.tables.currency
    if event.currency is not None and event.currency != currency:
        raise Rejected("wrong-currency", f"the program's currency is {currency}, not `{event.currency}`")
    if event.order_id in customer.records:
        raise Rejected("known-order", f"`{customer.key}` has an order `{event.order_id}` already")


def apply(
    program: Compiled, customer: Customer | None, event: Event, programs: Programs
) -> tuple[Customer | None, list[Effect]]:
    """Apply a checked event in place. The customer is none before enrolment and after removal."""
    effects: list[Effect] = []
    if isinstance(event, Enrolled):
        customer = _enrol(program, event)
    assert customer is not None
    bring(program, customer, event.at, effects, programs)
    if event.type == "customer.removed":
        return None, effects
    if isinstance(event, CustomerGiven) and not isinstance(event, Enrolled):
        _give(program, customer, event)
    excluded = program.excludes(customer, event.at)
    if isinstance(event, OrderPaid):
        pay_order(program, customer, event, excluded, effects)
    elif isinstance(event, OrderRefunded):
        evaluated = _program(programs, customer.records[event.order_id].digest)
        refund_order(program, evaluated, customer, event, effects)
    elif isinstance(event, Activity):
        earn_activity_event(program, customer, event, excluded, effects)
    elif isinstance(event, Enrolled):
        if not excluded and event.signup:
            earn_activity(program, customer, "signup", event.at, event.id, effects)
    elif isinstance(event, TierSet):
        set_tier(program, customer, event, effects)
    elif isinstance(event, PointsMoved):
        _adjust(customer, event, effects)
    if customer.launched and not excluded:
        fall: Cause = "refund" if isinstance(event, OrderRefunded) else "disqualified"
        place(program, customer, customer.clock, effects, fall, silent=isinstance(event, Enrolled))
    return customer, effects


def bring(program: Compiled, customer: Customer, at: int, effects: list[Effect], programs: Programs) -> None:
    """Bring the customer to this version of the program, and to an instant."""
    if customer.digest != program.digest:
        old = _program(programs, customer.digest)
        check_compatible(old, program)
        adopt(old, program, customer, effects)
    if at > customer.clock or not customer.launched:
        advance(program, customer, at, effects)


def import_rows(
    program: Compiled,
    customer: Customer,
    rows: list[tuple[str, str]],
    at: int,
    effects: list[Effect],
    programs: Programs,
) -> None:
    """Rows of an import that name this member, in order."""
    for email, tier in rows:
        if customer.joined_at > at:
            effects.append(skipped(email, tier, "not-a-member"))
            continue
        bring(program, customer, at, effects, programs)
        import_row(program, customer, email, tier, effects)


def _enrol(program: Compiled, event: Enrolled) -> Customer:
    joined_at = event.at if event.since is None else event.since
    day = program.day(joined_at)
    assert event.customer is not None
    assert event.email is not None
    customer = Customer(event.customer, event.email, joined_at, day, iso_day(day), program.digest)
    customer.window = program.window_at(customer, joined_at)
    customer.launched = program.is_launched(joined_at)
    _give(program, customer, event)
    return customer


def _give(program: Compiled, customer: Customer, event: CustomerGiven) -> None:
    if event.email is not None:
        customer.email = event.email
    if event.tags is not None:
        customer.tags = event.tags
    if event.country is not None:
        customer.country = event.country
    # A new dictionary, since orders remember the one that they were evaluated on.
    customer.given_attributes = {**customer.given_attributes, **event.attributes}
    customer.attributes = attribute_values(
        program.tables.attributes, customer.given_attributes, program.tables.decimals
    )


def _adjust(customer: Customer, event: PointsMoved, effects: list[Effect]) -> None:
    customer.balance += event.points
    effects.append({"kind": "points_adjusted", "points": event.points, "reason": event.reason})


def normal_email(email: str) -> str:
    """The form in which e-mail addresses are compared."""
    return email.strip().lower()


def rows_for(event: TiersImported, customer: Customer) -> list[tuple[str, str]]:
    """The rows of an import that name this member."""
    email = normal_email(customer.email)
    return [row for row in event.rows if normal_email(row[0]) == email]
