"""What takes no part in one version and does in the other: customers, orders, items."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..analysis.evaluate import Value
from ..model import words
from ..model.condition import Condition
from ..model.tree import Program
from .change import Change, change, quoted
from .examples import case_facts
from .pairing import Versions
from .wider import Compared, compared

NOBODY = "none"
UNDECIDED = "not every exclusion could be decided: the conditions are too involved"


def exclusions(versions: Versions) -> tuple[list[Change], bool]:
    """The exclusions that differ in what they take out, however they are written; and whether all were decided."""
    before, after = _excluded(versions.old), _excluded(versions.new)
    changes: list[Change] = []
    decided = True
    for what, was in before.items():
        now = after[what]
        if was != now or versions.old.attributes != versions.new.attributes:
            found = compared(versions.both, was, now)
            decided = decided and found.decided
            changes += _changed(versions, what, was, now, found)
    return changes, decided


def _excluded(program: Program) -> dict[str, Condition | None]:
    stated = program.exclude
    return {
        "customers": stated.customers if stated else None,
        "orders": stated.orders if stated else None,
        "items": program.items_excluded,
    }


def _changed(
    versions: Versions, what: str, was: Condition | None, now: Condition | None, found: Compared
) -> Iterator[Change]:
    """Taking more out is worse for customers."""
    if found.decided and found.gained is None and found.lost is None:
        return
    better = None if found.better is None else not found.better
    facts = {
        "setting": f"exclude.{what}",
        "old": _written(was),
        "new": _written(now),
        "better": better,
        "newly_excluded": _example(versions, found.gained, found),
        "no_longer_excluded": _example(versions, found.lost, found),
    }
    yield change(f"{what} that take no part: {_condition(now)}, was {_condition(was)}", facts)


def _example(versions: Versions, values: Mapping[str, Value] | None, found: Compared) -> object:
    return None if values is None else case_facts(values, found.names, versions.new.currency)


def _condition(stated: Condition | None) -> str:
    return quoted(words.condition(stated)) if stated else NOBODY


def _written(stated: Condition | None) -> str | None:
    return words.condition(stated) if stated else None
