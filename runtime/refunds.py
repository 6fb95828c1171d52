"""Refunds: what is left of an order, and its evaluation again as it was."""

from __future__ import annotations

from .compiled import Compiled
from .credits import credit
from .customer import Customer, Record
from .effects import Effect, invalid
from .events import LineRefund, OrderRefunded
from .facts import Item, Member, Order
from .points import campaign_at, in_proportion, matches, net_order, order_amount, rule_points


def check_lines(record: Record, event: OrderRefunded) -> None:
    """Raise `Rejected` where the refund names a line that the order does not have."""
    for line in event.items or ():
        if line.line >= len(record.order.items):
            raise invalid("order.items", f"the order has no line {line.line}")


def refund_order(
    program: Compiled,
    evaluated: Compiled,
    customer: Customer,
    event: OrderRefunded,
    effects: list[Effect],
) -> None:
    """Take back what the order no longer earns. `evaluated` is the program that evaluated the order."""
    record = customer.records[event.order_id]
    before = record.order
    taken = min(event.amount, before.total)
    if taken < event.amount:
        effects.append(
            {
                "kind": "refund_clamped",
                "order": event.order_id,
                "asked": program.money(event.amount),
                "taken": program.money(taken),
            }
        )
    left = what_is_left(before, event)
    spend, counted, points = _evaluate_again(evaluated, customer, record, left)
    total, qualifying = _reverse(evaluated, customer, event.order_id, record, points, effects)
    customer.records[event.order_id] = Record(
        left, record.at, record.tier, record.member, spend, counted, points, record.digest, record.excluded
    )
    if not record.excluded:
        window = program.tables.count_refunds
        less_spend, less_orders = spend - record.spend, counted - record.counted
        credit(
            program,
            customer,
            record.at,
            less_spend,
            less_orders,
            -qualifying,
            window=window,
            after_refund=True,
        )
        customer.balance -= total


def _evaluate_again(
    evaluated: Compiled, customer: Customer, record: Record, left: Order
) -> tuple[int, int, dict[str, int]]:
    """Spend, count and points per rule that the order is still worth: never more than it is credited with."""
    tables = evaluated.tables
    net = None if record.excluded or left.total == 0 else net_order(tables, left)
    member: Member = record.member or customer  # conditions that read nothing of the customer take any
    days = evaluated.days_since_joined(customer, record.at)
    if net is None or (tables.excludes_order is not None and tables.excludes_order(member, left, days)):
        return 0, 0, {}
    spend = min(record.spend, order_amount(tables.spend, net))
    campaign = campaign_at(evaluated, record.at)
    points: dict[str, int] = {}
    for rule in evaluated.order_rules:
        credited = record.points.get(rule.id)
        if credited and matches(rule, net, record.tier, member, days, record.at):
            earned = min(credited, rule_points(rule, net, record.tier, campaign)[0])
            if earned:
                points[rule.id] = earned
    return spend, min(record.counted, 1 if spend else 0), points


def _reverse(
    evaluated: Compiled,
    customer: Customer,
    order_id: str,
    record: Record,
    points: dict[str, int],
    effects: list[Effect],
) -> tuple[int, int]:
    """Effects of the points that fall; their sum, and the sum of those that counted into `points_earned`."""
    total = qualifying = 0
    for rule in evaluated.order_rules:
        fall = record.points.get(rule.id, 0) - points.get(rule.id, 0)
        if fall <= 0:
            continue
        effects.append({"kind": "points_reversed", "rule": rule.id, "points": fall, "order": order_id})
        total += fall
        if rule.qualifies:
            qualifying += fall
        if rule.id not in points and rule.id in customer.uses:
            customer.uses[rule.id] = [use for use in customer.uses[rule.id] if use.order != order_id]
    return total, qualifying


def what_is_left(order: Order, event: OrderRefunded) -> Order:
    """The order less the refund. More than is left of anything is taken as what is left."""
    taken = min(event.amount, order.total)
    total = order.total - taken
    tax = _fall(order.tax, event.tax, total, order.total)
    discount = _fall(order.discount, event.discount, total, order.total)
    shipping_taken = min(event.shipping, order.shipping)
    tax = min(tax, total)
    shipping = min(order.shipping - shipping_taken, total - tax)
    if event.items is not None:
        items = _refund_lines(order.items, event.items)
    else:
        items = _spread(order.items, taken - shipping_taken, everything=total == 0)
    return order.left(total, tax, shipping, discount, items)


def _fall(amount: int, asked: int | None, left: int, before: int) -> int:
    """What stays of a tax or discount: less what was asked, or in proportion to its total."""
    if asked is not None:
        return amount - min(asked, amount)
    return in_proportion(amount, left, before)


def _refund_lines(items: tuple[Item, ...], lines: list[LineRefund]) -> tuple[Item, ...]:
    left = list(items)
    for line in lines:
        item = left[line.line]
        total = item.total - min(line.total, item.total)
        falls_to_nothing = item.total > 0 and total == 0
        if line.quantity is None:
            quantity = 0 if falls_to_nothing else item.quantity
        else:
            quantity = item.quantity - min(line.quantity, item.quantity)
        left[line.line] = item.left(
            total,
            min(total, _fall(item.tax, line.tax, total, item.total)),
            _fall(item.discount, line.discount, total, item.total),
            quantity,
            item.gone or falls_to_nothing or (item.quantity > 0 and quantity == 0),
        )
    return tuple(left)


def _spread(items: tuple[Item, ...], amount: int, *, everything: bool) -> tuple[Item, ...]:
    """Take an amount off the lines in proportion to their totals, by largest remainder, earlier lines first."""
    whole = sum([item.total for item in items])
    amount = whole if everything else min(amount, whole)
    if amount <= 0:
        return items
    shares = [divmod(amount * item.total, whole) for item in items]
    rest = amount - sum([share for share, _ in shares])
    order = sorted(range(len(items)), key=lambda index: (-shares[index][1], index))
    rounded_up = set(order[:rest])
    falls = [share + (index in rounded_up) for index, (share, _) in enumerate(shares)]
    return tuple([_fallen(item, fall) for item, fall in zip(items, falls, strict=True)])


def _fallen(item: Item, fall: int) -> Item:
    if not fall:
        return item
    total = item.total - fall
    return item.left(
        total,
        in_proportion(item.tax, total, item.total),
        in_proportion(item.discount, total, item.total),
        item.quantity if total else 0,
        item.gone or total == 0,
    )
