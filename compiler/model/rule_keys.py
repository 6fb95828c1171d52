"""Which keys of a rule stand where their neighbours leave them without a meaning."""

from __future__ import annotations

from ..diagnostics import Label, Report
from ..source import Span
from ..syntax.tree import Mapping
from .mending import removal
from .shaped import key_span, required, scalar

_ON_ORDERS = ("per", "contains", "max_points")
_WITH_MONEY_PER = ("round", "amount", "items")


def check_rule_keys(node: Mapping, report: Report) -> None:
    """Report every key that the rule's activity, `per` or `points` rules out, and a `per` that is missing."""
    activity = required(node, "activity")
    per = scalar(node, "per")
    if activity.text != "order":
        reason = f"is for orders, and this rule is on `{activity.text}`"
        _refuse(node, (*_ON_ORDERS, *_WITH_MONEY_PER), reason, activity.span, report)
    elif per is None:
        _refuse_without_per(node, report)
    elif per.text == "order":
        _refuse(node, _WITH_MONEY_PER, "needs an amount of money in `per`", per.span, report)
    if isinstance(node.get("points"), Mapping):
        _refuse(node, ("tiers",), "cannot stand beside a rate table, which names every tier", None, report)


def _refuse(node: Mapping, keys: tuple[str, ...], reason: str, cause: Span | None, report: Report) -> None:
    for key in keys:
        if node.get(key) is not None:
            place = key_span(node, "points") if cause is None else cause
            label = Label(place, "ruled out by this")
            fixes = removal(report.source.text, node, node.entry(key))
            message = f"`{key}` {reason}"
            report.error("key-not-here", key_span(node, key), message, labels=[label], fixes=fixes)


def _refuse_without_per(node: Mapping, report: Report) -> None:
    report.error(
        "missing-key",
        node.span,
        f"the rule `{required(node, 'id').text}` has no `per`",
        help="for points by the amount write `per: 1.00`, for points once per order `per: order`",
    )
