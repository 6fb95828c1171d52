"""Whether the hosted product offers what the program uses, on its platform and plan."""

from __future__ import annotations

from ..diagnostics import Label, Report
from ..source import Span
from ..syntax.tree import Mapping
from .shaped import key_span, mapping, mappings, required, sequence
from .tree import Hosted

_PLANS_WITH_VIP = ("growth", "plus", "enterprise")
_PLATFORM_OF_GIFT_CARDS = "shopify"
_PLATFORM_OF_CAMPAIGNS = "shopify"
_PLAN_WITHOUT_CAMPAIGNS = "free"


def check_gates(hosted: Hosted | None, root: Mapping, report: Report) -> None:
    """Report every key of the file that needs another platform or plan than `program.hosted` names."""
    if hosted is None:
        return
    vip = mapping(root, "vip")
    if vip is not None:
        if hosted.plan not in _PLANS_WITH_VIP:
            help = "VIP tiers are in the plans growth, plus and enterprise"
            _refuse_plan(hosted, key_span(root, "vip"), "VIP tiers", help, report)
        _check_gift_cards(hosted, vip, report)
    if sequence(root, "campaigns"):
        _check_campaigns(hosted, key_span(root, "campaigns"), report)


def _check_gift_cards(hosted: Hosted, vip: Mapping, report: Report) -> None:
    if hosted.platform == _PLATFORM_OF_GIFT_CARDS:
        return
    for tier in mappings(vip, "tiers"):
        for reward in mappings(tier, "entry_rewards"):
            kind = required(reward, "type")
            if kind.text == "gift_card":
                _refuse_platform(hosted, kind.span, "gift cards as rewards", report)


def _check_campaigns(hosted: Hosted, span: Span, report: Report) -> None:
    if hosted.platform != _PLATFORM_OF_CAMPAIGNS:
        _refuse_platform(hosted, span, "bonus campaigns", report)
    elif hosted.plan == _PLAN_WITHOUT_CAMPAIGNS:
        help = "bonus campaigns are in every plan but free"
        _refuse_plan(hosted, span, "bonus campaigns", help, report)


def _refuse_platform(hosted: Hosted, span: Span, what: str, report: Report) -> None:
    label = Label(hosted.span_of("platform"), "the platform")
    message = f"there are no {what} on `{hosted.platform}`"
    report.error("platform-gate", span, message, labels=[label], help=f"{what} are on shopify alone")


def _refuse_plan(hosted: Hosted, span: Span, what: str, help: str, report: Report) -> None:
    label = Label(hosted.span_of("plan"), "the plan")
    report.error(
        "plan-gate", span, f"there are no {what} in the plan `{hosted.plan}`", labels=[label], help=help
    )
