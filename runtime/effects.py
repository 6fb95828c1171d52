"""What an event brings about: plain dictionaries with exactly the documented keys, ready for JSON."""

from __future__ import annotations

from typing import Any, Literal, TypedDict


class PointsEarned(TypedDict):
    """A rule earned. `base` is without the campaign, `bonus` is `points` less `base`."""

    kind: Literal["points_earned"]
    rule: str
    points: int
    base: int
    bonus: int
    campaign: str | None
    order: str | None


class PointsReversed(TypedDict):
    """A refund took back points that a rule had earned on the order."""

    kind: Literal["points_reversed"]
    rule: str
    points: int
    order: str


class RefundClamped(TypedDict):
    """A refund asked for more than was left of the order; both are money as text."""

    kind: Literal["refund_clamped"]
    order: str
    asked: str
    taken: str


class PointsAdjusted(TypedDict):
    """The balance was moved by hand."""

    kind: Literal["points_adjusted"]
    points: int
    reason: str | None


Cause = Literal[
    "qualified", "disqualified", "refund", "reset", "lapsed", "manual", "import", "launch", "program"
]


# `from` is a keyword of Python, hence this form.
TierChanged = TypedDict(
    "TierChanged",
    {
        "kind": Literal["tier_changed"],
        "customer": str,
        "from": str | None,
        "to": str | None,
        "cause": Cause,
        "note": str | None,
        "at": str,
    },
)
"""A customer changed tier; ids, or null for no tier. `at` is local time with offset."""


class RewardIssued(TypedDict):
    """An entry reward was issued: its type and that type's keys, money and rates as text."""

    kind: Literal["reward_issued"]
    customer: str
    tier: str
    reward: dict[str, Any]


class Notification(TypedDict):
    """The customer is to be told."""

    kind: Literal["notification"]
    customer: str
    about: Literal["tier_changed"]
    channel: Literal["email"]
    to: str


class ImportSkipped(TypedDict):
    """A row of an import changed nothing: `not-a-member`, `unknown-tier` or `not-higher`."""

    kind: Literal["import_skipped"]
    email: str
    vip_tier: str
    reason: str


class ImportHeld(TypedDict):
    """A row of an import waits for the launch."""

    kind: Literal["import_held"]
    email: str
    vip_tier: str


Effect = (
    PointsEarned
    | PointsReversed
    | RefundClamped
    | PointsAdjusted
    | TierChanged
    | RewardIssued
    | Notification
    | ImportSkipped
    | ImportHeld
)


class Rejected(Exception):
    """An event that changes nothing: `reason` is one of the documented ones, `message` is for people."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(f"{reason}: {message}")
        self.reason = reason
        self.message = message


def invalid(where: str, why: str) -> Rejected:
    """The rejection of an event whose field `where` is wrong."""
    return Rejected("invalid-event", f"{where}: {why}" if where else why)
