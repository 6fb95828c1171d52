"""The number of an interval that a merchant would pick as an example: small, and with few digits that count."""

from __future__ import annotations

PLAIN_DIGITS = 3


def roundest(low: int, high: int | None) -> int:
    """A round number from `low` to `high` (none: open-ended), both among them.

    0 where it is one of them. Else, of the end that is nearer to 0 and of those beyond it: that end itself where it
    has at most three significant digits, otherwise the number with the fewest, the nearest to 0 of those.
    """
    if low <= 0 and (high is None or high >= 0):
        return 0
    if low > 0:
        return _upward(low, high)
    assert high is not None
    return -_upward(-high, -low)


def _upward(low: int, high: int | None) -> int:
    if len(str(low).rstrip("0")) <= PLAIN_DIGITS:
        return low
    step: int = 10 ** len(str(low))
    while step > 1:
        candidate = -(-low // step) * step
        if high is None or candidate <= high:
            return candidate
        step //= 10
    return low
