"""What a proposed scenario shows, as a sentence: who or what it is about, and what comes of it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from ...compiler.analysis.evaluate import Value
from ...compiler.model.condition import Reference, Type, references
from ...compiler.model.tree import Program as Model
from ...compiler.model.tree import Rule
from ...compiler.model.words import decimal, money
from ..ground import Clause
from .proposals import Proposal
from .stage import Stage


def title(proposal: Proposal, clause: Clause | None, rule: Rule | None, model: Model) -> str:
    """The sentence for a proposal; `clause` and `rule` are those of its target, where it has one."""
    stage = proposal.stage
    facts = list(_facts(clause, proposal.target.key, stage, model)) if clause else []
    if clause and clause.place.part in ("orders", "items", "contains"):
        return f"An order {_joined(facts)} {_order_outcome(stage, rule)}"
    if rule is not None:
        what = (
            "An order"
            if rule.on_orders
            else "A new member"
            if rule.activity == "signup"
            else f"A {rule.activity}"
        )
        who = f" of {_member(stage, model)}" if rule.activity != "signup" else ""
        outcome = f"{_earned(stage, rule)}"
        return f"{what}{who}{_with(facts)} {outcome}"
    if clause and clause.place.part == "customers":
        return f"A member {_joined(facts)} {_order_outcome(stage, None)}"
    return f"A member{_with(facts)} {_tier_outcome(stage, model)}"


# --- what comes of it ---------------------------------------------------------------------------------------


def _tier_outcome(stage: Stage, model: Model) -> str:
    """`enters Gold`, `falls from Gold to Silver by returning everything`, `stays in Silver`."""
    changes = [effect for effect in stage.effects if effect["kind"] == "tier_changed"]
    names = {tier.id: tier.name for tier in model.tiers}
    ids = [tier.id for tier in model.tiers]
    if not changes:
        return f"stays in {names[stage.tier]}" if stage.tier else "is in no tier"
    before, after = changes[0]["from"], changes[-1]["to"]
    if after is None:
        return f"is no longer in {names[before]}{_by(changes[-1]['cause'])}"
    if before is None:
        return f"enters {names[after]}{_by(changes[-1]['cause'])}"
    rises = ids.index(after) > ids.index(before)
    verb = "rises" if rises else "falls"
    return f"{verb} from {names[before]} to {names[after]}{_by(changes[-1]['cause'])}"


def _by(cause: str) -> str:
    return {
        "refund": " when everything is returned",
        "reset": " when the year is over",
        "lapsed": " when the days are over",
        "manual": " when moved by hand",
        "launch": " at the launch",
    }.get(cause, "")


def _earned(stage: Stage, rule: Rule) -> str:
    found = [e["points"] for e in stage.effects if e["kind"] == "points_earned" and e["rule"] == rule.id]
    return f"earns {found[0]} by {rule.id}" if found else f"earns nothing by {rule.id}"


def _order_outcome(stage: Stage, rule: Rule | None) -> str:
    if rule is not None:
        return _earned(stage, rule)
    return "counts" if any(e["kind"] == "points_earned" for e in stage.effects) else "earns nothing"


def _member(stage: Stage, model: Model) -> str:
    """Of whom the order is."""
    names = {tier.id: tier.name for tier in model.tiers}
    return f"a member in {names[stage.before]}" if stage.before else "a member"


# --- what it is about ---------------------------------------------------------------------------------------


def _with(facts: list[str]) -> str:
    return f" {_joined(facts)}" if facts else ""


def _joined(facts: list[str]) -> str:
    return " and ".join(facts)


def _facts(clause: Clause, key: str, stage: Stage, model: Model) -> Iterator[str]:
    """What the clause's names are, in words that follow `a member` or `an order`."""
    values = stage.values_of(key)
    exactly = key.endswith("/at")
    for name in dict.fromkeys(references(clause.term)):
        yield _fact(name, values.get(name.path), "exactly " if exactly else "", model)


def _fact(name: Reference, value: Value | None, exactly: str, model: Model) -> str:
    shown = _shown(name, value, model)
    match name.path:
        case "spend":
            return f"who has spent {exactly}{shown}"
        case "lifetime.spend":
            return f"who has spent {exactly}{shown} since joining"
        case "orders" | "lifetime.orders":
            ever = " since joining" if name.path.startswith("lifetime.") else ""
            return f"who has {exactly}{shown} order{'' if value == 1 else 's'}{ever}"
        case "points_earned" | "lifetime.points_earned":
            ever = " since joining" if name.path.startswith("lifetime.") else ""
            many = model.points[0] if value == 1 else model.points[1]
            return f"who has earned {exactly}{shown} {many}{ever}"
        case "order.total":
            return f"of {exactly}{shown}"
        case "customer.joined":
            return f"who joined on {shown}"
        case "customer.days_since_joined":
            return f"who joined {exactly}{shown} days ago"
    return _other_fact(name, value, shown, exactly)


def _other_fact(name: Reference, value: Value | None, shown: str, exactly: str) -> str:
    scope, _, property = name.path.partition(".")
    label = property.replace("_", " ")
    before = "with an item of" if scope == "item" else "with"
    if isinstance(value, bool):
        return f"{before if value else before.replace('with', 'without', 1)} {label}"
    if isinstance(value, frozenset):
        return f"{before} {label} {shown}" if value else f"{before.replace('with', 'without', 1)} {label}"
    if value in ("", None):
        return f"{before.replace('with', 'without', 1)} {label}"
    return f"{before} {label} {exactly}{shown}"


def _shown(name: Reference, value: Value | None, model: Model) -> str:
    match value:
        case bool():
            return str(value).lower()
        case int() if name.type is Type.MONEY:
            return money(value, model.currency) if value >= 0 else f"-{money(-value, model.currency)}"
        case int() | Fraction():
            return decimal(Fraction(value))
        case frozenset():
            return " and ".join(sorted(value))
    return str(value)
