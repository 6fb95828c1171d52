"""`Program.step`: pure, for one customer, with reasons for what it refuses."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tiercel.loading import load_text
from tiercel.runtime import (
    Customer,
    IncompatibleProgram,
    Ledger,
    Program,
    Rejected,
    UnknownProgram,
    customer_to_json,
    parse_instant,
)

HEAD = "tiercel: 1\nprogram: {name: P, currency: CAD, timezone: America/Toronto}\n"
TIERS = """\
vip:
  window: calendar_year
  tiers:
    - {id: low, name: Low}
    - {id: mid, name: Mid, when: spend >= 100, entry_rewards: [{type: points, points: 7}]}
    - {id: top, name: Top, when: spend >= 500 and orders >= 2}
earn:
  - {id: everyday, activity: order, points: 1, per: 1}
"""


@pytest.fixture(scope="module")
def program() -> Program:
    return load_text(HEAD + TIERS)


def event(kind: str, at: str = "2026-02-01T00:00:00Z", **more: Any) -> dict[str, Any]:
    return {"id": f"{kind} {at}", "type": kind, "at": at, "customer": "c", **more}


def enrolled(program: Program) -> Customer:
    customer, _ = program.step(
        None, event("customer.enrolled", "2026-01-02T00:00:00Z", email="C@example.com")
    )
    assert customer is not None
    return customer


def dump(program: Program, customer: Customer) -> str:
    return json.dumps(customer_to_json(customer, {program.digest: program}))


def test_the_customer_given_stays_as_it_was(program: Program) -> None:
    first = enrolled(program)
    before = dump(program, first)
    second, _ = program.step(first, event("order.paid", order={"id": "o", "total": "120.00"}))
    assert dump(program, first) == before
    assert second is not None
    middle = dump(program, second)
    program.step(second, event("order.refunded", order={"id": "o", "amount": "20.01"}))
    program.step(second, event("clock", at="2031-01-01T00:00:00Z"))
    assert dump(program, second) == middle


def test_removal_gives_nobody(program: Program) -> None:
    assert program.step(enrolled(program), event("customer.removed")) == (None, [])


def test_an_import_applies_the_rows_of_this_customer(program: Program) -> None:
    rows = [
        {"email": "else@example.com", "vip_tier": "Top"},
        {"email": " c@EXAMPLE.com", "vip_tier": "Mid"},
    ]
    raw = {"id": "i", "type": "tiers.imported", "at": "2026-02-01T00:00:00Z", "rows": rows}
    customer, effects = program.step(enrolled(program), raw)
    assert customer is not None
    assert [effect["kind"] for effect in effects] == ["tier_changed"]
    assert program.tier_id(customer.tier) == "mid"


@pytest.mark.parametrize(
    ("raw", "reason", "names"),
    [
        (
            event("order.paid", at="2026-01-01T00:00:00Z", order={"id": "o", "total": 1}),
            "before-joining",
            "c",
        ),
        (event("order.refunded", order={"id": "x", "amount": 1}), "unknown-order", "x"),
        (event("tier.set", tier="gold"), "unknown-tier", "gold"),
        (event("customer.enrolled", email="a@b"), "already-member", "c"),
        (event("order.paid", order={"id": "o", "total": 1.5}), "invalid-event", "order.total"),
        (event("order.paid", order={"id": "o", "total": None}), "invalid-event", "order.total"),
        (event("order.paid", order={"id": "", "total": 1}), "invalid-event", "order.id"),
        (event("order.paid", order=[]), "invalid-event", "order"),
        (event("points.adjusted", points=0), "invalid-event", "points"),
        (event("points.adjusted", points=True), "invalid-event", "points"),
        (event("customer.updated", tags="vip"), "invalid-event", "tags"),
        (event("customer.updated", email="\ud800@b"), "invalid-event", "email"),
        (event("activity", activity="dance"), "invalid-event", "activity"),
        (event("activity", activity="custom:Tour"), "invalid-event", "activity"),
        ({**event("clock"), "customer": "d"}, "invalid-event", "customer"),
        ({**event("clock"), "at": 5}, "invalid-event", "at"),
    ],
)
def test_rejections(program: Program, raw: dict[str, Any], reason: str, names: str) -> None:
    customer = enrolled(program)
    before = dump(program, customer)
    with pytest.raises(Rejected) as rejection:
        program.step(customer, raw)
    assert rejection.value.reason == reason
    assert names in rejection.value.message
    assert dump(program, customer) == before


def test_nobody_can_do_nothing_but_enrol(program: Program) -> None:
    with pytest.raises(Rejected, match="not-a-member"):
        program.step(None, event("clock"))


def test_another_version_needs_the_one_before(program: Program) -> None:
    other = load_text(HEAD + TIERS.replace("points: 7", "points: 8"))
    with pytest.raises(UnknownProgram):
        other.step(enrolled(program), event("clock"))
    customer, effects = other.step(enrolled(program), event("clock"), older={program.digest: program})
    assert customer is not None
    assert (customer.digest, effects) == (other.digest, [])


def test_a_version_that_customers_cannot_live_under(program: Program) -> None:
    other = load_text(HEAD.replace("CAD", "USD") + TIERS)
    with pytest.raises(IncompatibleProgram, match="currency"):
        other.step(enrolled(program), event("clock"), older={program.digest: program})


def test_panel(program: Program) -> None:
    customer, _ = program.step(enrolled(program), event("order.paid", order={"id": "o", "total": "120.00"}))
    assert customer is not None
    panel = program.panel(customer)
    assert panel["tier"] == {"id": "mid", "name": "Mid", "perks": []}
    assert panel["balance"] == 127
    assert panel["holds_until"] == "2028-01-01T00:00:00-05:00"
    assert panel["tiers"][2] == {
        "id": "top",
        "name": "Top",
        "perks": [],
        "needs": "all",
        "to_go": [
            {"metric": "spend", "least": "500.00", "missing": "380.00"},
            {"metric": "orders", "least": 2, "missing": 1},
        ],
    }


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (event("order.refunded", "2026-03-02T00:00:00Z", order={"id": "none", "amount": 1}), "in-the-future"),
        (event("tier.set", "2026-03-02T00:00:00Z", tier="none"), "in-the-future"),
        (event("tier.set", "2026-03-02T00:00:00Z", tier="none", customer="nobody"), "not-a-member"),
        (event("tier.set", "2026-01-01T00:00:00Z", tier="none"), "before-joining"),
        (event("tier.set", "2026-03-01T00:00:00Z", tier="none"), "unknown-tier"),
    ],
)
def test_time_is_checked_after_membership_and_before_all_else(
    program: Program, raw: dict[str, Any], reason: str
) -> None:
    ledger = Ledger(program, not_after=parse_instant("2026-03-01T00:00:00Z"))
    ledger.apply(event("customer.enrolled", "2026-01-02T00:00:00Z", email="c@example.com"))
    assert ledger.apply(raw)["reason"] == reason
