"""Counts what a check read and found; no times, so that the same files give the same lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .checking import Checked


def statistics_lines(checked: Sequence[Checked]) -> Iterator[str]:
    """A line for each count: files, programs, tiers, rules, campaigns, then each name that was reported, allowed or held."""
    programs = [one.program for one in checked if one.program is not None]
    yield from _table(
        {
            "files": len(checked),
            "programs without errors": len(programs),
            "tiers": sum(len(p.tiers) for p in programs),
            "rules": sum(len(p.rules) for p in programs),
            "campaigns": sum(len(p.campaigns) for p in programs),
        }
    )
    undecided = sum(one.undecided for one in checked)
    if undecided:
        yield from _table({"questions past the budget, about which nothing is said": undecided})
    names = Counter(d.name for one in checked for d in one.diagnostics)
    yield from _table(_by_count(names))
    allowed = Counter(gone.finding.name for one in checked for gone in one.suppressed)
    yield from _table({f"{name}, allowed": number for name, number in _by_count(allowed).items()})
    held = Counter(d.name for one in checked for d in one.held)
    yield from _table({f"{name}, held by the baseline": number for name, number in _by_count(held).items()})


def _by_count(names: Counter[str]) -> dict[str, int]:
    return {name: names[name] for name in sorted(names, key=lambda n: (-names[n], n))}


def _table(counts: dict[str, int]) -> Iterator[str]:
    for name, number in counts.items():
        yield f"{number:>7}  {name}"
