"""Hypothesis strategies for what paid orders and refunds say, near the thresholds of programs."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from hypothesis import strategies as st

from .clauses import STEPS, Declared, maybe
from .strategies import DECIMALS, amount_text

Event = dict[str, Any]


@dataclass
class Scene:
    """What the events so far have set up."""

    program: Declared
    anchors: list[datetime]
    clock: datetime
    events: list[Event] = field(default_factory=list)
    orders: dict[tuple[str, str], Event] = field(default_factory=dict)
    emails: list[str] = field(default_factory=lambda: ["c1@example.com", "c2@example.com"])

    @property
    def decimals(self) -> int:
        return DECIMALS[self.program["program"]["currency"]]

    @property
    def reads_items(self) -> bool:
        """Whether a condition may read items, so that orders have to have them."""
        text = json.dumps(self.program)
        return "item." in text or "order.units" in text

    def money(self, minor: int) -> str:
        return amount_text(minor, self.decimals)


def minor_amounts(scene: Scene) -> st.SearchStrategy[int]:
    """Amounts of money near the thresholds."""
    unit = 10**scene.decimals
    near = [step * unit + d for step in STEPS for d in (0, -1, 1)]
    return st.sampled_from([50 * unit, 10 * unit, 33 * unit + unit // 2, 49 * unit, 0, 1, 20 * unit, *near])


@st.composite
def written(draw: st.DrawFn, scene: Scene, minor: int) -> Any:
    """An amount as text, or where it is whole as a number."""
    unit = 10**scene.decimals
    if minor % unit == 0 and maybe(draw, 30):
        return minor // unit
    return scene.money(minor)


@st.composite
def paid_items(draw: st.DrawFn, total: int, tax: int, discount: int, scene: Scene) -> list[Event]:
    """One to three lines, which together are no more than the order."""
    count = draw(st.integers(1, 3))
    parts = [total] if count == 1 else [total // 2, total - total // 2] if count == 2 else [total // 3] * 3
    items = []
    for part in parts:
        item: Event = {"sku": draw(st.sampled_from(["A", "B"])), "total": scene.money(part)}
        if tax and maybe(draw, 60):
            item["tax"] = scene.money(min(part, tax // count))
        if discount and maybe(draw, 60):
            item["discount"] = scene.money(discount // count)
        if maybe(draw, 30):
            item["quantity"] = draw(st.sampled_from([2, 3]))
        if maybe(draw, 25):
            item["gift_card"] = True
        if maybe(draw, 15):
            item |= {"vendor": "v", "tags": ["sale"], "collections": ["new"]}
        items.append(item)
    return items


@st.composite
def paid_orders(draw: st.DrawFn, scene: Scene, key: str) -> Event:
    total = draw(minor_amounts(scene))
    order: Event = {"id": key, "total": draw(written(scene, total))}
    shipping = total // 10 if maybe(draw, 25) else 0
    tax = draw(st.sampled_from([total // 7, total // 20, total - shipping])) if maybe(draw, 35) else 0
    discount = draw(st.sampled_from([total // 5, 1, total])) if maybe(draw, 30) else 0
    for name, minor in [("shipping", shipping), ("tax", tax), ("discount", discount)]:
        if minor:
            order[name] = scene.money(minor)
    for name, values in [
        ("channel", ["pos", "web"]),
        ("country", ["US", "CA"]),
        ("tags", [["a"]]),
        ("codes", [["SAVE"]]),
    ]:
        if maybe(draw, 12):
            order[name] = draw(st.sampled_from(values))
    if maybe(draw, 97 if scene.reads_items else 55):
        order["items"] = draw(paid_items(total - shipping, tax, discount, scene))
    if maybe(draw, 2):
        order["currency"] = draw(st.sampled_from(["EUR", scene.program["program"]["currency"]]))
    return order


def minor_of(value: Any, scene: Scene) -> int:
    """An amount as it was written, in minor units."""
    whole, _, rest = str(value).partition(".")
    return int(whole) * 10**scene.decimals + int((rest + "000")[: scene.decimals] or 0)


@st.composite
def shares(draw: st.DrawFn, minor: int) -> int:
    """How much of an amount to give back."""
    return draw(st.sampled_from([minor, minor // 2, minor, minor // 3, min(1, minor), 0]))


@st.composite
def refunds(draw: st.DrawFn, order: Event, scene: Scene) -> Event:
    total = minor_of(order["total"], scene)
    amount = total + 1 if maybe(draw, 8) else draw(shares(total))
    refund: Event = {"id": order["id"], "amount": draw(written(scene, amount))}
    shipping = min(amount, minor_of(order.get("shipping", 0), scene)) if maybe(draw, 30) else None
    tax = draw(shares(minor_of(order.get("tax", 0), scene))) if maybe(draw, 30) else None
    if shipping is not None:
        refund["shipping"] = scene.money(shipping)
    if tax is not None:
        refund["tax"] = scene.money(min(tax, amount - (shipping or 0)))
    if maybe(draw, 20):
        refund["discount"] = scene.money(draw(shares(minor_of(order.get("discount", 0), scene))))
    if maybe(draw, 50) and "items" in order:
        refund["items"] = draw(refunded_lines(order["items"], amount - (shipping or 0), scene))
    return refund


@st.composite
def refunded_lines(draw: st.DrawFn, items: list[Event], most: int, scene: Scene) -> list[Event]:
    """Some lines given back, in all or in part, together no more than the amount."""
    lines: list[Event] = []
    for position, item in enumerate(items):
        if maybe(draw, 60):
            back = min(most, draw(shares(minor_of(item["total"], scene))))
            most -= back
            line: Event = {"line": position, "total": scene.money(back)}
            if maybe(draw, 30):
                line["quantity"] = draw(st.sampled_from([1, 0, 2]))
            for name in ("tax", "discount"):
                if maybe(draw, 20):
                    line[name] = scene.money(draw(shares(minor_of(item.get(name, 0), scene))))
            lines.append(line)
    if maybe(draw, 3):
        lines.append({"line": len(items), "total": 0})
    return lines
