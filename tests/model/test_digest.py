"""The digest is that of the meaning: what changes nothing for anyone leaves it, and what does changes it."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tiercel.compiler.model.digest import digest, meaning

from .conftest import Meant, resolve_text
from .rewriting import rewritten

PROGRAMS = sorted(
    path for path in (Path(__file__).parents[2] / "programs").glob("*.yaml") if ".test." not in path.name
)

BASE = """\
tiercel: 1
program: {name: P, currency: CAD}
customer: {size: {one_of: [small, large]}, wholesale: boolean}
exclude: {}
vip:
  window: calendar_year
  tiers:
    - {id: a, name: A}
    - id: b
      name: B
      when: spend >= 100 or orders > 3
      entry_rewards: [{type: amount_discount, amount: 5}, {type: percentage_off, percent: 10}]
      perks: [tea, cake]
    - {id: c, name: C, invite_only: true}
earn:
  - {id: o, activity: order, points: {a: 1, b: 1.5, c: 2}, per: 1, from: 2026-01-01}
  - {id: s, activity: signup, points: 100}
  - {id: d, activity: birthday, points: 10}
  - {id: r, activity: review, points: 5, when: customer.size == "large"}
campaigns:
  - {id: m, multiplier: 2, starts: 2026-11-01, ends: 2026-11-30}
"""

# What is replaced in BASE, and by what.
SAME = [
    ("currency: CAD", "currency: CAD, timezone: UTC"),
    ("currency: CAD", "currency: CAD, points: {many: points, one: point}"),
    ("exclude: {}\n", ""),
    ("exclude: {}", "exclude: {items: item.gift_card}"),
    ("window: calendar_year", "window: {calendar_year: {starts: '01-01'}}"),
    (
        "window: calendar_year",
        "window: calendar_year\n  lasts: next_window\n  lapse: earned\n  refunds: count",
    ),
    (
        "window: calendar_year",
        "window: calendar_year\n  skipped_tiers: all\n  notify: false\n  spend: {tax: include}",
    ),
    ("window: calendar_year", "window: calendar_year\n  spend: {shipping: include, discounts: deduct}"),
    ("orders > 3\n", "orders > 3\n      retain: spend >= 100 or orders > 3\n"),
    ("spend >= 100 or orders > 3", "(spend >= 100.00) or (orders > 3)"),
    ("name: B", "name: B\n      invite_only: false"),
    ("percent: 10", "percent: 10.0"),
    ("amount: 5", "amount: 5.00"),
    ("b: 1.5", "b: 1.50"),
    ("per: 1,", "per: 1.00, round: nearest, active: true, qualifies: true, limit: none,"),
    ("per: 1,", "per: 1, amount: {tax: include},"),
    ("from: 2026-01-01", "from: 2026-01-01T00:00"),
    ("ends: 2026-11-30", "ends: 2026-12-01T00:00:00"),
    ("points: 100", "points: 100, limit: {times: 1}"),
    ("points: 10}", "points: 10, limit: {per: calendar_year, times: 1}}"),
    ("wholesale: boolean}", "wholesale: boolean} # none yet"),
    (
        "size: {one_of: [small, large]}, wholesale: boolean",
        "wholesale: boolean, size: {one_of: [small, large]}",
    ),
]

OTHER = [
    ("name: P", "name: Q"),
    ("CAD", "USD"),
    ("currency: CAD", "currency: CAD, timezone: America/Toronto"),
    ("currency: CAD", "currency: CAD, points: {one: leaf, many: leaves}"),
    ("currency: CAD", "currency: CAD, hosted: {platform: shopify, plan: plus}"),
    ("[small, large]", "[large, small]"),
    ("wholesale: boolean", "wholesale: integer"),
    ("wholesale", "trade"),
    ("exclude: {}", "exclude: {customers: customer.wholesale}"),
    ("exclude: {}", "exclude: {orders: customer.wholesale}"),
    ("exclude: {}", "exclude: {items: item.gift_card or item.tags has 'x'}"),
    ("calendar_year\n", "anniversary\n"),
    ("window: calendar_year", "window: {calendar_year: {starts: '04-01'}}"),
    ("window: calendar_year", "window: {rolling: {days: 365}}"),
    ("window: calendar_year", "launches: 2026-01-01"),
    ("window: calendar_year", "launches: not_yet"),
    ("window: calendar_year", "lasts: this_window\n  window: calendar_year"),
    ("window: calendar_year", "lapse: one_down\n  window: calendar_year"),
    ("window: calendar_year", "refunds: ignore\n  window: calendar_year"),
    ("window: calendar_year", "skipped_tiers: highest\n  window: calendar_year"),
    ("window: calendar_year", "notify: true\n  window: calendar_year"),
    ("window: calendar_year", "spend: {tax: exclude}\n  window: calendar_year"),
    ("window: calendar_year", "spend: {shipping: exclude}\n  window: calendar_year"),
    ("window: calendar_year", "spend: {discounts: ignore}\n  window: calendar_year"),
    ("name: A", "name: a"),
    ("spend >= 100", "spend > 100"),
    ("spend >= 100", "spend >= 100.01"),
    ("spend >= 100", "lifetime.spend >= 100"),
    ("or orders", "and orders"),
    ("orders > 3\n", "orders > 3\n      retain: spend >= 90\n"),
    ("amount: 5", "amount: 6"),
    ("amount: 5", "amount: 5, name: Five"),
    ("amount_discount", "gift_card"),
    ("percent: 10", "percent: 10.5"),
    ("[tea, cake]", "[cake, tea]"),
    ("invite_only: true}", "invite_only: true, retain: spend > 0}"),
    ("b: 1.5", "b: 1.25"),
    ("{a: 1, b: 1.5, c: 2}", "2"),
    ("per: 1,", "per: 2,"),
    ("per: 1,", "per: 1, round: up,"),
    ("per: 1,", "per: 1, amount: {tax: exclude},"),
    ("per: 1,", "per: 1, items: item.sku == 'x',"),
    ("per: 1,", "per: 1, contains: item.sku == 'x',"),
    ("per: 1,", "per: 1, max_points: 500,"),
    ("per: 1,", "per: 1, limit: {times: 5, days: 7},"),
    ("per: 1,", "per: 1, limit: {times: 5},"),
    ("per: 1,", "per: 1, qualifies: false,"),
    ("per: 1,", "per: 1, until: 2027-01-01,"),
    ("2026-01-01", "2026-01-02"),
    ("points: 100", "points: 100, active: false"),
    ("points: 100", "points: 100, limit: none"),
    ("points: 100", "points: 100, tiers: {include: a}"),
    ("points: 100", "points: 100, tiers: {exclude: [a]}"),
    ("points: 100", "points: 100, when: customer.country == 'CA'"),
    ("activity: review", "activity: custom:review"),
    ("multiplier: 2", "multiplier: 2.5"),
    ("2026-11-30", "2026-11-29"),
    ("id: m", "id: k"),
]


def edited(old: str, new: str) -> str:
    assert old in BASE
    return BASE.replace(old, new, 1)


def test_it_has_a_fixed_form(meant: Meant) -> None:
    found = digest(meant(BASE))
    assert re.fullmatch("sha256:[0-9a-f]{64}", found)
    assert found == digest(meant(BASE))


def test_the_text_that_is_hashed(meant: Meant, golden) -> None:
    # Where this file changes, every program in use becomes another version for its customers.
    golden(Path(__file__).parent / "digest" / "base.json", meaning(meant(BASE)) + "\n")


@pytest.mark.parametrize(("old", "new"), SAME)
def test_saying_the_same_leaves_it(old: str, new: str, meant: Meant) -> None:
    assert meaning(meant(edited(old, new))) == meaning(meant(BASE))


def test_every_change_of_meaning_gives_another(meant: Meant) -> None:
    found = {digest(meant(BASE)): ("", "")}
    for change in OTHER:
        other = found.setdefault(digest(meant(edited(*change))), change)
        assert other == change, f"{other} and {change} have one digest"


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda p: p.stem)
@given(seed=st.integers(0, 2**32))
@settings(max_examples=5, deadline=None)
def test_layout_leaves_it(path: Path, seed: int) -> None:
    program, _ = resolve_text(path.read_text(encoding="utf-8"))
    assert program is not None
    again, report = resolve_text(rewritten(program.document.root, random.Random(seed)))
    assert again is not None, report.diagnostics
    assert meaning(again) == meaning(program)
    assert replace(again, attributes=()) == replace(program, attributes=())
