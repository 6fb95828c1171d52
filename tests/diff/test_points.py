"""What rules earn, compared: which rewrites are proved to change nothing, and what is said of those that do."""

from __future__ import annotations

import sys
from typing import Any

import pytest

from tiercel.compiler.diff.change import Findings, Verdict, verdict_of
from tiercel.compiler.diff.pairing import versions
from tiercel.compiler.diff.points import CURRENCY, LIMITED, QUALIFY, TOO_MANY, points
from tiercel.compiler.diff.points_context import ITEMS_DIFFER
from tiercel.compiler.diff.points_several import NO_PROVER
from tiercel.tests.model.conftest import resolve_text

HEAD = """\
tiercel: 1
program: {name: Corner Shop, currency: CAD}
customer: {wholesale: boolean, size: {one_of: [small, large]}}
exclude: {customers: customer.wholesale}
vip:
  window: calendar_year
  tiers:
    - {id: a, name: A}
    - {id: b, name: B, when: spend >= 100}
    - {id: c, name: C, when: spend >= 500}
earn:
"""

YEN = HEAD.replace("CAD", "JPY")


def found(old: str, new: str, *, head: str = HEAD, new_head: str = "", up_to: int = 100_000) -> Findings:
    programs = [resolve_text(text) for text in (head + old, (new_head or head) + new)]
    for program, report in programs:
        assert program is not None, report.diagnostics
    return points(versions(programs[0][0], programs[1][0], up_to))


def order_rule(id: str, *stated: str) -> str:
    return f"  - {{{', '.join((f'id: {id}', 'activity: order', *stated))}}}\n"


def review(id: str, *stated: str) -> str:
    return f"  - {{{', '.join((f'id: {id}', 'activity: review', *stated))}}}\n"


CAMPAIGN = "campaigns:\n  - {id: spring, multiplier: 2, starts: 2026-04-01, ends: 2026-04-07}\n"
EVERY = order_rule("e", "points: 1", "per: 1")
BOTH_CLAUSES = "when: not (order.channel == 'web' and customer.size == 'large')"
EITHER_NOT = "when: order.channel != 'web' or customer.size == 'small'"

EQUIVALENT = {
    "the order of rules": (
        EVERY + order_rule("x", "points: 5", "per: order"),
        order_rule("x", "points: 5", "per: order") + EVERY,
    ),
    "a condition rewritten": (
        order_rule("e", "points: 1", "per: 1", BOTH_CLAUSES),
        order_rule("e", "points: 1", "per: 1", EITHER_NOT),
    ),
    "a condition split in two rules": (
        EVERY,
        order_rule("x", "points: 1", "per: 1", "when: order.total >= 20")
        + order_rule("v", "points: 1", "per: 1", "when: order.total < 20"),
    ),
    "fixed points in two": (
        order_rule("e", "points: 5", "per: order"),
        order_rule("x", "points: 2", "per: order") + order_rule("v", "points: 3", "per: order"),
    ),
    "a table for rules by tier": (
        order_rule("x", "points: 1", "per: 1", "tiers: {include: a}")
        + order_rule("v", "points: 1.5", "per: 1", "tiers: {include: b}")
        + order_rule("w", "points: 2", "per: 1", "tiers: {include: c}"),
        order_rule("e", "points: {a: 1, b: 1.5, c: 2}", "per: 1"),
    ),
    "a table for a rule that leaves a tier out": (
        order_rule("x", "points: 1", "per: 1", "tiers: {exclude: [b]}")
        + order_rule("v", "points: 1.5", "per: 1", "tiers: {include: b}"),
        order_rule("e", "points: {a: 1, b: 1.5, c: 1}", "per: 1"),
    ),
    "another rate per another amount": (EVERY, order_rule("e", "points: 2", "per: 2")),
    "a cap that is never reached": (
        order_rule("e", "points: 1", "per: 1", "when: order.total <= 100"),
        order_rule("e", "points: 1", "per: 1", "when: order.total <= 100", "max_points: 100"),
    ),
    "rules at other times for one at all times": (
        EVERY,
        order_rule("x", "points: 1", "per: 1", "until: 2026-06-30")
        + order_rule("v", "points: 1", "per: 1", "from: 2026-07-01"),
    ),
    "a campaign renamed": (EVERY + CAMPAIGN, EVERY + CAMPAIGN.replace("spring", "easter")),
    "contains rewritten": (
        order_rule("e", "points: 9", "per: order", "contains: \"item.sku in ['x', 'y']\""),
        order_rule("e", "points: 9", "per: order", "contains: item.sku == 'x' or item.sku == 'y'"),
    ),
    "items rewritten": (
        order_rule("e", "points: 1", "per: 1", "items: not (item.sku != 'x' or item.tags has 'sale')"),
        order_rule("e", "points: 1", "per: 1", "items: item.sku == 'x' and not item.tags has 'sale'"),
    ),
    "a limit stated or not": (
        "  - {id: s, activity: signup, points: 10}\n",
        "  - {id: t, activity: signup, points: 10, limit: {times: 1}}\n",
    ),
    "activity points in two": (review("r", "points: 5"), review("x", "points: 2") + review("v", "points: 3")),
    "what a new member cannot have": (
        "  - {id: s, activity: signup, points: 10}\n",
        "  - {id: s, activity: signup, points: 10, when: spend == 0}\n",
    ),
}


@pytest.mark.parametrize("rewrite", EQUIVALENT)
def test_proved_equivalent(rewrite: str) -> None:
    old, new = EQUIVALENT[rewrite]
    for one, other in ((old, new), (new, old)):
        assert found(one, other) == Findings(assumed=found(one, other).assumed)


def test_a_rate_in_two_where_nothing_is_rounded() -> None:
    old = order_rule("e", "points: 2", "per: 1")
    new = order_rule("x", "points: 1", "per: 1") + order_rule("v", "points: 1", "per: 1")
    assert found(old, new, head=YEN) == Findings()


B, W = Verdict.ONLY_BETTER, Verdict.ONLY_WORSE

DIFFERENT: dict[str, tuple[str, str, Verdict]] = {
    "a rate in two, each rounded": (
        order_rule("e", "points: 2", "per: 1"),
        EVERY + order_rule("x", "points: 1", "per: 1"),
        Verdict.MIXED,
    ),
    "a rate of one tier": (
        order_rule("e", "points: {a: 1, b: 1.5, c: 2}", "per: 1"),
        order_rule("e", "points: {a: 1, b: 1.25, c: 2}", "per: 1"),
        W,
    ),
    "a cap": (EVERY, order_rule("e", "points: 1", "per: 1", "max_points: 500"), W),
    "rounded up": (EVERY, order_rule("e", "points: 1", "per: 1", "round: up"), B),
    "in steps": (EVERY, order_rule("e", "points: 1", "per: 1", "round: steps"), W),
    "a threshold": (
        order_rule("e", "points: 9", "per: order", "when: order.total >= 50"),
        order_rule("e", "points: 9", "per: order", "when: order.total >= 40"),
        B,
    ),
    "from later": (
        order_rule("e", "points: 1", "per: 1", "from: 2026-01-01"),
        order_rule("e", "points: 1", "per: 1", "from: 2026-02-01"),
        W,
    ),
    "a multiplier": (EVERY + CAMPAIGN, EVERY + CAMPAIGN.replace("multiplier: 2", "multiplier: 3"), B),
    "without tax": (EVERY, order_rule("e", "points: 1", "per: 1", "amount: {tax: exclude}"), W),
    "some items alone": (EVERY, order_rule("e", "points: 1", "per: 1", "items: item.sku == 'x'"), W),
    "some items for more": (
        EVERY,
        order_rule("e", "points: 2", "per: 1", "items: item.sku == 'x'"),
        Verdict.MIXED,
    ),
    "more of some items": (
        EVERY,
        EVERY + order_rule("x", "points: 1", "per: 1", "items: item.sku == 'x'"),
        B,
    ),
    "other items": (
        order_rule("e", "points: 1", "per: 1", "items: item.sku == 'x'"),
        order_rule("e", "points: 1", "per: 1", "items: \"item.sku in ['x', 'y']\""),
        B,
    ),
    "a rule for some": (EVERY, EVERY + order_rule("x", "points: 5", "per: order", "when: orders >= 3"), B),
    "an activity": (review("r", "points: 5"), review("r", "points: 6"), B),
    "an activity of some": (
        review("r", "points: 5"),
        review("r", "points: 5", "when: customer.size == 'large'"),
        W,
    ),
}


@pytest.mark.parametrize("edit", DIFFERENT)
def test_found_different(edit: str) -> None:
    old, new, expected = DIFFERENT[edit]
    opposite = {B: W, W: B}.get(expected, expected)
    for one, other, verdict in ((old, new, expected), (new, old, opposite)):
        findings = found(one, other)
        assert verdict_of(findings.changes, findings.unknown) is verdict
        assert findings.notes == ()


def facts(old: str, new: str, **more: Any) -> list[dict[str, Any]]:
    return [dict(change.facts) for change in found(old, new, **more).changes]


def test_the_facts_of_a_change() -> None:
    old = order_rule("e", "points: {a: 1, b: 1, c: 2}", "per: 1")
    assert facts(old, order_rule("e", "points: {a: 1, b: 1, c: 1}", "per: 1")) == [
        {
            "tier": "c",
            "campaign": None,
            "old": 200,
            "new": 100,
            "better": False,
            "witness": {"order": {"total": "100.00"}},
            "rules": {"old": ["e"], "new": ["e"]},
            "largest": {
                "up_to": "1000.00",
                "old": 2000,
                "new": 1000,
                "witness": {"order": {"total": "1000.00"}},
            },
        }
    ]


def test_a_witness_has_what_conditions_ask_for() -> None:
    stated = ("points: 5", "per: order", "tiers: {include: c}")
    old = order_rule(
        "x", *stated, "when: customer.tags has 'vip' and spend < 50", "contains: item.sku == 'x'"
    )
    (change,) = facts(old, old.replace("points: 5", "points: 4"))
    assert change["witness"] == {
        "customer": {"tags": ["vip"]},
        "order": {"total": "100.00", "items": [{"sku": "x", "total": "0.00"}]},
    }


def test_what_is_used_up_is_not_known() -> None:
    old = EVERY + order_rule("x", "points: 5", "per: order", "limit: {times: 1}")
    new = EVERY + order_rule("v", "points: 8", "per: order", "limit: {times: 2}")
    findings = found(old, new)
    assert {change.better for change in findings.changes} == {True}
    assert findings.unknown
    assert findings.notes == (LIMITED,)


def test_the_limit_of_a_rule_in_both_is_told_elsewhere() -> None:
    old = order_rule("x", "points: 5", "per: order", "limit: {times: 1}")
    assert found(old, order_rule("x", "points: 5", "per: order")) == Findings()
    assert [c.better for c in found(old, order_rule("x", "points: 4", "per: order")).changes] == [False] * 3


def test_points_that_qualify_and_points_that_do_not() -> None:
    old, new = (
        order_rule("x", "points: 5", "per: order"),
        order_rule("v", "points: 5", "per: order", "qualifies: false"),
    )
    assert found(old, new) == Findings((), (QUALIFY,), unknown=True)


def test_another_currency() -> None:
    assert found(EVERY, EVERY, new_head=YEN) == Findings((), (CURRENCY,), unknown=True)


def test_other_excluded_items() -> None:
    other = HEAD.replace(
        "customer.wholesale}\n", "customer.wholesale, items: item.gift_card or item.sku == 'x'}\n"
    )
    findings = found(EVERY, EVERY, new_head=other)
    assert (findings.unknown, findings.notes) == (True, (ITEMS_DIFFER,))
    assert {change.better for change in findings.changes} == {False}
    same = other.replace("or item.sku", "or item.gift_card and item.sku")
    assert found(EVERY, EVERY, new_head=same) == Findings()


def test_many_rules_that_match_in_all_ways() -> None:
    rules = [review(f"r{n}", "points: 7", f"when: customer.tags has 't{n}'") for n in range(14)]
    findings = found("".join(rules), "".join(rule.replace("points: 7", "points: 8") for rule in rules))
    assert {change.better for change in findings.changes} == {True}
    assert not findings.unknown


def test_too_many_rules_that_match_in_all_ways() -> None:
    rules = [review(f"r{n}", "points: 7", f"when: customer.tags has 't{n}'") for n in range(12)]
    more = [rule.replace("points: 7", "points: 8") for rule in rules]
    split = [
        review("v", "points: 1", "when: customer.size == 'large'"),
        review("w", "points: 1", "when: customer.size == 'small'"),
    ]
    findings = found("".join([*rules, review("x", "points: 1")]), "".join([*more, *split]))
    assert findings.unknown
    assert findings.notes == (TOO_MANY,)


def test_without_the_prover(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "z3", None)
    old, new, _ = DIFFERENT["other items"]
    findings = found(old, new)
    assert {change.better for change in findings.changes} == {True}
    assert (findings.unknown, findings.notes) == (True, (NO_PROVER,))
    # Where there are examples of both, nothing is left to prove.
    old, new, _ = DIFFERENT["some items for more"]
    assert not found(old, new).unknown


def test_one_amount_needs_no_prover(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "z3", None)
    assert not found(EVERY, order_rule("e", "points: 2", "per: 1")).unknown
    assert not found(*EQUIVALENT["items rewritten"]).changes


def test_who_cannot_be_in_a_lower_tier() -> None:
    """By hand, a member can be moved to a tier below the one that was reached."""
    new = EVERY + order_rule("x", "points: 5", "per: order", "tiers: {include: a}", "when: spend >= 200")
    assert facts(EVERY, new)[0]["witness"] == {"spend": "200.00", "order": {"total": "100.00"}}
    assert facts(EVERY, new, head=HEAD.replace("CAD", "CAD, hosted: {platform: wix, plan: growth}")) == []


def test_where_tiers_are_new() -> None:
    head = HEAD.partition("vip:")[0]
    (change,) = facts(
        "earn:\n" + EVERY, order_rule("e", "points: {a: 2, b: 2, c: 3}", "per: 1"), head=head, new_head=HEAD
    )
    assert (change["tier"], change["old"], change["new"]) == ("a", 100, 200)
