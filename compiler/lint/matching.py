"""What has to be true of a customer and an order for order rules to match, as terms for the analysis."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from .. import analysis
from ..model.condition import Comparison, Condition, Constant, Not, Reference, Term, Type, references
from ..model.moments import days_between
from ..model.tree import Program, Rule
from ..node import Node, node
from ..source import Span

SIGNUP = "signup"
_NOWHERE = Span(0, 0)
_WITH_ITEMS = frozenset({"order.total", "order.tax", "order.discount", "order.units"})


def matching_terms(program: Program, rules: Sequence[Rule]) -> tuple[Term, ...]:
    """Terms that hold of an order on which all the rules match, and of one item of it that all of them count.

    That item is `item`; what each rule's `contains` asks for is an item of its own: `item2`, `item3`, …
    """
    contained = [rule.contains for rule in rules if rule.contains]
    return (
        *(rule.when.term for rule in rules if rule.when),
        *(rule.items.term for rule in rules if rule.items),
        *_taking_part(program),
        Not(program.items_excluded.term, program.items_excluded.span),
        *(t for n, c in enumerate(contained, start=2) for t in _another_item(program, c, f"item{n}.")),
    )


def _taking_part(program: Program) -> Iterator[Term]:
    """Neither the customer nor the order is excluded."""
    if program.exclude:
        for condition in (program.exclude.customers, program.exclude.orders):
            if condition:
                yield Not(condition.term, condition.span)


def _another_item(program: Program, contains: Condition, scope: str) -> tuple[Term, ...]:
    from ..analysis.rename import rename

    excluded = Not(program.items_excluded.term, program.items_excluded.span)
    return tuple(rename(term, lambda path: rescoped(path, scope)) for term in (contains.term, excluded))


def rescoped(path: str, scope: str) -> str:
    """The path of another item's property; other paths as they are."""
    return scope + path.removeprefix("item.") if path.startswith("item.") else path


@node
class Asked(Node):
    """What has to hold for one rule to match: of a customer, an order, an item of it. `said` are remarks on terms
    that do not speak for themselves, by their identity."""

    terms: tuple[Term, ...]
    said: Mapping[int, str]


def asked_of(program: Program, rule: Rule) -> Asked:
    """What has to hold for a rule to match, tiers aside, and for its `items` to find something to count."""
    terms: list[Term] = [rule.when.term] if rule.when else []
    said: dict[int, str] = {}
    if rule.on_orders:
        terms += _of_items(program, rule, said)
    for term, remark in _excluded(program, rule):
        terms.append(Not(term, term.span))
        said[id(term)] = remark
    terms += _of_times(program, rule, terms)
    if rule.activity == SIGNUP:
        for term in list(_of_new_members(terms)):
            terms.append(term)
            said[id(term)] = "nothing is counted yet when `signup` earns"
    return Asked(tuple(terms), said)


def _of_items(program: Program, rule: Rule, said: dict[int, str]) -> Iterator[Term]:
    """What `items` asks of one item and `contains` of another, neither of which is excluded."""
    from ..analysis.rename import rename

    for number, condition in enumerate((rule.items, rule.contains), start=2):
        if condition:
            yield rename(condition.term, lambda path, n=number: rescoped(path, f"item{n}."))  # type: ignore[misc]
            excluded = rename(program.items_excluded.term, lambda path, n=number: rescoped(path, f"item{n}."))  # type: ignore[misc]
            said[id(excluded)] = "such items are excluded"
            yield Not(excluded, excluded.span)


def _excluded(program: Program, rule: Rule) -> Iterator[tuple[Term, str]]:
    """What takes no part, with a remark; `exclude.orders` sees an order with its excluded items."""
    from ..analysis.rename import rename

    if program.exclude and program.exclude.customers:
        yield program.exclude.customers.term, "such customers take no part"
    if program.exclude and program.exclude.orders and rule.on_orders:
        yield rename(program.exclude.orders.term, _whole_order), "such orders are excluded"


def _whole_order(path: str) -> str:
    from ..analysis.axioms import WHOLE_ORDER

    return WHOLE_ORDER + path if path in _WITH_ITEMS else path


def _of_times(program: Program, rule: Rule, terms: Sequence[Term]) -> Iterator[Term]:
    """When the event can be, where that has to do with when the customer joined."""
    from ..analysis.space import EVENT_DAY

    read = {name.path for term in terms for name in references(term)}
    if "customer.joined" in read and (rule.starts or rule.ends):
        starts, ends = (m.instant if m else None for m in (rule.starts, rule.ends))
        first, last = days_between(starts, ends, program.timezone)
        today = Reference(EVENT_DAY, Type.INTEGER, _NOWHERE)
        for moment, operator, day in ((rule.starts, ">=", first), (rule.ends, "<=", last)):
            if moment and day is not None:
                yield Comparison(operator, today, Constant(Type.INTEGER, day, _NOWHERE), moment.span)


def _of_new_members(terms: Sequence[Term]) -> Iterator[Term]:
    """Nothing is counted yet when `signup` earns."""
    from ..analysis.axioms import metric_scope

    read = {name.path: name for term in terms for name in references(term)}
    for path, name in read.items():
        if metric_scope(path) is not None:
            yield Comparison("==", name, Constant(name.type, 0, _NOWHERE), _NOWHERE)


def can_match(program: Program, rule: Rule, tier: int) -> bool:
    """Whether a customer in the tier may match the rule: false only where that is certain.

    A customer can be given a tier by hand, whatever its condition asks for: only what a higher tier's
    condition rules out counts against the rule.
    """
    if not rule.matches_tier(tier):
        return False
    terms = asked_of(program, rule).terms
    if not terms:
        return True
    if analysis.moves_by_hand(program):
        return not isinstance(analysis.can_hold_if_given(program, terms, tier), analysis.Impossible)
    return not isinstance(analysis.can_hold(program, terms, tier), analysis.Impossible)


def in_tier(program: Program, asked: Asked, tier: int) -> Asked:
    """The same of a customer in the tier: no higher tier's condition holds; where nobody is moved, its own does."""
    own = program.tiers[tier].when
    higher = [t for t in program.tiers[tier + 1 :] if t.when]
    terms: list[Term] = [Not(t.when.term, t.when.span) for t in higher if t.when]
    said = {id(t.when.term): f"who has this is in `{t.id}`" for t in higher if t.when}
    if own and not analysis.moves_by_hand(program):
        terms.append(own.term)
        said[id(own.term)] = f"what `{program.tiers[tier].id}` asks for"
    return Asked((*asked.terms, *terms), {**asked.said, **said})
