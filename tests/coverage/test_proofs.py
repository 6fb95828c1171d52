"""What is said to be impossible never happens, and watching an evaluator changes nothing of what it decides."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tiercel.coverage.recording import noted
from tiercel.coverage.seen import Seen, added
from tiercel.coverage.targets import Ground, ground_of
from tiercel.runtime import Ledger, Program
from tiercel.tests.properties.cases import Case, budget, cases, comparable
from tiercel.tests.properties.compiled import Unusable, compile_text


def shown(case: Case, ground: Ground, program: Program) -> set[str]:
    """The keys that the events of a case show, while what comes of them is compared with what is not watched."""
    seen: set[str] = set()
    watched = noted(program, ground, seen)
    plain, other = Ledger(program), Ledger(watched)
    for line in case.parts[0].lines:
        outcome = other.apply_line(line)
        assert comparable(outcome) == comparable(plain.apply_line(line)), line
        watched.notes.applied(outcome)
    return seen


@given(cases())
@budget()
def test_nothing_that_is_out_of_reach_is_ever_seen(case: Case) -> None:
    try:
        model, program = compile_text(case.parts[0].program)
    except Unusable:
        return
    ground = ground_of(model)
    seen = shown(case, ground, program)
    known = {target.key for target in ground.targets}
    for_all = {f"earn.{rule.id}/missed" for rule in model.rules}  # of rules that nothing keeps from matching
    assert seen - known <= for_all, f"{seen - known}\n{case}"
    wrong = [t for t in ground.targets if t.unreachable is not None and t.key in seen]
    assert not wrong, f"{[(t.says, t.unreachable) for t in wrong]}\n{case}"


@given(
    st.lists(
        st.dictionaries(st.sampled_from(["a.yaml", "b.yaml"]), st.frozensets(st.text("xyz", max_size=2)))
    )
)
def test_what_runs_saw_adds_up_in_any_order(runs: list[dict[str, frozenset[str]]]) -> None:
    parts = [Seen(tuple(run.items())) for run in runs]
    together = added(parts)
    assert together == added(reversed(parts)) == added([together, *parts])
    for path in ("a.yaml", "b.yaml"):
        assert together.of(path) == frozenset().union(*(run.get(path, frozenset()) for run in runs))
