"""What is said about points agrees with what the runtime earns, on members and orders of all kinds."""

from __future__ import annotations

import copy
import random
from datetime import date
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from tiercel.compiler.analysis.evaluate import holds
from tiercel.compiler.analysis.membership import moves_by_hand
from tiercel.compiler.diff.pairing import versions
from tiercel.compiler.diff.points import points
from tiercel.compiler.model.tree import Program as Model
from tiercel.reasons.facts import member_values
from tiercel.runtime import Member, Program
from tiercel.runtime.instants import first_instant, local_day
from tiercel.runtime.points import campaign_at
from tiercel.tests.properties.cases import budget
from tiercel.tests.properties.clauses import Declared, maybe
from tiercel.tests.properties.compiled import Unusable, compile_text
from tiercel.tests.properties.earned import Grid, attributes, earned, from_witness, item, member, order
from tiercel.tests.properties.strategies import DECIMALS, exclusions, order_rules, programs
from tiercel.tests.properties.yaml_text import yaml_text

POINTS = 150  # of the grid
UP_TO = 500  # units of the currency
TOTALS = [
    "0",
    "0.49",
    "0.5",
    "1",
    "2.5",
    "10",
    "19.99",
    "20",
    "49",
    "50",
    "50.01",
    "99.99",
    "100",
    "130",
    "250",
    "1000",
]
DAYS = ["2026-05-31", "2026-06-01", "2026-12-31", "2027-01-01", "2027-01-20", "2027-03-10", "2027-04-01"]


@st.composite
def two_versions(draw: st.DrawFn) -> tuple[Declared, Declared]:
    """A program, and the same with some of what one rule says taken from another one, or other exclusions."""
    old = draw(programs())
    new = copy.deepcopy(old)
    ids = [tier["id"] for tier in old.get("vip", {}).get("tiers", [])]
    decimals, declared = DECIMALS[old["program"]["currency"]], old.get("customer", {})
    rules = [rule for rule in new.get("earn", []) if rule["activity"] == "order"]
    assume(rules)
    rule = draw(st.sampled_from(rules))
    other = draw(order_rules("other", ids, decimals, declared))
    alter(draw, rule, other)
    if maybe(draw, 10):
        new["exclude"] = {**draw(exclusions(declared)), "items": "item.gift_card"}
    if maybe(draw, 15) and "campaigns" not in new:
        new["earn"].append(other)
    return old, new


def alter(draw: st.DrawFn, rule: Declared, other: Declared) -> None:
    keys = [
        {"points", "per"},
        {"round"},
        {"amount"},
        {"items"},
        {"contains"},
        {"when"},
        {"tiers"},
        {"max_points"},
    ]
    for some in draw(st.lists(st.sampled_from(keys), min_size=1, max_size=3)):
        for key in some:
            rule.pop(key, None)
            if key in other:
                rule[key] = other[key]
    if isinstance(rule["points"], dict):
        rule.pop("tiers", None)
    if rule["per"] == "order":
        for key in ("round", "amount", "items"):
            rule.pop(key, None)


class Maker:
    """Makes points of the grid."""

    def __init__(self, rng: random.Random, old: tuple[Model, Program], new: tuple[Model, Program]) -> None:
        self.rng = rng
        self.models = (old[0], new[0])
        self.programs = (old[1], new[1])
        self.unit = 10 ** old[0].currency.decimals

    def money(self, *texts: str) -> int:
        return round(float(self.rng.choice(texts)) * self.unit)

    def make(self) -> Grid | None:
        model, program = self.models[0], self.programs[0]
        day = date.fromisoformat(self.rng.choice(DAYS)).toordinal() - date(1970, 1, 1).toordinal()
        joined = day - self.rng.choice([0, 1, 19, 20, 30, 200])
        at = first_instant(local_day(first_instant(self._ordinal(day), program.tz), program.tz), program.tz)
        who = self._member(model, self._ordinal(joined))
        grid = Grid(who, self._ordinal(joined), self._order(), at + self.rng.choice([0, 12 * 3600 * 10**9]))
        return (
            grid
            if all(self._stays(m, who, self._ordinal(day) - grid.joined_day) for m in self.models)
            else None
        )

    @staticmethod
    def _ordinal(day: int) -> int:
        return day + date(1970, 1, 1).toordinal()

    def _member(self, model: Model, joined: int) -> Member:
        lowest = -1 if self._can_be_in_none(model) else 0
        spend = self.money("0", "0", "50", "99.99", "100", "400")
        return member(
            attributes(model, self._attributes(model)),
            tier=self.rng.randint(lowest, len(model.tiers) - 1),
            country=self.rng.choice(["", "CA", "US"]),
            tags=frozenset(self.rng.sample(["vip", "x"], self.rng.randint(0, 1))),
            joined=date.fromordinal(joined).isoformat(),
            spend=spend,
            orders=self.rng.choice([1, 2, 5] if spend else [0, 0, 1, 2]),
            points_earned=self.rng.choice([0, 10, 100]),
        )

    def _attributes(self, model: Model) -> dict[str, Any]:
        pools: dict[str, list[Any]] = {
            "boolean": [True, False],
            "integer": [0, 1, 2, 3],
            "money": [0, 5 * self.unit, 10 * self.unit],
            "text": ["", "x", "true", "y"],
            "date": ["", "2026-01-31", "2026-06-30", "2027-01-01"],
        }
        given = {a.name: pools[a.type.value] for a in model.attributes if a.type.value in pools}
        given |= {a.name: list(a.values) for a in model.attributes if a.values}
        return {name: self.rng.choice(pool) for name, pool in given.items()}

    @staticmethod
    def _can_be_in_none(model: Model) -> bool:
        vip = model.vip
        return vip is None or vip.not_yet or vip.launches is not None or not vip.tiers[0].for_everyone

    def _stays(self, model: Model, who: Member, days: int) -> bool:
        """Whether no higher tier's condition holds, by which the member would not be in this one.

        Where members can be moved by hand, they can be held in a lower tier.
        """
        if who.tier < 0 or moves_by_hand(model):
            return True
        values = member_values(who, days)
        return not any(t.when and holds(t.when.term, values) for t in model.tiers[who.tier + 1 :])

    def _order(self):
        total = self.money(*TOTALS)
        tax = self.rng.choice([0, total // 10])
        items, left, taxed = [], total, tax
        for _ in range(self.rng.choice([0, 0, 1, 1, 2, 3])):
            part = self.rng.choice([left, left // 2, min(left, 20 * self.unit)])
            own = min(taxed, part, self.rng.choice([0, taxed]))
            left, taxed = left - part, taxed - own
            items.append(self._item(part, own))
        return order(
            tuple(items),
            total=total,
            tax=tax,
            shipping=min(total - tax, self.rng.choice([0, self.unit, 9 * self.unit])),
            discount=self.rng.choice([0, 0, 10 * self.unit]),
            channel=self.rng.choice(["", "web", "pos"]),
            country=self.rng.choice(["", "US", "CA"]),
            codes=frozenset(self.rng.sample(["SAVE"], self.rng.randint(0, 1))),
            tags=frozenset(self.rng.sample(["a"], self.rng.randint(0, 1))),
        )

    def _item(self, total: int, tax: int):
        return item(
            total=total,
            tax=tax,
            quantity=self.rng.choice([1, 1, 2]),
            sku=self.rng.choice(["", "A"]),
            vendor=self.rng.choice(["", "v"]),
            tags=frozenset(self.rng.sample(["sale", "x"], self.rng.randint(0, 1))),
            collections=frozenset(self.rng.sample(["new"], self.rng.randint(0, 1))),
            gift_card=self.rng.random() < 0.1,
        )


@given(two_versions(), st.integers(0, 2**32))
@budget()
def test_what_is_said_agrees_with_a_grid(declared: tuple[Declared, Declared], seed: int) -> None:
    try:
        old, new = (compile_text(yaml_text(version)) for version in declared)
    except Unusable:
        assume(False)
    maker = Maker(random.Random(seed), old, new)
    found = points(versions(old[0], new[0], UP_TO * maker.unit))
    for grid in filter(None, (maker.make() for _ in range(POINTS))):
        before, after = (earned(program, grid) for program in maker.programs)
        tier = old[0].tiers[grid.member.tier].id if grid.member.tier >= 0 else None
        on_orders = [c for c in found.changes if "activity" not in c.facts]
        told = [c for c in on_orders if c.facts["tier"] == tier and c.better is (after > before)]
        if before == after or (found.unknown and not told):
            continue
        assert told, (tier, before, after, described(grid), found)
        bounds = [c.facts.get("largest") for c in told]
        if all(bounds) and grid.order.total <= UP_TO * maker.unit:
            assert abs(after - before) <= max(abs(b["new"] - b["old"]) for b in bounds), (
                described(grid),
                found,
            )


@given(two_versions())
@budget()
def test_witnesses_earn_what_is_said(declared: tuple[Declared, Declared]) -> None:
    try:
        old, new = (compile_text(yaml_text(version)) for version in declared)
    except Unusable:
        assume(False)
    for change in points(versions(old[0], new[0], 10**6)).changes:
        tier = next((t.index for t in old[0].tiers if t.id == change.facts["tier"]), -1)
        if change.facts["campaign"] is None and not {"time", "activity"} & change.facts.keys():
            largest = [change.facts["largest"]] if "largest" in change.facts else []
            for told in (change.facts, *largest):
                for (model, program), said in ((old, told["old"]), (new, told["new"])):
                    grid = from_witness(model, program, tier, told["witness"])
                    if campaign_at(program, grid.at) is None:
                        assert earned(program, grid) == said, (change, described(grid))


def described(grid: Grid) -> dict[str, Any]:
    """A point of the grid, to be read in a failure."""

    def slots(thing: Any) -> dict[str, Any]:
        return {name: getattr(thing, name) for name in type(thing).__slots__ if hasattr(thing, name)}

    items = [slots(each) for each in grid.order.items]
    return {"member": slots(grid.member), "order": {**slots(grid.order), "items": items}, "at": grid.at}
