"""From a document of the right shape to the program that it means.

Here is decided what a JSON Schema cannot say: that ids are unique and references resolve, that amounts fit the
currency and moments the time zone, that keys make sense together, that conditions have types, and that campaigns
can run. Every part is read whatever is wrong with the others, with stand-ins for what is refused, so that one pass
reports every independent error; a program with an error is not returned.
"""

from __future__ import annotations

from ..diagnostics import Report, Severity
from ..source import SourceFile
from ..syntax.tree import Document, Mapping
from .attributes import read_attributes
from .campaigns import check_blocked, check_overlaps, read_campaigns
from .conditions import gift_cards, read_condition
from .context import Context
from .gates import check_gates
from .rules import read_rules
from .scope import Place
from .settings import Settings, read_settings
from .shaped import mapping, mappings, required
from .tree import Amount, Campaign, Exclude, Program, Rule
from .vip import read_vip


def resolve(document: Document, source: SourceFile, report: Report) -> Program | None:
    """The program that a document means; none where something in it is refused, which is reported.

    `check_shape` has to have found no errors in the document.
    """
    root = document.root
    section = mapping(root, "program")
    assert section is not None
    settings = read_settings(section, report)
    check_gates(settings.hosted, root, report)
    program = _read_program(document, settings, _context(root, settings, source, report))
    return None if any(d.severity is Severity.ERROR for d in report.diagnostics) else program


def _context(root: Mapping, settings: Settings, source: SourceFile, report: Report) -> Context:
    attributes = read_attributes(mapping(root, "customer"), report)
    vip = mapping(root, "vip")
    tiers: dict[str, int] = {}
    for index, tier in enumerate(() if vip is None else mappings(vip, "tiers")):
        tiers.setdefault(required(tier, "id").text, index)
    return Context(source, report, settings.currency, settings.timezone, settings.zone, attributes, tiers)


def _read_program(document: Document, settings: Settings, context: Context) -> Program:
    root = document.root
    exclude = _read_exclude(mapping(root, "exclude"), context)
    section = mapping(root, "vip")
    vip = None if section is None else read_vip(section, context)
    rules = read_rules(mappings(root, "earn"), Amount() if vip is None else vip.spend, context)
    campaigns = read_campaigns(mappings(root, "campaigns"), context)
    _check_campaigns(campaigns, rules, context)
    return Program(
        node=root,
        source=context.source,
        document=document,
        name=settings.name,
        currency=settings.currency,
        timezone=settings.timezone,
        points=settings.points,
        hosted=settings.hosted,
        attributes=context.attributes,
        exclude=exclude,
        items_excluded=gift_cards() if exclude is None or exclude.items is None else exclude.items,
        vip=vip,
        rules=rules,
        campaigns=campaigns,
    )


def _read_exclude(node: Mapping | None, context: Context) -> Exclude | None:
    if node is None:
        return None
    return Exclude(
        node=node,
        customers=read_condition(node, "customers", Place.EXCLUDE_CUSTOMERS, context),
        orders=read_condition(node, "orders", Place.EXCLUDE_ORDERS, context),
        items=read_condition(node, "items", Place.EXCLUDE_ITEMS, context),
    )


def _check_campaigns(campaigns: tuple[Campaign, ...], rules: tuple[Rule, ...], context: Context) -> None:
    check_overlaps(campaigns, context.report)
    # Where a moment of a rule is refused, it is not known when that rule is active.
    if not any(d.name == "bad-moment" for d in context.report.diagnostics):
        check_blocked(campaigns, (r for r in rules if r.on_orders), context)
