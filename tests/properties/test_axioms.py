"""What the analysis takes for granted of metrics, orders and items holds of every state that events lead to.

Checked after every event, of every member and of the orders that are kept of it. `TIERCEL_EXAMPLES` sets how many
cases are tried.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from hypothesis import given

from tiercel.compiler.analysis.axioms import setting_of
from tiercel.compiler.model.tree import Program, Window, WindowKind
from tiercel.runtime import Ledger
from tiercel.runtime.customer import Customer
from tiercel.runtime.facts import Item, Metrics, Order
from tiercel.runtime.ledger import Outcome
from tiercel.tests.properties.cases import Case, budget, cases
from tiercel.tests.properties.compiled import compile_text
from tiercel.tests.properties.test_agreement import Differ, check

METRICS = ("spend", "orders", "points_earned")


def broken(customer: Customer, program: Program) -> Iterator[str]:
    """What should hold of a member and does not."""
    scopes: dict[str, Metrics | Customer] = {"": customer, "lifetime.": customer.lifetime}
    if customer.previous is not None:
        scopes["previous."] = customer.previous.metrics
    for scope, metrics in scopes.items():
        yield from broken_metrics(scope, metrics)
    yield from broken_sums(customer, program)
    if program.vip is None or program.vip.count_refunds:
        for scope, metrics in scopes.items():
            if metrics.spend > 0 and customer.lifetime.orders < 1:
                yield f"{scope}spend, and no order since joining"
    for key, record in customer.records.items():
        yield from (f"order {key}: {what}" for what in broken_order(record.order))
    if customer.clock < customer.joined_at:
        yield "the clock is before the day of joining"


def broken_metrics(scope: str, metrics: Metrics | Customer) -> Iterator[str]:
    for metric in METRICS:
        if getattr(metrics, metric) < 0:
            yield f"{scope}{metric} is negative"
    if metrics.spend > 0 and metrics.orders < 1:
        yield f"{scope}spend without {scope}orders"


def broken_sums(customer: Customer, program: Program) -> Iterator[str]:
    """The window and the one before are parts of all time, or are all of it: as the analysis has it for the program."""
    setting = setting_of(program)
    window = program.vip.window if program.vip else Window(WindowKind.LIFETIME)
    if customer.previous is not None and not window.closes:
        yield "a window closed that never does"
    for metric in METRICS:
        ever, now = getattr(customer.lifetime, metric), getattr(customer, metric)
        before = 0 if customer.previous is None else getattr(customer.previous.metrics, metric)
        if setting.part_of_lifetime and now + before > ever:
            yield f"{metric}: {now} and {before} in windows, {ever} since joining"
        if setting.all_time and now != ever:
            yield f"{metric}: {now} in the window of all time, {ever} since joining"


def broken_order(order: Order) -> Iterator[str]:
    """What should hold of an order, also of what refunds have left of it."""
    amounts = (order.total, order.tax, order.shipping, order.discount, order.units)
    if min(amounts) < 0:
        yield "a negative amount"
    if order.total < order.tax + order.shipping:
        yield "the total does not cover tax and shipping"
    yield from (what for item in order.items if not item.gone for what in broken_item(item))


def broken_lines(order: Order) -> Iterator[str]:
    """What should hold of an order as it was paid; a refund can say that its amount came off no line."""
    wholes = {"total": order.total, "tax": order.tax, "discount": order.discount, "quantity": order.units}
    for name, whole in wholes.items():
        if whole < sum(getattr(item, name) for item in order.items):
            yield f"no {name} that covers its items'"


def broken_item(item: Item) -> Iterator[str]:
    if min(item.total, item.tax, item.discount) < 0:
        yield "an item with a negative amount"
    if item.quantity < 1:
        yield "an item without a quantity"
    if item.total < item.tax:
        yield "an item whose total does not cover its tax"


def paid_order(line: str, outcome: Outcome) -> tuple[str, str] | None:
    """The customer and the id of the order that an event recorded."""
    event = json.loads(line)
    is_paid = outcome["outcome"] == "applied" and event["type"] == "order.paid"
    return (event["customer"], event["order"]["id"]) if is_paid else None


def compare_axioms(case: Case) -> None:
    """Apply the events of a case; raises `Differ` at the first state that the analysis calls impossible."""
    (part,) = case.parts
    model, program = compile_text(part.program)
    ledger = Ledger(program)
    for line in part.lines:
        paid = paid_order(line, ledger.apply_line(line))
        for customer in ledger.members():
            found = list(broken(customer, model))
            if paid is not None and customer.key == paid[0]:
                found += broken_lines(customer.records[paid[1]].order)
            if found:
                raise Differ(f"{customer.key}: {found[0]}, after {line}")


@budget()
@given(cases())
def test_every_state_satisfies_the_axioms(case: Case) -> None:
    check(case, compare_axioms)
