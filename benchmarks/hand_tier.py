"""The tier decision of `tiers.yaml` as a good engineer writes it by hand, for the same input."""

from __future__ import annotations

from tiercel.runtime import Member


def tier(member: Member) -> int:
    """The index of the customer's tier; money in cents."""
    if member.spend >= 200_000 and member.orders >= 10 and member.country in ("CA", "US"):
        return 4
    if member.spend >= 80_000 and (member.orders >= 6 or "insider" in member.tags):
        return 3
    if member.spend >= 30_000 and member.orders >= 3:
        return 2
    if member.spend >= 10_000 or member.orders >= 2:
        return 1
    return 0
