"""What reports of a comparison call changes and verdicts."""

from __future__ import annotations

from ..diff.change import Change, Verdict

EQUIVALENT = "no customer and no order is treated differently"

MEANS = {
    Verdict.EQUIVALENT: EQUIVALENT,
    Verdict.ONLY_BETTER: "something is better for customers, and nothing is worse",
    Verdict.ONLY_WORSE: "something is worse for customers, and nothing is better",
    Verdict.MIXED: "something is better for customers, and something is worse",
    Verdict.CHANGED: "something differs that is neither better nor worse for customers",
    Verdict.UNKNOWN: "not everything that may differ could be decided",
}


def mark(change: Change) -> str:
    """`better`, `worse`, or `other` for what is neither."""
    return {True: "better", False: "worse", None: "other"}[change.better]
