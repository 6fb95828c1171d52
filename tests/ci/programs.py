"""Programs of merchants, some with something wrong, and their scenarios."""

from __future__ import annotations

from tiercel.tests.cli.conftest import MAPLE

BROKEN = MAPLE.replace("spend >= 100", "spendd >= 100")
WORSE = MAPLE.replace("maple: 2", "maple: 1")
BETTER = MAPLE.replace("maple: 2", "maple: 3")
# With an info; with the same allowed for some days; and with warnings beside it.
INACTIVE = MAPLE + "  - {id: reviews, activity: review, points: 5, active: false}\n"
ALLOWED = INACTIVE.replace("false}\n", "false} # tiercel: allow[inactive-rule] until 2026-01-31: it moves\n")
WARNING = INACTIVE + "  - {id: more, activity: order, points: 1, per: 1.00, tiers: {include: maple}}\n"

SCENARIOS = """\
tiercel-test: 1
scenarios:
  - scenario: Who spends 100 is in Maple
    steps:
      - ann joins
      - ann orders 100.00
      - expect: {ann: {tier: maple}}
"""
LATER = MAPLE.replace(">= 100", "> 100")
