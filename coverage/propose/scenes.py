"""From the values that a condition is to read to a scenario in which it reads them."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from ...compiler.analysis.evaluate import Values
from ...compiler.model.condition import Type
from ...compiler.model.tree import Program as Model
from ...compiler.model.tree import Rule
from ...compiler.model.words import decimal, money
from .history import METRICS, earn
from .orders import order_of
from .scalars import Bare
from .stage import Setting, Stage, Unplayable
from .times import Times, after_windows, times_of

Json = dict[str, Any]


def placed(setting: Setting, values: Values) -> Stage:
    """A member with these values and metrics."""
    stage, times = _joined(setting, values)
    _reach(stage, values, times, None)
    return stage


def ordered(
    setting: Setting, values: Values, rule: Rule | None, hand: str | None, at: int | None = None
) -> Stage:
    """An order with these values, of a member with them, whom a move by hand may have brought into a tier."""
    stage, times = _joined(setting, values, rule, at)
    _reach(stage, values, times, hand)
    stage.orders(order_of(values, setting.model, setting.program.tables.needs_items))
    return stage


def done(setting: Setting, values: Values, rule: Rule, hand: str | None, at: int | None = None) -> Stage:
    """A member with these values does what a rule is for; signing up is joining."""
    if rule.activity == "signup":
        return _signed_up(setting, values, rule, at)
    stage, times = _joined(setting, values, rule, at)
    _reach(stage, values, times, hand)
    stage.does(rule.activity)
    return stage


def closed(setting: Setting, values: Values, tier: str, by_hand: bool, first: Values) -> Stage:
    """A window in which a member who has a tier comes to these values ends.

    The tier is given by hand, or earned in the window before with the values of `first`.
    """
    if by_hand:
        stage, times = _joined(setting, values)
        _reach(stage, values, times, tier)
    else:
        stage, times = _joined(setting, {**values, **first})
        _reach(stage, first, times, None)
        if stage.tier != tier:
            raise Unplayable("the tier is another")
        stage.clock = after_windows(setting, times.joined, stage.clock, 1)
        earn(stage, *(_of(values, metric) for metric in METRICS))
    stage.waits(after_windows(setting, times.joined, stage.clock, 1))
    return stage


def waited(setting: Setting, values: Values) -> Stage:
    """A member with these values and an order that no condition asks about: what `exclude.customers` reads."""
    stage, times = _joined(setting, values)
    stage.clock = times.now
    stage.orders(order_of({}, setting.model, setting.program.tables.needs_items))
    return stage


# --- members ------------------------------------------------------------------------------------------------


def _joined(
    setting: Setting, values: Values, rule: Rule | None = None, at: int | None = None
) -> tuple[Stage, Times]:
    times = times_of(setting, values, rule, _earlier(values), at)
    stage = Stage(setting, times.joined)
    said, points = given(values, setting.model), _of(values, "points_earned")
    stage.joins(said)
    if points is not None and _now(stage, "points_earned") > points:
        stage = Stage(setting, times.joined)
        stage.joins(said, signup=False)
    return stage, times


def _signed_up(setting: Setting, values: Values, rule: Rule, at: int | None) -> Stage:
    times = times_of(setting, values, rule, at=at)
    stage = Stage(setting, times.now)
    stage.joins(given(values, setting.model), since=None if times.joined == times.now else times.joined)
    return stage


def given(values: Values, model: Model) -> Json:
    """The attributes, tags and country of a member, as events have them, without what is the default."""
    attributes = {
        a.name: _attribute(values[f"customer.{a.name}"], a.type, model)
        for a in model.attributes
        if values.get(f"customer.{a.name}", "") not in ("", 0, False, *a.values[:1])
    }
    said: Json = {"attributes": attributes} if attributes else {}
    if tags := values.get("customer.tags"):
        assert isinstance(tags, frozenset)
        said["tags"] = sorted(tags)
    return said | ({"country": values["customer.country"]} if values.get("customer.country") else {})


def _attribute(value: object, type: Type, model: Model) -> Any:
    if type is Type.MONEY:
        assert isinstance(value, int)
        return Bare(money(value, model.currency))
    return Bare(decimal(value)) if isinstance(value, Fraction) else value


# --- metrics ------------------------------------------------------------------------------------------------


def _reach(stage: Stage, values: Values, times: Times, hand: str | None) -> None:
    """Bring the member to the metrics: what is asked for since joining, and not in this window, came before it."""
    if times.earlier is not None:
        earn(stage, *(_before(values, metric) for metric in METRICS))
        stage.waits(times.now)
    stage.clock = times.now
    if hand is not None and stage.tier != hand:
        stage.moves_to(hand)
    wanted = [_of(values, metric) for metric in METRICS]
    have = [_now(stage, metric) for metric in METRICS]
    missing = [None if want is None else want - has for want, has in zip(wanted, have, strict=True)]
    if any(number is not None and number < 0 for number in missing):
        raise Unplayable("the member has more than that already")
    if missing != [0 if want is not None else None for want in wanted]:
        earn(stage, *missing)


def _now(stage: Stage, metric: str) -> int:
    assert stage.member is not None
    number: int = getattr(stage.member, metric)
    return number


def _earlier(values: Values) -> bool:
    """Whether more is asked for since joining than in the window."""
    return any((_before(values, metric) or 0) > 0 for metric in METRICS)


def _before(values: Values, metric: str) -> int | None:
    ever, now = values.get(f"lifetime.{metric}"), values.get(metric)
    if not isinstance(ever, int):
        return None
    return ever - now if isinstance(now, int) else None


def _of(values: Values, metric: str) -> int | None:
    """What is asked for in the window; what is asked for since joining alone may as well all be in it."""
    value = values.get(metric, values.get(f"lifetime.{metric}"))
    return value if isinstance(value, int) else None
