"""Which customers another version puts into another tier: every pair of tiers that some customer has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..model.tree import Program, Tier
from .change import Change, Findings, change, quoted
from .examples import case_facts, case_words
from .ladders import Ladders, Move
from .pairing import Versions

_TOP = 10**6  # above every ladder
NO_TIER = "no tier"
QUALIFYING = (
    "a customer's tier is the one that the customer qualifies for: tiers given by hand, and those kept from the "
    "window before, come after the conditions"
)
SAME_METRICS = "metrics are compared as numbers, though they are counted otherwise in the two versions"
OTHER_CURRENCY = (
    "amounts of different currencies cannot be compared, so nothing is said of conditions on money"
)
UNDECIDED = "not all pairs of tiers could be decided: the conditions are too involved"


def tiers(versions: Versions) -> Findings:
    """The customers who qualify for another tier, and tiers by invitation that are new or gone."""
    if _alike(versions):
        return Findings()
    if versions.old.currency != versions.new.currency:
        return Findings(tuple(_by_invitation(versions)), (OTHER_CURRENCY,), unknown=True)
    ladders = Ladders(versions.both)
    pairs = [(old, new) for old, new in ladders.moves() if not _same(versions, old, new)]
    moves = [move for old, new in pairs if (move := ladders.move(old, new))]
    changes = (*(_change(versions, move, ladders) for move in moves), *_by_invitation(versions))
    notes = () if ladders.decided else (UNDECIDED,)
    return Findings(changes, notes, not ladders.decided, _assumed(versions, ladders))


def _alike(versions: Versions) -> bool:
    """Whether the ladders ask for the same in the same order, so that there is nothing to decide."""
    old, new = (
        [(t.invite_only, t.when and t.when.term) for t in p.tiers] for p in (versions.old, versions.new)
    )
    paired = [(before.index, after.index) for before, after in versions.tiers.both]
    together = paired == [(index, index) for index in range(len(old))] and len(old) == len(new)
    same_names = versions.old.attributes == versions.new.attributes
    return together and old == new and same_names and versions.old.currency == versions.new.currency


def _assumed(versions: Versions, ladders: Ladders) -> tuple[str, ...]:
    old, new = versions.old.vip, versions.new.vip
    alike = old is None or new is None or (old.window, old.spend) == (new.window, new.spend)
    return (QUALIFYING, *(() if alike else (SAME_METRICS,)), *versions.both.assumed(ladders.names))


def _same(versions: Versions, old: int | None, new: int | None) -> bool:
    """Whether a tier of the old version, or none, is that of the new one."""
    if old is None or new is None:
        return old is new
    return _counterpart(versions, old) == new


def _counterpart(versions: Versions, old: int) -> int | None:
    """The tier of the new version that a tier of the old one is; none if it is gone."""
    return next((after.index for before, after in versions.tiers.both if before.index == old), None)


def _change(versions: Versions, move: Move, ladders: Ladders) -> Change:
    currency = versions.new.currency
    before, after = _id(versions.old, move.old), _id(versions.new, move.new)
    who = case_words(move.values, ladders.names, currency)
    region = f": {move.region}" if move.region else ""
    return change(
        f"{_called(before)} to {_called(after)}{region} (such as {who})",
        {
            "from": before,
            "to": after,
            "better": _better(versions, move.old, move.new),
            "region": move.region,
            "witness": case_facts(move.values, ladders.names, currency),
        },
    )


def _id(program: Program, tier: int | None) -> str | None:
    return None if tier is None else program.tiers[tier].id


def _called(tier: str | None) -> str:
    return NO_TIER if tier is None else quoted(tier)


def _better(versions: Versions, old: int | None, new: int | None) -> bool | None:
    """Whether the new tier is above the old one, seen from both ladders; neither where they do not agree.

    A tier that is not in the other ladder lies there between its nearest neighbours that are.
    """
    if old is None or new is None:
        return old is None
    pairs = [(before.index, after.index) for before, after in versions.tiers.both]
    seen = {
        _above(new, _place(old, pairs)),
        _below(old, _place(new, [(after, before) for before, after in pairs])),
    }
    return next(iter(seen - {None}), None) if len(seen - {None}) == 1 else None


def _place(tier: int, pairs: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Between which places of the other ladder a tier lies; twice the same if it is there itself."""
    own = [there for here, there in pairs if here == tier]
    below = max((there for here, there in pairs if here < tier), default=-1)
    above = min((there for here, there in pairs if here > tier), default=_TOP)
    return (own[0], own[0]) if own else (below, above)


def _above(tier: int, place: tuple[int, int]) -> bool | None:
    low, high = place
    if low == high:
        return None if tier == low else tier > low
    return False if tier <= low else True if tier >= high else None


def _below(tier: int, place: tuple[int, int]) -> bool | None:
    above = _above(tier, place)
    return None if above is None else not above


def _by_invitation(versions: Versions) -> Iterator[Change]:
    """Tiers that nobody qualifies for: members are in them because somebody put them there."""
    for tier in versions.tiers.removed:
        if tier.invite_only:
            yield _invited(tier, "is gone: members who were given it move to the next one below", False, True)
    for tier in versions.tiers.added:
        if tier.invite_only:
            yield _invited(tier, "is new, by invitation", True, False)
    for old, new in versions.tiers.both:
        if old.invite_only != new.invite_only:
            how = "is by invitation now" if new.invite_only else "is by invitation no longer"
            yield _invited(new, how, None, False)


def _invited(tier: Tier, what: str, better: bool | None, gone: bool) -> Change:
    facts = {"from": tier.id if gone else None, "to": None if gone else tier.id, "better": better}
    return change(f"{quoted(tier.id)} {what}", {**facts, "region": "by invitation", "witness": {}})
