"""Every default of a program that took effect, by key path: what the file does not say, and what then holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..compiler.model.tree import Declared, Program, Rule, Tier, Vip
from ..compiler.syntax.tree import Mapping
from . import words

Fact = tuple[str, str]
NONE = "none"


def defaults(program: Program) -> Iterator[Fact]:
    """Key paths with values. A default that several tiers or rules share is one fact: `earn[a, b].active`."""
    root = program.document.root
    yield from _absent(
        root.get("program"),
        "program",
        {"timezone": "UTC", "points": "{one: point, many: points}", "hosted": "no gates"},
    )
    yield from _absent(root, "", {"customer": "no attributes"})
    yield from _absent(
        root.get("exclude"), "exclude", {"customers": NONE, "orders": NONE, "items": "item.gift_card"}
    )
    yield from _absent(root, "", {"vip": "no tiers"})
    if program.vip:
        yield from _vip(program.vip)
        yield from _shared(
            "vip.tiers", program.vip.tiers, [(t.id, _tier(t, program.vip)) for t in program.vip.tiers]
        )
    yield from _absent(root, "", {"earn": "no rules"})
    yield from _shared("earn", program.rules, [(r.id, _rule(r)) for r in program.rules])
    yield from _absent(root, "", {"campaigns": NONE})


def _absent(node: object, path: str, values: dict[str, str]) -> Iterator[Fact]:
    """The keys that a mapping does not state; all of them where there is no such mapping."""
    for key, value in values.items():
        if not isinstance(node, Mapping) or node.get(key) is None:
            yield f"{path}.{key}" if path else key, value


def _vip(vip: Vip) -> Iterator[Fact]:
    values = {"launches": "always launched", "window": "lifetime"}
    if vip.window.closes:
        values |= {"lasts": "next_window", "lapse": "earned"}
    yield from _absent(vip.node, "vip", values)
    if vip.node.get("window") and vip.window.closes and not _states_start(vip):
        yield "vip.window.calendar_year.starts", "01-01"
    yield from _absent(vip.node, "vip", {"refunds": "count", "skipped_tiers": "all"})
    yield from _absent(vip.node.get("spend"), "vip.spend", AMOUNT)
    yield from _absent(vip.node, "vip", {"notify": "false"})


AMOUNT = {"tax": "include", "shipping": "include", "discounts": "deduct"}


def _tier(tier: Tier, vip: Vip) -> dict[str, str]:
    values = {"invite_only": "false", "entry_rewards": NONE, "perks": NONE}
    if not tier.invite_only:
        values["when"] = "everyone"
    if vip.window.closes and vip.lasts_next_window and not tier.for_everyone:
        values["retain"] = "none: it lapses" if tier.invite_only else "the tier's `when`"
    return _unstated(tier, values)


def _rule(rule: Rule) -> dict[str, str]:
    values = {"when": "always", "active": "true", "from": "open", "until": "open"}
    if not rule.table:
        values["tiers"] = "every customer, in a tier or not"
    if rule.on_orders:
        values |= {"contains": NONE, "max_points": NONE}
    if rule.per is not None:
        values |= {"round": "nearest", "items": "all"}
    values |= {"limit": words.limit(rule.limit) if rule.limit else NONE, "qualifies": "true"}
    return _unstated(rule, values) | _amount(rule)


def _amount(rule: Rule) -> dict[str, str]:
    """The parts of `amount` that a rule does not state: they are as in `vip.spend`."""
    if rule.per is None:
        return {}
    counted, stated = rule.amount, rule.node.get("amount")
    values = {
        "tax": "include" if counted.tax else "exclude",
        "shipping": "include" if counted.shipping else "exclude",
        "discounts": "deduct" if counted.deduct_discounts else "ignore",
    }
    return {
        f"amount.{key}": value
        for key, value in values.items()
        if not isinstance(stated, Mapping) or stated.get(key) is None
    }


def _unstated(declared: Declared, values: dict[str, str]) -> dict[str, str]:
    return {key: value for key, value in values.items() if not declared.states(key)}


def _states_start(vip: Vip) -> bool:
    return vip.window.kind.value != "calendar_year" or isinstance(vip.node.get("window"), Mapping)


def _shared(
    path: str, all_of: Sequence[object], each: Iterable[tuple[str, dict[str, str]]]
) -> Iterator[Fact]:
    """A fact for each key and value, with the ids of all that share it; `*` where that is all of several."""
    ids: dict[Fact, list[str]] = {}
    for id, values in each:
        for fact in values.items():
            ids.setdefault(fact, []).append(id)
    for (key, value), sharing in ids.items():
        which = "*" if len(sharing) == len(all_of) > 1 else ", ".join(sharing)
        yield f"{path}[{which}].{key}", value
