"""The bonus campaigns, and whether each of them can run beside the others and the order rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import tzinfo
from itertools import islice

from ..diagnostics import Label, Report
from ..syntax.nearest import named
from ..syntax.tree import Mapping
from .context import Context
from .moments import check_order, read_moment, stretch
from .names import refuse_duplicate_ids
from .quantities import rate
from .shaped import required
from .timeline import Stretch, Timeline, timeline
from .tree import Campaign, Rule

_MOST_NOTES = 3
_MOST_LABELS = 5
_TOO_MANY = (
    "keep one order rule active during the campaign: one rule with a rate table, "
    "`points: {TIER: RATE, ...}`, can take the place of a rule for each tier"
)
_NONE = (
    "let one order rule, with a rate table where tiers earn differently, be active from the first to the last "
    "moment of the campaign, or move the campaign"
)


def read_campaigns(nodes: tuple[Mapping, ...], context: Context) -> tuple[Campaign, ...]:
    """Read `campaigns`, but for those whose times are refused."""
    refuse_duplicate_ids(nodes, "campaign", context.report)
    read = [_read_campaign(index, node, context) for index, node in enumerate(nodes)]
    return tuple(campaign for campaign in read if campaign is not None)


def _read_campaign(index: int, node: Mapping, context: Context) -> Campaign | None:
    multiplier = rate(required(node, "multiplier"), context.report, above=1)
    starts = read_moment(required(node, "starts"), context)
    ends = read_moment(required(node, "ends"), context, end=True)
    if starts is None or ends is None or not check_order(starts, ends, context):
        return None
    return Campaign(node, index, required(node, "id").text, multiplier, starts, ends)


def check_overlaps(campaigns: Iterable[Campaign], report: Report) -> None:
    """Report every campaign that begins while another one runs."""
    running: Campaign | None = None
    for campaign in sorted(campaigns, key=lambda c: (c.starts.instant, c.index)):
        if running is not None and campaign.starts.instant < running.ends.instant:
            message = f"the campaign `{campaign.id}` begins while `{running.id}` runs"
            label = Label(running.span_of("ends"), f"`{running.id}` ends here")
            help = "let one end before the other starts: only one campaign can run at a time"
            report.error("campaign-overlap", campaign.span_of("starts"), message, labels=[label], help=help)
        if running is None or campaign.ends.instant > running.ends.instant:
            running = campaign


def check_blocked(campaigns: Iterable[Campaign], order_rules: Iterable[Rule], context: Context) -> None:
    """Report every campaign during which, at any moment, other than exactly one order rule is active."""
    rules = tuple(order_rules)
    times = timeline(rule for rule in rules if rule.active)
    for campaign in campaigns:
        whole = times.within(campaign.starts.instant, campaign.ends.instant)
        blocked = [part for part in whole if part.active != 1]
        if blocked:
            first = blocked[0]
            labels = _active(times.active_in(first)) if first.active else _idle(rules, first)
            _report_blocked(campaign, blocked, times, list(islice(labels, _MOST_LABELS)), context)


def _active(rules: Iterable[Rule]) -> Iterator[Label]:
    return (Label(rule.span_of("id"), "active then") for rule in rules)


def _idle(rules: Iterable[Rule], stretch: Stretch) -> Iterator[Label]:
    """Why each of the rules, none of which is active in a stretch of time, is not."""
    for rule in rules:
        if not rule.active:
            yield Label(rule.span_of("active"), f"`{rule.id}` is not active")
        elif rule.ends is not None and stretch.start is not None and rule.ends.instant <= stretch.start:
            yield Label(rule.ends.span, f"`{rule.id}` has ended by then")
        elif rule.starts is not None:
            yield Label(rule.starts.span, f"`{rule.id}` begins after that")


def _report_blocked(
    campaign: Campaign, blocked: list[Stretch], times: Timeline, labels: list[Label], context: Context
) -> None:
    first, *others = blocked
    what = _what(first, times, context.zone)
    notes = [_what(part, times, context.zone) for part in others[:_MOST_NOTES]]
    if len(others) > _MOST_NOTES:
        notes.append(f"it is blocked in {len(others) - _MOST_NOTES} more stretches of time")
    context.report.error(
        "campaign-blocked",
        campaign.span_of("id"),
        f"the campaign `{campaign.id}` multiplies one order rule, and {what}",
        labels=labels,
        notes=notes,
        help=_TOO_MANY if first.active else _NONE,
    )


def _what(part: Stretch, times: Timeline, zone: tzinfo) -> str:
    when = stretch(part.start, part.end, zone)
    if not part.active:
        return f"{when} none is active"
    return f"{when}, {part.active} are active: {named([rule.id for rule in times.active_in(part)])}"
