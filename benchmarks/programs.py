"""Programs of any size, to check: realistic text, no errors."""

from __future__ import annotations

_HEAD = """\
tiercel: 1
program:
  name: Generated program of {rules} rules
  currency: CAD
  timezone: America/Toronto
customer:
  wholesale: boolean
  visits: integer
exclude:
  customers: customer.wholesale
vip:
  window: calendar_year
  tiers:
    - id: seed
      name: Seed
    - id: sprout
      name: Sprout
      when: spend >= 100 or orders >= 2
    - id: sapling
      name: Sapling
      when: spend >= 300 and orders >= 3
      entry_rewards:
        - {{type: points, points: 250}}
    - id: birch
      name: Birch
      when: spend >= 800 and (orders >= 6 or customer.tags has "insider")
      retain: spend >= 600
    - id: maple
      name: Maple
      when: spend >= 2000 and orders >= 10
      entry_rewards:
        - {{type: free_shipping}}
earn:
  - id: everyday
    activity: order
    points: {{seed: 1, sprout: 1, sapling: 1.25, birch: 1.5, maple: 2}}
    per: 1.00
"""

_RULE = """\
  - id: visit-{number}
    activity: custom:visit-{number}
    points: {points}
    when: customer.visits >= {visits} and (customer.country == "CA" or customer.tags has "tag-{number}")
    limit: {{times: 2, days: 30}}
"""


def program_of(rules: int) -> str:
    """The text of a valid program of five tiers and that many rules."""
    more = [
        _RULE.format(number=number, points=10 + number % 90, visits=number % 12) for number in range(1, rules)
    ]
    return _HEAD.format(rules=rules) + "".join(more)


def ladder_of(tiers: int) -> str:
    """The text of a program of that many tiers, each a little harder to reach by any of three ways."""
    rungs = [
        f"    - {{id: tier-{n}, name: Tier {n}, when: 'spend >= {n * 100} or orders >= {n * 3} "
        f'or customer.tags has "insider" and spend >= {n * 80}\'}}\n'
        for n in range(1, tiers)
    ]
    head = "tiercel: 1\nprogram: {name: Generated ladder, currency: CAD}\nvip:\n  window: calendar_year\n  tiers:\n"
    return head + "    - {id: tier-0, name: Tier 0}\n" + "".join(rungs)
