"""Scenarios that may show a target, the most telling ones first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from ...compiler.analysis.decide import Possible
from ...compiler.analysis.evaluate import Values
from ...compiler.model.condition import And, Comparison, Constant, Not, Or, Reference, Term, Type
from ...compiler.model.tree import Attribute, Rule, Tier
from ...runtime.instants import SECOND
from ..context import NOWHERE, context_of, counted_members, matching, negated, of_rule
from ..ground import Clause
from .scenes import closed, done, given, ordered, placed, waited
from .stage import Setting, Stage, Unplayable
from .times import after_windows

Candidate = Callable[[], Stage]
_TRUE = Constant(Type.BOOLEAN, True, NOWHERE)
_FALSE = Constant(Type.BOOLEAN, False, NOWHERE)
MOST_TIERS = 6


# --- clauses ------------------------------------------------------------------------------------------------


def of_clause(setting: Setting, clause: Clause, asked: Term) -> Iterator[Candidate]:
    """Scenarios in which a clause is as asked: first such in which it alone settles what becomes of its condition."""
    term = clause.place.condition.term
    with_it, without_it = (_put(term, clause.term, value) for value in (_TRUE, _FALSE))
    settles = [[with_it, negated(without_it)], [without_it, negated(with_it)]]
    for also in (*settles, [term], [negated(term)], []):
        yield from _at_place(setting, clause, [asked, *also])


def _put(term: Term, clause: Term, value: Term) -> Term:
    """The term with a value in the place of one of its clauses."""
    if term is clause:
        return value
    match term:
        case Not():
            return replace(term, operand=_put(term.operand, clause, value))
        case And() | Or():
            return replace(term, parts=tuple(_put(part, clause, value) for part in term.parts))
    return term


def _at_place(setting: Setting, clause: Clause, terms: Sequence[Term]) -> Iterator[Candidate]:
    place = clause.place
    if place.rule is not None:
        yield from _rule_scenes(setting, place.rule, of_rule(setting.model, place.rule, place.part, terms))
        return
    context = context_of(setting.model, place, terms)
    if place.tier is not None and place.part == "when":
        for values in _cases(setting, [[*context, *_not_above(setting, place.tier)], context]):
            yield partial(placed, setting, values)
    elif place.tier is not None:
        yield from _retaining(setting, place.tier, context)
    elif place.part == "customers":
        for values in _cases(setting, [context]):
            yield partial(waited, setting, values)
    else:
        for values in _cases(setting, [context]):
            yield partial(ordered, setting, values, None, None)


def _not_above(setting: Setting, tier: Tier) -> list[Term]:
    return [negated(t.when.term) for t in setting.model.tiers[tier.index + 1 :] if t.when]


def _retaining(setting: Setting, tier: Tier, context: Sequence[Term]) -> Iterator[Candidate]:
    """The end of a window that the member came into with the tier, or was given it in."""
    own = [negated(tier.when.term)] if tier.when else []
    for values in _cases(setting, [[*context, *own, *_not_above(setting, tier)], context]):
        if setting.reach.by_hand:
            yield partial(closed, setting, values, tier.id, True, {})
        for first in _cases(setting, [_qualifying(setting, tier)]):
            yield partial(closed, setting, values, tier.id, False, {**values, **first})


def _qualifying(setting: Setting, tier: Tier) -> list[Term]:
    """What has to hold of a member who is placed in exactly this tier."""
    own = [tier.when.term] if tier.when else []
    return [*own, *_not_above(setting, tier), *counted_members(setting.model)]


def _cases(setting: Setting, questions: Iterable[Sequence[Term]]) -> Iterator[Values]:
    """A case for each question that has one."""
    for terms in questions:
        verdict = setting.analysis.decide(terms)
        if isinstance(verdict, Possible):
            yield verdict.values


# --- rules --------------------------------------------------------------------------------------------------


def _rule_scenes(
    setting: Setting, rule: Rule, context: Sequence[Term], at: int | None = None
) -> Iterator[Candidate]:
    """An order or an activity of a member whom the rule is for."""
    scene = ordered if rule.on_orders else done
    for values in _cases(setting, [context]):
        yield partial(scene, setting, _order_values(values), rule, None, at)
    if rule.activity == "signup":
        return
    for tier in _tiers_for(setting, rule):
        for values in _cases(setting, [[*context, *_qualifying(setting, tier)]]):
            yield partial(scene, setting, _order_values(values), rule, None, at)
        if setting.reach.by_hand:
            for values in _cases(setting, [[*context, *_not_above(setting, tier)]]):
                yield partial(scene, setting, _order_values(values), rule, tier.id, at)


def _order_values(values: Values) -> Values:
    """Where a rule's conditions speak of the order without its excluded items: there are none."""
    whole = {p.removeprefix("whole."): v for p, v in values.items() if p.startswith("whole.")}
    return {**whole, **{p: v for p, v in values.items() if not p.startswith("whole.")}}


def _tiers_for(setting: Setting, rule: Rule) -> list[Tier]:
    entered = [t for t in setting.model.tiers if t.index not in setting.reach.not_entered]
    return [tier for tier in entered if rule.matches_tier(tier.index)][:MOST_TIERS]


def matched(setting: Setting, rule: Rule) -> Iterator[Candidate]:
    """Something that the rule earns on."""
    yield from _rule_scenes(setting, rule, matching(setting.model, rule))


def missed(setting: Setting, rule: Rule) -> Iterator[Candidate]:
    """Something of its kind that a rule does not earn on: by its condition, tier, time, items or limit."""
    if rule.when:
        yield from _rule_scenes(
            setting, rule, of_rule(setting.model, rule, "when", [negated(rule.when.term)])
        )
    bare = replace(rule, when=None, items=None, contains=None, include=None, exclude=(), table=False)
    yield from _of_other_tier(setting, rule, bare)
    for at in _outside(rule):
        yield from _rule_scenes(
            setting, replace(bare, starts=None, ends=None), matching(setting.model, bare), at
        )
    if rule.contains:
        yield from _rule_scenes(setting, bare, _without_items(setting, rule, bare))
    if rule.limit:
        yield from (partial(_again, candidate, rule) for candidate in matched(setting, rule))


def _without_items(setting: Setting, rule: Rule, bare: Rule) -> list[Term]:
    """An order with an item that takes part, and is not what the rule asks for."""
    assert rule.contains
    terms = [negated(rule.contains.term), negated(setting.model.items_excluded.term)]
    return [*terms, *matching(setting.model, bare)]


def _of_other_tier(setting: Setting, rule: Rule, bare: Rule) -> Iterator[Candidate]:
    scene = ordered if rule.on_orders else done
    context = matching(setting.model, bare)
    if not rule.matches_tier(None):
        none = [negated(t.when.term) for t in setting.model.tiers if t.when]
        for values in _cases(setting, [[*context, *none]]):
            yield partial(scene, setting, _order_values(values), bare, None)
    others = [t for t in setting.model.tiers if not rule.matches_tier(t.index)]
    for tier in [t for t in others if t.index not in setting.reach.not_entered][:MOST_TIERS]:
        for values in _cases(
            setting, [[*context, *_qualifying(setting, tier)]] if not tier.invite_only else []
        ):
            yield partial(scene, setting, _order_values(values), bare, None)
        if setting.reach.by_hand:
            yield from (
                partial(scene, setting, _order_values(values), bare, tier.id)
                for values in _cases(setting, [context])
            )


def _outside(rule: Rule) -> list[int]:
    """Instants at which a rule is not open: right before it begins, and when it is over."""
    day = 86_400 * SECOND
    before = [rule.starts.instant - day] if rule.starts else []
    return before + ([rule.ends.instant] if rule.ends else [])


def _again(candidate: Candidate, rule: Rule) -> Stage:
    """The same as often as the limit allows, and once more."""
    stage = candidate()
    assert rule.limit
    for _ in range(rule.limit.times):
        stage.repeat()
    return stage


# --- tiers --------------------------------------------------------------------------------------------------


def entered(setting: Setting, tier: Tier) -> Iterator[Candidate]:
    """A member who comes into a tier: by metrics, else by hand."""
    if not tier.invite_only:
        for values in _cases(setting, [_qualifying(setting, tier)]):
            yield partial(placed, setting, values)
    if setting.reach.by_hand:
        for values in _cases(setting, [_not_in(setting, tier), counted_members(setting.model)]):
            yield partial(_moved, setting, values, tier)


def _not_in(setting: Setting, tier: Tier) -> list[Term]:
    return [*([negated(tier.when.term)] if tier.when else []), *counted_members(setting.model)]


def _moved(setting: Setting, values: Values, tier: Tier) -> Stage:
    stage = placed(setting, values)
    stage.moves_to(tier.id)
    return stage


def left(setting: Setting, tier: Tier) -> Iterator[Candidate]:
    """A member who goes out of a tier: by a refund, with time, by rising, by other attributes, or by hand."""
    into = list(entered(setting, tier))
    for ending in (_rises, _returns, _waits, _turns, _is_moved):
        for candidate in into:
            yield from ending(setting, tier, candidate)


def _rises(setting: Setting, tier: Tier, candidate: Candidate) -> Iterator[Candidate]:
    for higher in [t for t in setting.model.tiers[tier.index + 1 :] if t.when][:MOST_TIERS]:
        yield partial(_risen, setting, tier, higher, candidate)


def _risen(setting: Setting, tier: Tier, higher: Tier, candidate: Candidate) -> Stage:
    """The member comes to what a higher tier asks for, with no less of anything than before."""
    from ...reasons.facts import member_values
    from .history import METRICS, earn

    stage = candidate()
    assert stage.member is not None
    now = member_values(stage.member, 0)
    kept = [_at_least(path, now[path]) for path in METRICS]
    terms = [*_qualifying(setting, higher), *kept]
    for values in _cases(setting, [terms]):
        said = given(values, setting.model)
        if said and said != given(now, setting.model):
            stage.changes(said)
        if stage.tier == tier.id:
            wanted = [values.get(metric) for metric in METRICS]
            missing = [_difference(w, now[m]) for w, m in zip(wanted, METRICS, strict=True)]
            earn(stage, *missing)
        return stage
    raise Unplayable("nothing lifts the member higher")


def _difference(wanted: object, now: object) -> int | None:
    assert isinstance(now, int)
    return wanted - now if isinstance(wanted, int) else None


def _at_least(path: str, value: object) -> Term:
    type = Type.MONEY if path == "spend" else Type.INTEGER
    assert isinstance(value, int)
    return Comparison(">=", Reference(path, type, NOWHERE), Constant(type, value, NOWHERE), NOWHERE)


def _returns(_setting: Setting, _tier: Tier, candidate: Candidate) -> Iterator[Candidate]:
    def scene() -> Stage:
        stage = candidate()
        if stage.member is None or not stage.member.records:
            raise Unplayable("nothing was ordered")
        stage.returns_everything()
        return stage

    yield scene


def _waits(setting: Setting, _tier: Tier, candidate: Candidate) -> Iterator[Candidate]:
    def scene(windows: int) -> Stage:
        stage = candidate()
        assert stage.member is not None
        stage.waits(after_windows(setting, stage.member.joined_at, stage.clock, windows))
        return stage

    yield partial(scene, 1)
    yield partial(scene, 2)
    yield partial(scene, 3)


def _turns(setting: Setting, tier: Tier, candidate: Candidate) -> Iterator[Candidate]:
    """Attributes, tags or country become such that the tier's condition fails."""

    def scene(values: Values) -> Stage:
        stage = candidate()
        nothing = {a.name: _nothing(a) for a in setting.model.attributes}
        said = given(values, setting.model)
        attributes = {name: value for name, value in nothing.items() if value is not None}
        attributes |= said.pop("attributes", {})
        stage.changes({"tags": []} | said | ({"attributes": attributes} if attributes else {}))
        return stage

    if tier.when:
        for values in _cases(setting, [[negated(tier.when.term), *counted_members(setting.model)]]):
            yield partial(scene, values)


def _nothing(attribute: Attribute) -> object:
    """The value of an attribute of which nothing is known; none where there is no such."""
    plain = {Type.BOOLEAN: False, Type.INTEGER: 0, Type.DECIMAL: 0, Type.TEXT: ""}
    return plain.get(attribute.type, attribute.values[0] if attribute.values else None)


def _is_moved(setting: Setting, tier: Tier, candidate: Candidate) -> Iterator[Candidate]:
    def scene(to: Tier) -> Stage:
        stage = candidate()
        stage.moves_to(to.id)
        return stage

    if setting.reach.by_hand:
        others = [t for t in setting.model.tiers if t is not tier]
        for other in [*others[: tier.index][-1:], *others[tier.index :][:1]]:
            yield partial(scene, other)
