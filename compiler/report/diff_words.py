"""What reports of a comparison call changes and verdicts."""

from __future__ import annotations

from ..diff.change import Change, Difference, Verdict

MEANS = {
    Verdict.EQUIVALENT: "no customer and no order is treated differently",
    Verdict.ONLY_BETTER: "something is better for customers, and nothing is worse",
    Verdict.ONLY_WORSE: "something is worse for customers, and nothing is better",
    Verdict.MIXED: "something is better for customers, and something is worse",
    Verdict.CHANGED: "something differs, and nothing of it is plainly better or worse for customers",
    Verdict.UNKNOWN: "not everything that may differ could be decided",
}


def sentence(difference: Difference) -> str:
    """What the verdict means; beside what is better or worse, that there is more which is plainly neither."""
    means = MEANS[difference.verdict]
    others = any(change.better is None for part in difference.parts for change in part.changes)
    if others and difference.verdict is not Verdict.CHANGED:
        return f"{means}; something else differs that is plainly neither"
    return means


def mark(change: Change) -> str:
    """`better`, `worse`, or `other` for what is neither."""
    return {True: "better", False: "worse", None: "other"}[change.better]
