"""Deciding conditions: against a table of verdicts, against brute force, and of members of tiers."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tiercel.compiler.analysis.budget import Budget
from tiercel.compiler.analysis.decide import Analysis, Impossible, Possible, Unknown, Verdict, can_hold
from tiercel.compiler.analysis.evaluate import Value, holds
from tiercel.compiler.analysis.rename import rename
from tiercel.compiler.driver import compile_bytes
from tiercel.compiler.model.condition import (
    Among,
    And,
    Comparison,
    Constant,
    Has,
    Not,
    Or,
    Reference,
    Term,
    Type,
    references,
)
from tiercel.compiler.model.countries import COUNTRIES
from tiercel.compiler.model.tree import Program
from tiercel.compiler.source import Span

HERE = Path(__file__).parent
NOWHERE = Span(0, 0)

PROGRAM = """\
tiercel: 1
program: {name: Corner Shop, currency: CAD}
customer:
  wholesale: boolean
  referrals: integer
  rank: integer
  age: integer
  score: decimal
  ratio: decimal
  birthday: date
  level: {one_of: [red, blue]}
"""


BY_YEAR = "vip:\n  window: calendar_year\n  tiers:\n    - {id: a, name: A}\n"


def compiled(text: str) -> Program:
    compilation = compile_bytes("example.yaml", text.encode())
    assert compilation.program is not None, compilation.diagnostics
    return compilation.program


def with_rule(condition: str) -> Program:
    quoted = condition.replace("'", "''")
    return compiled(
        f"{PROGRAM}{BY_YEAR}earn:\n  - {{id: a, activity: order, points: 1, per: 1, when: '{quoted}'}}\n"
    )


def term_of(program: Program) -> Term:
    condition = program.rules[0].when
    assert condition is not None
    return condition.term


def table() -> Iterator[tuple[str, str]]:
    for line in (HERE / "conditions.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            verdict, condition = line.split(" | ")
            yield verdict.strip(), condition


@pytest.mark.parametrize(("expected", "condition"), list(table()))
def test_verdicts(expected: str, condition: str) -> None:
    program = with_rule(condition)
    verdict = can_hold(program, [term_of(program)])
    assert type(verdict).__name__.lower() == expected
    if isinstance(verdict, Possible):
        assert holds(term_of(program), verdict.values)
        assert {name.path for name in references(term_of(program))} <= verdict.values.keys()


def test_many_names_can_all_have_another_text() -> None:
    count = 20
    names = [Reference(f"customer.text_{n}", Type.TEXT, NOWHERE) for n in range(count)]
    terms = [Comparison("!=", one, other, NOWHERE) for n, one in enumerate(names) for other in names[:n]]
    verdict = Analysis(compiled(PROGRAM), terms).decide(terms)
    assert isinstance(verdict, Possible)
    assert len(set(verdict.values.values())) == count


def test_a_country_of_a_case_is_one() -> None:
    program = with_rule('customer.country not in ["", "CA", "US", "GB", "FR", "DE"]')
    verdict = can_hold(program, [term_of(program)])
    assert isinstance(verdict, Possible)
    assert verdict.values["customer.country"] in COUNTRIES


def test_a_spent_budget_is_unknown() -> None:
    program = with_rule("(spend >= 5 or orders >= 5) and (orders < 3 or points_earned >= 5)")
    budget = Budget(1)
    assert can_hold(program, [term_of(program)], budget=budget) == Unknown()
    assert budget.nodes == 0
    budget = Budget(50)
    assert isinstance(can_hold(program, [term_of(program)], budget=budget), Possible)
    assert 0 < budget.nodes < 50


def test_conditions_past_the_budget_are_unknown() -> None:
    """Seven pigeons in six holes: refuted by counting, which branching does not do."""
    holes, pigeons = range(6), range(7)
    housed = [" or ".join(f'customer.tags has "{p}{h}"' for h in holes) for p in pigeons]
    alone = [
        f'not (customer.tags has "{p}{h}" and customer.tags has "{q}{h}")'
        for h in holes
        for p in pigeons
        for q in range(p)
    ]
    program = with_rule(" and ".join(f"({way})" for way in housed))
    apart = [term_of(with_rule(clause)) for clause in alone]
    analysis = Analysis(program, apart)
    assert analysis.decide([term_of(program), *apart]) == Unknown()
    assert analysis.undecided
    assert isinstance(analysis.decide([term_of(program), *apart[6:]]), Possible)


def test_refunds_that_are_ignored_break_the_order_of_metrics() -> None:
    ladder = "vip:\n  refunds: ignore\n  tiers:\n    - {id: a, name: A}\n"
    rule = "earn:\n  - {id: a, activity: order, points: 1, per: 1, when: spend >= 5 and lifetime.spend < 5}\n"
    program = compiled(PROGRAM + ladder + rule)
    assert isinstance(can_hold(program, [term_of(program)]), Possible)


def test_where_the_window_is_all_time_its_metrics_are_those_since_joining() -> None:
    rule = "earn:\n  - {id: a, activity: order, points: 1, per: 1, when: spend < 5 and lifetime.spend >= 5}\n"
    program = compiled(PROGRAM + rule)
    assert can_hold(program, [term_of(program)]) == Impossible()
    program = compiled(PROGRAM + BY_YEAR + rule)
    assert isinstance(can_hold(program, [term_of(program)]), Possible)


def test_items_are_told_apart() -> None:
    program = compiled(
        PROGRAM
        + "earn:\n  - {id: a, activity: order, points: 1, per: 1, contains: item.total >= 30, when: order.total < 50}\n"
    )
    rule = program.rules[0]
    assert rule.when is not None
    assert rule.contains is not None
    one = rule.contains.term
    other = rename(one, lambda path: path.replace("item.", "item2."))
    assert isinstance(can_hold(program, [rule.when.term, one]), Possible)
    assert can_hold(program, [rule.when.term, one, other]) == Impossible()


LADDER = """\
tiercel: 1
program: {name: Corner Shop, currency: CAD%s}
vip:
  window: %s
  tiers:
    - {id: low, name: Low}
    - {id: middle, name: Middle, when: spend >= 100 or orders >= 5}
    - {id: high, name: High, when: spend >= 500}
    - {id: crew, name: Crew, invite_only: true}
earn:
  - {id: a, activity: order, points: 1, per: 1, when: %s}
"""


@pytest.mark.parametrize(
    ("hosted", "window", "condition", "tiers"),
    [
        ("", "lifetime", "spend >= 200", "middle high crew"),
        ("", "lifetime", "spend < 100", "low middle crew"),
        ("", "lifetime", "orders >= 5", "middle high crew"),
        ("", "lifetime", "spend >= 500", "high crew"),
        ("", "calendar_year", "spend < 100", "low middle high crew"),
        ("", "calendar_year", "spend >= 500", "high crew"),
        ("", "calendar_year", "lifetime.spend < 500", "low middle crew"),
        ("", "{rolling: {days: 30}}", "spend < 100", "low middle crew"),
        (", hosted: {platform: wix, plan: growth}", "lifetime", "spend >= 0", "low middle high"),
    ],
)
def test_members_of_tiers(hosted: str, window: str, condition: str, tiers: str) -> None:
    program = compiled(LADDER % (hosted, window, condition))
    term = term_of(program)
    possible = [t.id for t in program.tiers if isinstance(can_hold(program, [term], t.index), Possible)]
    assert possible == tiers.split()


def test_a_tier_that_nobody_can_be_in() -> None:
    text = LADDER.replace(
        "spend >= 500", "spend >= 500 and lifetime.spend > 3 * spend and lifetime.spend < 900"
    )
    for hosted in ("", ", hosted: {platform: wix, plan: growth}"):
        program = compiled(text % (hosted, "calendar_year", "customer.days_since_joined > 3"))
        assert can_hold(program, [term_of(program)], 2) == Impossible()


# --- against brute force ------------------------------------------------------------------------------------

# All values that matter where literals are from 0 to 3: one below, one above, one between.
GRID: dict[tuple[str, Type], list[Value]] = {
    ("spend", Type.MONEY): list(range(6)),
    ("orders", Type.INTEGER): list(range(6)),
    ("lifetime.spend", Type.MONEY): list(range(11)),
    ("customer.wholesale", Type.BOOLEAN): [False, True],
    ("customer.birthday", Type.DATE): ["", "2000-01-01", "2000-01-02", "2000-01-03", "2000-01-04"],
    ("customer.level", Type.ONE_OF): ["red", "blue"],
    ("order.channel", Type.TEXT): ["", "red", "blue", "else"],
    ("customer.tags", Type.TEXT_SET): [
        frozenset[str](),
        frozenset({"red"}),
        frozenset({"blue"}),
        frozenset({"red", "blue"}),
    ],
}
BASE = compiled(PROGRAM + BY_YEAR)


def literal(kind: Type) -> st.SearchStrategy[Constant]:
    values: dict[Type, st.SearchStrategy[bool | int | str]] = {
        Type.DATE: st.sampled_from(["2000-01-02", "2000-01-03"]),
        Type.ONE_OF: st.sampled_from(["red", "blue"]),
        Type.TEXT: st.sampled_from(["red", "blue", ""]),
    }
    return st.builds(Constant, st.just(kind), values.get(kind, st.integers(0, 3)), st.just(NOWHERE))


def atom(path: str, kind: Type) -> st.SearchStrategy[Term]:
    name = Reference(path, kind, NOWHERE)
    if kind is Type.BOOLEAN:
        return st.just(name)
    if kind is Type.TEXT_SET:
        return st.builds(Has, st.just(name), st.sampled_from(["red", "blue"]), st.just(NOWHERE))
    ordered = ["==", "!="] if kind in (Type.TEXT, Type.ONE_OF) else ["==", "!=", "<", "<=", ">", ">="]
    operators = st.sampled_from(ordered)
    return st.one_of(
        st.builds(Comparison, operators, st.just(name), literal(kind), st.just(NOWHERE)),
        st.builds(Comparison, operators, literal(kind), st.just(name), st.just(NOWHERE)),
        st.builds(
            Among,
            st.booleans(),
            st.just(name),
            st.lists(literal(kind), min_size=1, max_size=2).map(tuple),
            st.just(NOWHERE),
        ),
    )


def combined(parts: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
    several = st.lists(parts, min_size=2, max_size=3).map(tuple)
    return st.one_of(
        st.builds(Not, parts, st.just(NOWHERE)),
        st.builds(And, several, st.just(NOWHERE)),
        st.builds(Or, several, st.just(NOWHERE)),
    )


CONDITIONS = st.recursive(st.one_of([atom(path, kind) for path, kind in GRID]), combined, max_leaves=8)


def points(term: Term) -> Iterator[dict[str, Value]]:
    """All points of the grid, in the names of the term, that some customer and order can have."""
    read = {name.path for name in references(term)}
    if "orders" in read or "lifetime.spend" in read:
        read.add("spend")
    axes = {path: values for (path, _), values in GRID.items() if path in read}
    for choice in product(*axes.values()):
        point = dict(zip(axes, choice, strict=True))
        spend, orders, lifetime = (
            point.get(n, d) for n, d in (("spend", 0), ("orders", 9), ("lifetime.spend", 99))
        )
        assert isinstance(spend, int)
        assert isinstance(orders, int)
        assert isinstance(lifetime, int)
        if spend <= lifetime and (spend == 0 or orders > 0):
            yield point


def brute(term: Term) -> bool:
    return any(holds(term, point) for point in points(term))


@settings(max_examples=200, deadline=None)
@given(CONDITIONS)
def test_agrees_with_brute_force(term: Term) -> None:
    verdict: Verdict = Analysis(BASE, [term]).decide([term])
    assert not isinstance(verdict, Unknown)
    assert isinstance(verdict, Possible) == brute(term)
