"""What else differs: names, money and time, attributes, exclusions, how spend is counted, limits, ids."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..model import words
from ..model.tree import Amount, Attribute, Hosted, Program, Rule
from .change import Change, Findings, quoted, refused, setting
from .exclusions import UNDECIDED, exclusions
from .limits import limit_better
from .pairing import Versions


def settings(versions: Versions) -> Findings:
    """Whatever differs that no other part is about."""
    excluded, decided = exclusions(versions)
    notes = [*_notes(versions), *([] if decided else [UNDECIDED])]
    return Findings((*excluded, *_changes(versions)), tuple(notes), not decided)


def _notes(versions: Versions) -> Iterator[str]:
    if versions.old.currency != versions.new.currency:
        yield refused("currency")
    if versions.old.timezone != versions.new.timezone:
        yield refused("time zone")


def _changes(versions: Versions) -> Iterator[Change]:
    old, new = versions.old, versions.new
    yield from _program(old, new)
    yield from _attributes(old, new)
    yield from _vip(old, new)
    yield from _tiers(versions)
    yield from _rules(versions)


# --- program, customer, exclude -----------------------------------------------------------------------------


def _program(old: Program, new: Program) -> Iterator[Change]:
    yield from _text("program.name", "the program's name", old.name, new.name)
    yield from _text("program.currency", "the currency", old.currency.code, new.currency.code)
    yield from _text("program.timezone", "the time zone", old.timezone, new.timezone)
    if old.points != new.points:
        text = f"a point is called {_point(new)}; was {_point(old)}"
        yield setting("program.points", text, _points(old), _points(new))
    if old.hosted != new.hosted:
        text = f"the program runs {_place(new.hosted)}, was {_place(old.hosted)}"
        yield setting("program.hosted", text, _hosted(old.hosted), _hosted(new.hosted))


def _text(key: str, what: str, old: str, new: str) -> Iterator[Change]:
    if old != new:
        yield setting(key, f"{what} is {quoted(new)}, was {quoted(old)}", old, new)


def _point(program: Program) -> str:
    one, many = program.points
    return f"{quoted(one)}, many are {quoted(many)}"


def _points(program: Program) -> dict[str, str]:
    return dict(zip(("one", "many"), program.points, strict=True))


def _place(hosted: Hosted | None) -> str:
    return f"on `{hosted.platform}`, plan `{hosted.plan}`" if hosted else "anywhere"


def _hosted(hosted: Hosted | None) -> dict[str, str] | None:
    return {"platform": hosted.platform, "plan": hosted.plan} if hosted else None


def _attributes(old: Program, new: Program) -> Iterator[Change]:
    before, after = ({each.name: each for each in version.attributes} for version in (old, new))
    for name in before | after:
        was, now = (_type(attributes.get(name)) for attributes in (before, after))
        if was != now:
            yield setting(f"customer.{name}", _retyped(name, before.get(name), after.get(name)), was, now)


def _type(attribute: Attribute | None) -> Any:
    """The type as a file states it; none where the attribute is not declared."""
    if attribute is None:
        return None
    return {"one_of": list(attribute.values)} if attribute.values else attribute.type.value


def _retyped(name: str, old: Attribute | None, new: Attribute | None) -> str:
    if new is None:
        return f"the attribute `{name}` is gone"
    if old is None:
        return f"the attribute `{name}` is new: {_called(new)}"
    return f"the attribute `{name}` is {_called(new)}, was {_called(old)}; values that it does not admit count as not given"


def _called(attribute: Attribute) -> str:
    if attribute.values:
        return f"one of {', '.join(map(quoted, attribute.values))}"
    return f"`{attribute.type.value}`"


# --- vip ----------------------------------------------------------------------------------------------------


def _vip(old: Program, new: Program) -> Iterator[Change]:
    """Where tiers are new or gone as a whole, nothing here can be compared."""
    if old.vip is None or new.vip is None:
        return
    if old.spend != new.spend:
        text = f"spend is counted {words.amount(new.spend)}; was {words.amount(old.spend)}"
        yield setting("vip.spend", text, _amount(old.spend), _amount(new.spend), _counts_more(old, new))
    if old.vip.notify != new.vip.notify:
        text = f"customers get {_mail(new.vip.notify)} about a new tier, was {_mail(old.vip.notify)}"
        yield setting("vip.notify", text, old.vip.notify, new.vip.notify)


def _amount(counted: Amount) -> dict[str, str]:
    named = {True: "include", False: "exclude"}
    discounts = "deduct" if counted.deduct_discounts else "ignore"
    return {"tax": named[counted.tax], "shipping": named[counted.shipping], "discounts": discounts}


def _counts_more(old: Program, new: Program) -> bool | None:
    """Better where no order counts for less than before, worse where none counts for more."""
    pairs = list(zip(_counted(old.spend), _counted(new.spend), strict=True))
    if all(after >= before for before, after in pairs):
        return True
    return False if all(after <= before for before, after in pairs) else None


def _counted(spend: Amount) -> tuple[bool, bool, bool]:
    return spend.tax, spend.shipping, not spend.deduct_discounts


def _mail(notify: bool) -> str:
    return "an e-mail" if notify else "no e-mail"


def _tiers(versions: Versions) -> Iterator[Change]:
    for old, new in versions.tiers.both:
        if old.id != new.id:
            warning = "state knows tiers by id: members move to the next tier below, unless they qualify anew"
            text = f"the id of the tier {quoted(new.name)} is `{new.id}`, was `{old.id}`; {warning}"
            yield setting(f"vip.tiers[{new.id}].id", text, old.id, new.id)
        yield from _text(f"vip.tiers[{new.id}].name", f"the name of the tier `{new.id}`", old.name, new.name)


# --- earn ---------------------------------------------------------------------------------------------------


def _rules(versions: Versions) -> Iterator[Change]:
    for old, new in versions.rules.both:
        if old.id != new.id:
            warning = "; state knows rules by id: its limit counts from nothing" if new.limit else ""
            text = f"the id of the rule is `{new.id}`, was `{old.id}`{warning}"
            yield setting(f"earn[{new.id}].id", text, old.id, new.id)
        # A rule that is not active earns nothing, whatever else it says.
        if old.active and new.active:
            yield from _limit(old, new)
            yield from _qualifies(old, new)


def _limit(old: Rule, new: Rule) -> Iterator[Change]:
    if old.limit != new.limit:
        now, was = (words.limit(rule.limit) if rule.limit else "without limit" for rule in (new, old))
        text = f"a customer can earn from `{new.id}` {now}, was {was}"
        yield setting(
            f"earn[{new.id}].limit", text, _uses(old), _uses(new), limit_better(old.limit, new.limit)
        )


def _uses(rule: Rule) -> dict[str, Any] | None:
    """The limit as a file states it."""
    if rule.limit is None:
        return None
    per = {"per": "calendar_year"} if rule.limit.per_calendar_year else {}
    days = {} if rule.limit.days is None else {"days": rule.limit.days}
    return {"times": rule.limit.times, **days, **per}


def _qualifies(old: Rule, new: Rule) -> Iterator[Change]:
    if old.qualifies != new.qualifies:
        said = {
            True: "count into points_earned, and did not",
            False: "do not count into points_earned, and did",
        }
        text = f"points of `{new.id}` {said[new.qualifies]}"
        yield setting(f"earn[{new.id}].qualifies", text, old.qualifies, new.qualifies, new.qualifies)
