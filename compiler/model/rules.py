"""The earning rules of `earn`, with the defaults that depend on their activity."""

from __future__ import annotations

from ..syntax.tree import Mapping, Scalar
from .amounts import read_amount
from .conditions import read_condition
from .context import Context
from .limits import read_limit
from .moments import check_order, read_moment
from .names import refuse_duplicate_ids
from .quantities import money, whole
from .rates import read_rates
from .rule_keys import check_rule_keys
from .scope import Place
from .shaped import flag, mapping, required, scalar, text
from .tier_choice import read_exclude, read_include
from .tree import Amount, Moment, Round, Rule

ORDER = "order"


def read_rules(nodes: tuple[Mapping, ...], spend: Amount, context: Context) -> tuple[Rule, ...]:
    """Read `earn`; `spend` is what counts as spend, the default of every rule's amount."""
    refuse_duplicate_ids(nodes, "rule", context.report)
    return tuple(_read_rule(index, node, spend, context) for index, node in enumerate(nodes))


def _read_rule(index: int, node: Mapping, spend: Amount, context: Context) -> Rule:
    check_rule_keys(node, context.report)
    activity = required(node, "activity").text
    starts, ends = _read_times(node, context)
    choice = mapping(node, "tiers")
    return Rule(
        node=node,
        index=index,
        id=required(node, "id").text,
        activity=activity,
        table=isinstance(node.get("points"), Mapping),
        rates=read_rates(node, context),
        per=_read_per(node, context),
        round=Round(text(node, "round", "nearest")),
        amount=read_amount(mapping(node, "amount"), spend),
        items=read_condition(node, "items", Place.RULE_ITEMS, context),
        contains=read_condition(node, "contains", Place.RULE_ITEMS, context),
        include=read_include(choice, context),
        exclude=read_exclude(choice, context),
        when=read_condition(node, "when", _place(activity), context),
        active=flag(node, "active", True),
        starts=starts,
        ends=ends,
        max_points=_read_max_points(scalar(node, "max_points"), context),
        limit=read_limit(node, activity, context),
        qualifies=flag(node, "qualifies", True),
    )


def _place(activity: str) -> Place:
    return Place.RULE_ON_ORDERS if activity == ORDER else Place.RULE_ON_ACTIVITY


def _read_per(node: Mapping, context: Context) -> int | None:
    per = scalar(node, "per")
    if per is None or per.text == ORDER:
        return None
    return money(per, context.currency, context.report)


def _read_max_points(most: Scalar | None, context: Context) -> int | None:
    return None if most is None else whole(most, context.report)


def _read_times(node: Mapping, context: Context) -> tuple[Moment | None, Moment | None]:
    first, last = scalar(node, "from"), scalar(node, "until")
    starts = None if first is None else read_moment(first, context)
    ends = None if last is None else read_moment(last, context, end=True)
    if starts is not None and ends is not None:
        check_order(starts, ends, context)
    return starts, ends
