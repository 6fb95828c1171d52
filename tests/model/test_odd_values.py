"""Whatever stands in the place of a value is refused or means something: no pass fails on it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tiercel.compiler.diagnostics import Report
from tiercel.compiler.driver import compile_bytes
from tiercel.compiler.source import SourceFile
from tiercel.compiler.syntax.from_yaml import read_document
from tiercel.compiler.syntax.tree import Entry, Mapping, Node, Sequence

PROGRAM = """\
tiercel: 1
program: {name: P, currency: CAD, timezone: UTC, points: {one: p, many: q}, hosted: {platform: shopify, plan: plus}}
customer: {size: {one_of: [small, large]}}
exclude: {items: item.gift_card}
vip:
  launches: 2026-01-01
  window: {calendar_year: {starts: "04-01"}}
  lasts: next_window
  spend: {tax: include}
  tiers:
    - {id: a, name: A}
    - id: b
      name: B
      when: spend >= 100
      retain: spend >= 50
      invite_only: false
      entry_rewards: [{type: amount_discount, amount: 5, name: Five}, {type: percentage_off, percent: 10}, {type: points, points: 5}]
      perks: [tea]
earn:
  - {id: o, activity: order, points: {a: 1, b: 1.5}, per: 1, round: up, from: 2026-01-01, until: 2027-01-01, max_points: 9}
  - {id: r, activity: review, points: 5, tiers: {exclude: [a]}, limit: {times: 1, days: 5}, when: customer.size == "large"}
campaigns:
  - {id: m, multiplier: 2, starts: 2026-11-01, ends: 2026-11-30}
"""

ODD = [
    '"x"',
    '""',
    "0",
    "-1.5",
    "true",
    "2026-02-30",
    "[a]",
    "[]",
    "{a: 1}",
    "{}",
    "[[[1]]]",
    "99999999999999999999",
    "'5'",
]


def nodes(node: Node) -> Iterator[Node]:
    yield node
    below = node.entries if isinstance(node, Mapping) else node.items if isinstance(node, Sequence) else ()
    for part in below:
        yield from nodes(part.value if isinstance(part, Entry) else part)


def programs(odd: str) -> Iterator[str]:
    """The program with each of its values in turn replaced."""
    source = SourceFile("p.yaml", PROGRAM)
    document = read_document(source, Report(source))
    assert document is not None
    for node in nodes(document.root):
        yield f"{PROGRAM[: node.span.start]}{odd}{PROGRAM[node.span.end :]}"


def test_the_program_is_in_order() -> None:
    compilation = compile_bytes("p.yaml", PROGRAM.encode())
    assert not compilation.has_errors, compilation.diagnostics


@pytest.mark.parametrize("odd", ODD)
def test_no_pass_fails(odd: str) -> None:
    for text in programs(odd):
        compilation = compile_bytes("p.yaml", text.encode())
        assert (compilation.module is None) == compilation.has_errors
