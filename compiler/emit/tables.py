"""The tables of an emitted module: everything that a program states which is not a condition."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

from ..model import tree
from ..model.tree import Program, Rule, Tier
from .expressions import call, constant, name, tuple_of
from .origins import Origins
from .readings import needs_items, remembered_names
from .thresholds import thresholds
from .writer import Writer

_NANOSECONDS = 1_000_000_000


@dataclass(frozen=True, slots=True)
class _Row:
    """An element of a table, and the comments above it; without an element, comments alone."""

    node: ast.expr | None
    comments: tuple[str, ...] = ()


@dataclass(slots=True)
class TableWriter:
    """Writes `TABLES`, and remembers which classes that takes. `functions` is `Functions.names`."""

    writer: Writer
    origins: Origins
    functions: Mapping[str | tuple[str, int], str]
    classes: set[str] = field(default_factory=lambda: {"Tables"})

    def write(self, program: Program, digest: str) -> None:
        """The tables of a program; whatever equals the default of `Tables` is left out."""
        with self.writer.block("TABLES = Tables(", ")"):
            self._fields(_settings(program, digest))
            self._rows("attributes", map(_attribute, program.attributes))
            if program.vip:
                self._vip(program.vip)
            self._rows("tiers", (self._tier(tier, program.currency.decimals) for tier in program.tiers))
            self._functions("highest_tier", "retained_tier")
            if any(rule.active for rule in program.rules):
                self._rows("rules", map(self._rule, program.rules))
            self._rows("campaigns", map(self._campaign, program.campaigns))
            self._functions("excludes_customer", "excludes_order", "excludes_item")
            self._fields(
                _stated(needs_items=(needs_items(program), False), reads=(remembered_names(program), ()))
            )
            self._fields(_stated(source=(self.origins.file, "")))

    def _fields(self, fields: Mapping[str, ast.expr]) -> None:
        for key, node in fields.items():
            self.classes |= _classes_in(node)
            self.writer.expression(f"{key}=", node, ",")

    def _functions(self, *fields: str) -> None:
        self._fields({key: name(self.functions[key]) for key in fields if key in self.functions})

    def _rows(self, key: str, rows: Iterable[_Row]) -> None:
        rows = list(rows)
        if len(rows) == 1 and rows[0].node and not rows[0].comments:
            self._fields({key: tuple_of([rows[0].node])})
        elif rows:
            self._table(key, rows)

    def _table(self, key: str, rows: Iterable[_Row]) -> None:
        with self.writer.block(f"{key}=(", "),"):
            for row in rows:
                for comment in row.comments:
                    self.writer.comment(comment)
                if row.node:
                    self.classes |= _classes_in(row.node)
                    self.writer.expression("", row.node, ",")

    def _vip(self, vip: tree.Vip) -> None:
        self._fields(_stated(vip=(True, False), not_yet=(vip.not_yet, False)))
        if vip.launches:
            self.writer.comment(f"Launches at {_utc(vip.launches.instant)}")
            self._fields(_stated(launches=(vip.launches.instant, None)))
        self._fields(_placing(vip))

    def _tier(self, tier: Tier, decimals: int) -> _Row:
        plain = thresholds(tier.when)
        return _Row(
            call(
                "Tier",
                constant(tier.id),
                constant(tier.name),
                line=constant(self.origins.line(tier.span)),
                **_stated(
                    invite_only=(tier.invite_only, False),
                    rewards=(tuple(_reward(reward, decimals) for reward in tier.entry_rewards), ()),
                    perks=(tier.perks, ()),
                    thresholds=(tuple(call("Threshold", *map(_node, pair)) for pair in plain.least), ()),
                    any_threshold=(plain.any, False),
                ),
            )
        )

    def _rule(self, rule: Rule) -> _Row:
        if not rule.active:
            return _Row(None, (f"{self.origins.comment(rule.span)}: a rule that is not active",))
        conditions = {
            kind: name(self.functions[kind, rule.index])
            for kind in ("items", "contains", "when")
            if (kind, rule.index) in self.functions
        }
        node = call(
            "Rule",
            constant(rule.id),
            line=constant(self.origins.line(rule.span)),
            activity=constant(rule.activity),
            rates=tuple_of(_rate(rate) for rate in rule.rates),
            **_earning(rule),
            **conditions,
            **_bounds(rule),
        )
        return _Row(node, _in_force(rule))

    def _campaign(self, campaign: tree.Campaign) -> _Row:
        starts, ends = campaign.starts.instant, campaign.ends.instant
        node = call(
            "Campaign",
            constant(campaign.id),
            line=constant(self.origins.line(campaign.span)),
            multiplier=_rate(campaign.multiplier),
            starts=constant(starts),
            ends=constant(ends),
        )
        return _Row(node, (f"From {_utc(starts)} until {_utc(ends)}",))


def _settings(program: Program, digest: str) -> dict[str, ast.expr]:
    return _stated(
        digest=(digest, None),
        name=(program.name, None),
        currency=(program.currency.code, None),
        decimals=(program.currency.decimals, None),
        timezone=(program.timezone, "UTC"),
        points=(program.points, ("point", "points")),
        platform=(program.hosted and program.hosted.platform, None),
    )


def _placing(vip: tree.Vip) -> dict[str, ast.expr]:
    """How tiers are reached, kept and lost."""
    return _stated(
        window=(_window(vip.window), None),
        lasts_next_window=(vip.lasts_next_window, True),
        lapse_one_down=(vip.lapse_one_down, False),
        count_refunds=(vip.count_refunds, True),
        skipped_tiers_all=(vip.skipped_tiers_all, True),
        spend=(_amount(vip.spend), None),
        notify=(vip.notify, False),
    )


def _window(window: tree.Window) -> ast.expr | None:
    match window.kind:
        case tree.WindowKind.LIFETIME:
            return None
        case tree.WindowKind.ROLLING:
            return call("Window", constant("rolling"), days=constant(window.days))
        case _:
            month, day = window.starts
            return call("Window", constant(window.kind.value), **_stated(month=(month, 1), day=(day, 1)))


def _amount(amount: tree.Amount) -> ast.expr | None:
    if amount == tree.Amount():
        return None
    parts = _stated(
        tax=(amount.tax, True),
        shipping=(amount.shipping, True),
        deduct_discounts=(amount.deduct_discounts, True),
    )
    return call("Amount", **parts)


def _attribute(attribute: tree.Attribute) -> _Row:
    values = _stated(values=(attribute.values, ()))
    return _Row(call("Attribute", constant(attribute.name), constant(attribute.type.value), **values))


def _reward(reward: tree.Reward, decimals: int) -> dict[str, str | int]:
    """The reward as `reward_issued` tells it: its type, that type's keys, its name if it has one."""
    amount = None if reward.amount is None else _money_text(reward.amount, decimals)
    parts = {
        "amount": amount,
        "percent": reward.percent,
        "product": reward.product,
        "points": reward.points,
        "name": reward.name,
    }
    return {"type": reward.type} | {key: value for key, value in parts.items() if value is not None}


def _money_text(minor: int, decimals: int) -> str:
    if not decimals:
        return str(minor)
    whole, part = divmod(minor, 10**decimals)
    return f"{whole}.{part:0{decimals}}"


def _earning(rule: Rule) -> dict[str, ast.expr]:
    """How a rule makes points of an order or an activity."""
    return _stated(
        table=(rule.table, False),
        per=(rule.per, None),
        round=(rule.round.value, "nearest"),
        amount=(_amount(rule.amount) if rule.per else None, None),
    )


def _bounds(rule: Rule) -> dict[str, ast.expr]:
    """For whom, when and how often a rule earns."""
    return _stated(
        include=(rule.include, None),
        exclude=(rule.exclude, ()),
        starts=(rule.starts and rule.starts.instant, None),
        ends=(rule.ends and rule.ends.instant, None),
        max_points=(rule.max_points, None),
        limit=(_limit(rule.limit), None),
        qualifies=(rule.qualifies, True),
    )


def _limit(limit: tree.Limit | None) -> ast.expr | None:
    if limit is None:
        return None
    span = _stated(days=(limit.days, None), per_calendar_year=(limit.per_calendar_year, False))
    return call("Limit", times=constant(limit.times), **span)


def _in_force(rule: Rule) -> tuple[str, ...]:
    if not rule.starts and not rule.ends:
        return ()
    starts = f"from {_utc(rule.starts.instant)}" if rule.starts else ""
    ends = f"until {_utc(rule.ends.instant)}" if rule.ends else ""
    text = f"{starts} {ends}".strip()
    return (text[0].upper() + text[1:],)


def _rate(rate: Fraction) -> ast.expr:
    return _node((rate.numerator, rate.denominator))


def _utc(instant: int) -> str:
    """An instant for a reader, to the second."""
    try:
        moment = datetime(1970, 1, 1) + timedelta(seconds=instant // _NANOSECONDS)
    except OverflowError:
        return "an instant beyond the calendar"
    return moment.isoformat() + "Z"


def _stated(**fields: tuple[Any, Any]) -> dict[str, ast.expr]:
    """The fields, each given with its default, that differ from it."""
    return {key: _node(value) for key, (value, default) in fields.items() if value != default}


def _node(value: Any) -> ast.expr:
    """A value as an expression: text, whole numbers, truth values, tuples and dicts of those."""
    if isinstance(value, ast.expr):
        return value
    if isinstance(value, tuple):
        return tuple_of(map(_node, value))
    if isinstance(value, dict):
        return ast.Dict([constant(key) for key in value], [_node(item) for item in value.values()])
    return constant(value)


def _classes_in(node: ast.expr) -> set[str]:
    """The classes that an expression makes instances of."""
    calls = (child.func for child in ast.walk(node) if isinstance(child, ast.Call))
    return {function.id for function in calls if isinstance(function, ast.Name)}
