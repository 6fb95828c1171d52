"""Scenarios in which a member comes into a tier, or goes out of it, the most telling ones first."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from ...compiler.analysis.evaluate import Values
from ...compiler.model.condition import Comparison, Constant, Reference, Term, Type
from ...compiler.model.tree import Attribute, Tier
from ...reasons.facts import member_values
from ..context import NOWHERE, counted_members, negated
from .candidates import MOST_TIERS, Candidate, cases, qualifying
from .history import METRICS, earn
from .scenes import given, placed
from .stage import Setting, Stage, Unplayable
from .times import after_windows


def entered(setting: Setting, tier: Tier) -> Iterator[Candidate]:
    """A member who comes into a tier: by metrics, else by hand."""
    if not tier.invite_only:
        for values in cases(setting, [qualifying(setting, tier)]):
            yield partial(placed, setting, values)
    if setting.reach.by_hand:
        for values in cases(setting, [_not_in(setting, tier), counted_members(setting.model)]):
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
    stage = candidate()
    assert stage.member is not None
    now = member_values(stage.member, 0)
    kept = [_at_least(path, now[path]) for path in METRICS]
    terms = [*qualifying(setting, higher), *kept]
    for values in cases(setting, [terms]):
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
        for values in cases(setting, [[negated(tier.when.term), *counted_members(setting.model)]]):
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
