"""The program that tests open in the server: it has one finding."""

from __future__ import annotations

PROGRAM = """\
tiercel: 1
program: {name: "Tea 🌳 Shop", currency: CAD}
vip:
  tiers:
    - {id: seed, name: Seed}
    - {id: oak, name: "🌳 Oak", when: spend >= 300 and spend >= 100}
earn:
  - {id: orders, activity: order, points: {seed: 1, oak: 2}, per: 1.00}
"""
CLEAN = PROGRAM.replace(" and spend >= 100", "")
DEAD = [("dead-clause", "spend >= 100")]
